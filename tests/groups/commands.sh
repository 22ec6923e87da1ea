# Commands as users meet them: what they print, where, and with which exit code.

sample=$root/samples/zynqmp-pv-network/console.log
cases=$root/tests/cases
cd "$T" || return 1

# ---- help and usage -------------------------------------------------------

it "-h is one screen on standard output"
run faultline -h
code 0
silent
out 'Usage: faultline'
[ "$(wc -l <"$T/out")" -le 24 ] || problem "-h has $(wc -l <"$T/out") lines"

it "--help also has the rare options and the exit codes"
run faultline --help
code 0
silent
out '--max-line'
out 'Exit status'

it "--version and version say the same"
run faultline --version
code 0
out_like '^faultline [0-9]'
cp out version
run faultline version
code 0
same version out "version differs from --version"

it "an unknown option is a usage error"
run faultline --nope
code 2
no_output
err "unknown option '--nope'"
err "faultline --help"

it "an option without its value is a usage error"
run faultline report -d
code 2
err "option '-d' needs a value"

it "a bad value is a usage error"
run faultline -f yaml "$sample"
code 2
run faultline --fail-on maybe "$sample"
code 2
run faultline --max-line 7 "$sample"
code 2
run faultline --fact xen.version "$sample"
code 2

it "a mistyped command gets a guess"
run faultline reprot
code 2
no_output
err "did you mean 'report'?"

it "operands that are missing are usage errors"
run faultline query
code 2
run faultline ingest
code 2
run faultline why
code 2
run faultline causes show no-such-cause
code 2
err "faultline causes"
run faultline why no-such-cause
code 2
run faultline messages show no.such.message
code 2
err "faultline messages"

# ---- a verdict ------------------------------------------------------------

it "a file is enough: verdict, grade, cited line, remedy"
run faultline "$sample"
code 0
silent
out_like '^confirmed: '
out '(XEN) smmu: /smmu@fd800000: Unhandled context fault:'
out 'Remedy: '
cp out from-file

it "standard input is the same, by - and by a pipe"
run_from "$sample" faultline -
code 0
sed 's/console\.log/stdin/g' from-file | sed '/^  *[^ ]/d' >want
sed '/^  *[^ ]/d' out >got
same want got "the report of standard input differs"
run_from "$sample" faultline
code 0
out_like '^confirmed: '

it "a private run leaves no file behind"
mkdir -p empty-folder
cd empty-folder || return 1
run faultline "$sample"
is "$(ls -A)" '' "files left"
cd "$T" || return 1

it "exit codes: 0 whatever was found, 1 where asked for"
run faultline -q "$sample"
code 0
run faultline -q --exit-code "$sample"
code 1
for grade in possible likely confirmed; do
	run faultline -q --fail-on $grade "$sample"
	code 1
done
run faultline -q --fail-on likely "$cases/flagship-no-boot-log/console.log"
code 0
run faultline -q --fail-on possible "$cases/flagship-no-boot-log/console.log"
code 1
run faultline -q --fail-on confirmed "$cases/flagship-no-dump/console.log"
code 0
run faultline -q --exit-code "$cases/latent-fixed/console.log"
code 0

it "a fact that the user tells raises a verdict, and is shown as told"
run faultline --fact xen.version=4.14.1 "$cases/flagship-no-boot-log/console.log"
code 0
out 'told by the user'
run faultline --fact xen.version=4.14.2 "$cases/flagship-no-boot-log/console.log"
code 0
not_out 'possible: Granted page'

it "several files of one machine are one machine: the halves of a capture"
head -n 150 "$sample" >first.log
tail -n +151 "$sample" >second.log
run faultline first.log second.log
code 0
out_like '^confirmed: '
out 'second.log:'

it "the order of such files does not matter for the verdict"
run faultline second.log first.log
code 0
out_like '^confirmed: '

it "of several inputs, one that is missing is named; the others count"
run faultline first.log missing.log second.log
code 3
err 'missing.log: No such file'
out_like '^confirmed: '

# ---- databases ------------------------------------------------------------

it "ingest, then report, gives what the file gives"
run faultline ingest -d lab.db "$sample"
code 0
no_output
run faultline report -d lab.db
code 0
same from-file out "report of the database differs"

it "a database can stand where a capture stands"
run faultline lab.db
code 0
same from-file out "faultline DB differs"

it "FAULTLINE_DB names the database, -d goes before it"
FAULTLINE_DB=$T/lab.db
export FAULTLINE_DB
run faultline report
code 0
same from-file out "report with FAULTLINE_DB differs"
run faultline report -d nowhere.db
code 2
err 'nowhere.db'
unset FAULTLINE_DB
run faultline report
code 2
err 'faultline.db'

it "reading a database that is not there makes none"
[ ! -e nowhere.db ] || problem "nowhere.db was made"
[ ! -e faultline.db ] || problem "faultline.db was made"

it "ingesting the same content again changes nothing"
cp lab.db before.db
run faultline ingest -d lab.db "$sample"
code 0
err 'stored already'
cp "$sample" other-name.log
run faultline ingest -d lab.db other-name.log
code 0
is "$(ask lab.db 'SELECT count(*) FROM capture')" 1 captures
run faultline report -d lab.db
same from-file out "the report changed"

it "a capture that has grown replaces its older self"
rm -f grow.db
head -n 210 "$sample" >grow.log
run faultline ingest -q -d grow.db grow.log
code 0
is "$(ask grow.db 'SELECT count(*) FROM incident')" 0 incidents
cat "$sample" >grow.log
run faultline ingest -d grow.db grow.log
code 0
err 'has grown'
is "$(ask grow.db 'SELECT count(*) FROM capture')" 1 captures
run faultline report -d grow.db
sed 's/grow\.log/console.log/g' out | sed '/^  /d' >got
sed '/^  /d' from-file >want
same want got "the report of the grown capture differs"

it "another file of the same name is another capture"
sed 's/8424cb/8424cc/' "$sample" >grow.log
run faultline ingest -q -d grow.db grow.log
code 0
is "$(ask grow.db 'SELECT count(*) FROM capture')" 2 captures

it "report names its reports when asked for one that is not there"
run faultline report -d lab.db no-such-report
code 2
err 'verdicts'
err 'gaps'

for file in "$root"/schema/reports/*.sql; do
	name=${file##*/}
	name=${name%.sql}
	it "report $name as table, csv and json"
	run faultline report -d lab.db "$name"
	code 0
	silent
	[ -s out ] || problem "it prints nothing"
	run faultline report -d lab.db -f csv "$name"
	code 0
	run faultline report -d lab.db -f json "$name"
	code 0
	cp out json
	"$JSON_CHECK" json >out 2>&1 || problem "not JSON" "$(shown out)"
done

it "report -f json of a database is that of the files"
run faultline -f json "$sample"
code 0
silent
cp out json
run faultline report -f json -d lab.db
code 0
sed 's/"name":"[^"]*console.log"/"name":"console.log"/' json >want
sed 's/"name":"[^"]*console.log"/"name":"console.log"/' out >got
same want got "JSON differs"

it "the JSON document has the members of the contract"
"$JSON_CHECK" -p json >paths 2>&1 || problem "not JSON" "$(shown paths)"
member() {
	grep -q -e "^$1	$2\$" paths || problem "no $1 like $2"
}
member format '"faultline.report/1"'
member version '".*"'
member 'captures\[0\].digest' '"xxh3-128:[0-9a-f]\{32\}"'
for name in bytes lines matched unmatched damaged replayed; do
	member "captures\\[0\\].$name" '[0-9][0-9]*'
done
member 'boots\[0\].xen' '"4.14.1"'
member 'boots\[0\].xen_debug' false
member 'facts\[0\].told' false
member 'incidents\[0\].iova.first' '"0x8424cb148"'
member 'incidents\[0\].count' 3
member 'incidents\[0\].verdicts\[0\].cause' '"arm-grant-not-in-iommu-p2m"'
member 'incidents\[0\].verdicts\[0\].grade' '"confirmed"'
member 'incidents\[0\].verdicts\[0\].clues\[0\].role' '"trigger"'
member 'incidents\[0\].verdicts\[0\].clues\[0\].line' '[0-9][0-9]*'
member 'incidents\[0\].cannot_say' null
member 'gaps\[0\].kind' '".*"'
is "$(sed -n 's/^captures\[0\]\.lines	//p' paths)" "$(wc -l <"$sample" | tr -d ' ')" "lines"

# ---- query ----------------------------------------------------------------

query() { run faultline query -d lab.db "$@"; }

it "query prints a table, csv or json"
query "SELECT 1 AS one, 'a,\"b' AS two, NULL AS three"
code 0
out_like '^one  two  *three'
query -f csv "SELECT 1 AS one, 'a,\"b' AS two, NULL AS three"
code 0
printf 'one,two,three\n1,"a,""b",\n' >want
same want out "csv"
query -f json "SELECT 1 AS one, 'a,\"b' AS two, NULL AS three"
code 0
out '{"one":1,"two":"a,\"b","three":null}'
query -f json "SELECT * FROM incident WHERE 0"
code 0
cp out json
"$JSON_CHECK" json >out 2>&1 || problem "no rows are no JSON" "$(shown out)"

it "query writes nothing"
cp lab.db before.db
for sql in "DELETE FROM incident" "UPDATE incident SET n = 9" "INSERT INTO meta VALUES ('a', 'b')" "DROP TABLE incident" \
	"CREATE TABLE x (a)" "CREATE TEMP TABLE x (a)" "CREATE VIEW x AS SELECT 1" "VACUUM" "VACUUM INTO 'copy.db'" "REINDEX" "ANALYZE" \
	"ATTACH 'other.db' AS other" "DETACH main" "PRAGMA journal_mode = WAL" "PRAGMA user_version = 9" "PRAGMA writable_schema = ON" \
	"BEGIN IMMEDIATE" "SELECT load_extension('x')" "SELECT writefile('x', 'y')"; do
	query "$sql"
	code 2
	no_output
done
same before.db lab.db "the database changed"
[ ! -e other.db ] && [ ! -e copy.db ] && [ ! -e x ] || problem "a file was made"

it "query refuses a second statement instead of dropping it"
query "SELECT 1; DELETE FROM incident"
code 2
query "SELECT 1;  -- and a word"
code 0

it "a query with a mistake is a usage error, and says where tables are listed"
query "SELEC 1"
code 2
err 'sqlite_master'
query "SELECT no_such_column FROM incident"
code 2
err 'no such column'
query ""
code 2

it "a query that does not end is stopped"
start=$(date +%s)
query --timeout 1 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
code 3
err '--timeout'
[ $(($(date +%s) - start)) -le 20 ] || problem "it took $(($(date +%s) - start)) s"

it "a query that wants a huge value is stopped"
query "SELECT zeroblob(900000000)"
code 3
query "SELECT length(printf('%.*c', 900000000, 'x')) > 100000000 AS huge"
code 0 3
not_out 1

it "the stable views have their columns"
query -f csv "SELECT message, capture, line, speaker, trust, t_lo, t_hi, text FROM v_message LIMIT 1"
code 0
query -f csv "SELECT capture, line, boot, impl, kind, access, iova, page, stream, bdf, domain, context, reason,
	frame_class, grant_state, count FROM v_iommu_fault LIMIT 1"
code 0
is "$(ask lab.db 'SELECT count(*) FROM v_iommu_fault')" 3 faults

it "every claimed line is counted: matched + unmatched + damaged + replayed = lines"
is "$(ask lab.db 'SELECT count(*) FROM capture WHERE matched + unmatched + damaged + replayed <> lines')" 0 "captures that do not add up"

it "the dumps of other power-ons are not looked through for a fault"
ask lab.db "EXPLAIN QUERY PLAN SELECT * FROM v_join_snapshot WHERE boot = 1 AND frame = 2" >plan.txt
has "$PWD/plan.txt" "the plan" 'segment_boot (boot=?)'
has "$PWD/plan.txt" "the plan" 'grant_snapshot_frame (frame=? AND segment=?)'

it "each power-on has its own memory: one whose dom0 owns the page, between two alike"
sed 's/^(XEN) BANK\[0\].*/(XEN) BANK[0] 0x00000840000000-0x00000880000000 (1024MB)/' "$sample" >other.log
cmp -s "$sample" other.log && problem "the sample has no bank of that look"
cat "$sample" other.log "$sample" >three.log
run faultline ingest -q -d three.db three.log
code 0
is "$(ask three.db "SELECT group_concat(i.boot || ' ' || v.grade, '; ') FROM v_verdict AS v JOIN incident AS i ON i.id = v.subject
	WHERE v.about = 'incident' AND v.cause = 'arm-grant-not-in-iommu-p2m'")" "1 confirmed; 2 ruled out; 3 confirmed" verdicts

# ---- why, causes, messages ------------------------------------------------

it "why goes from line to fact, role and grade"
run faultline why arm-grant-not-in-iommu-p2m "$sample"
code 0
out 'role   decides granted-and-live'
out_like 'grade  *confirmed'
cp out from-file-why
run faultline why arm-grant-not-in-iommu-p2m -d lab.db
code 0
same from-file-why out "why of the database differs"

it "why of a cause that was not looked at says what would trigger it"
run faultline why swiotlb-exhausted "$sample"
code 0
out 'trigger'

it "causes lists, and shows one with its clues"
run faultline causes
code 0
is "$(wc -l <out | tr -d ' ')" "$(ls "$root"/schema/causes/*.sql | wc -l | tr -d ' ')" "causes"
run faultline causes show arm-grant-not-in-iommu-p2m
code 0
out 'decides'
out 'Remedy:'

it "messages lists, and shows one with the place of its source"
run faultline messages
code 0
out 'xen.smmu.context-fault'
run faultline messages show xen.smmu.context-fault
code 0
out_like '^# parsers/messages/xen-smmu.msg:[0-9]'
out 'origin'

# ---- the user's own entries -----------------------------------------------

cat >own.msg <<'END'
message  acme.board.brownout
title    The board's supply dipped
from     linux
text     acme-pmic {dev}: brownout, {size} mV
origin   drivers/acme/pmic.c acme_irq()
sample?  [    1.000000] acme-pmic 4-0048: brownout, 1080 mV
expect   dev=4-0048 size=1080
END
printf '[   10.000000] acme-pmic 4-0048: brownout, 1043 mV\n' >own.log

it "an entry of the user's is read with -m"
run faultline ingest -q -d own.db -m own.msg own.log
code 0
silent
is "$(ask own.db "SELECT message || ' ' || line FROM v_message")" 'acme.board.brownout 1' "claimed lines"
is "$(ask own.db "SELECT json_extract(fields, '\$.size') FROM note")" 1043 "its field"

it "an entry in the user's folder is read by itself"
mkdir -p "$XDG_CONFIG_HOME/faultline/messages"
cp own.msg "$XDG_CONFIG_HOME/faultline/messages/"
run faultline ingest -q -d own2.db own.log
code 0
is "$(ask own2.db 'SELECT count(*) FROM v_message')" 1 "claimed lines"
run faultline check
code 0
rm -r "$XDG_CONFIG_HOME/faultline"

it "a mistake in it is shown where it is, and nothing is read"
sed 's/{size}/{siez}/' own.msg >wrong.msg
run faultline ingest -q -d own3.db -m wrong.msg own.log
code 2
err_like '^wrong.msg:4:[0-9]*: '
err_like '^ *^$'
err 'did you mean {size}?'
[ ! -s own3.db ] || is "$(ask own3.db 'SELECT count(*) FROM capture')" 0 captures

it "a catalogue that is not there is fatal"
run faultline -m nowhere.msg own.log
code 2
err 'nowhere.msg'

it "--data that is no source tree is fatal"
run faultline --data "$T/empty-folder" "$sample"
code 2

it "--data DIR reads the tree's own files, and gives the same"
run faultline --data "$root" "$sample"
code 0
same from-file out "the report differs"

# ---- check finds planted mistakes ------------------------------------------

plant_copy() {
	rm -rf planted
	mkdir planted
	cp -R "$root/parsers" "$root/schema" planted/
	chmod -R u+w planted
}

# in_copy FILE SED-SCRIPT: the mistake.
in_copy() {
	sed "$2" "planted/$1" >edited
	cmp -s edited "planted/$1" && problem "the mistake could not be planted in $1"
	cp edited "planted/$1"
}

# The message names file, line and column, and a caret stands below the text.
finds() {
	run faultline --data planted check
	code 1
	err_like "^$1:[0-9][0-9]*:[0-9][0-9]*: "
	err_like '^ *^$'
	err "$2"
}

smmu=parsers/messages/xen-smmu.msg

it "check finds a field that is not in fields.tsv"
plant_copy
in_copy $smmu '/^text/s/iova={iova}, fsynr/iova={iovva}, fsynr/'
finds $smmu "unknown field 'iovva'"
err 'did you mean {iova}?'

it "check finds a sample that does not match its text"
plant_copy
in_copy $smmu '/^sample .*context fault: fsr/s/Unhandled/Unhandeld/'
finds $smmu 'sample does not match its own text'

it "check finds a value that the sample does not have"
plant_copy
in_copy $smmu '/^expect/s/fsr=0x402/fsr=0x403/'
finds $smmu "'fsr' is '0x402"

it "check finds a reject that matches"
plant_copy
in_copy $smmu '/^reject .*fsr=0x402, iova=$/s/$/0x1, fsynr=0x1, cb=0/'
finds $smmu 'a line that must not match'

it "check finds two entries for one line"
plant_copy
cat >>planted/$smmu <<'END'

message  xen.smmu.twin
title    The same once more
from     xen
into     iommu_fault
text     smmu: {instance}: Unhandled context fault: iova={iova}, fsynr={fsynr}, cb={context:int}
set      impl=smmuv2
set      by=xen
origin   nowhere.c twin()
sample?  (XEN) smmu: /smmu@fd800000: Unhandled context fault: iova=0x8424cb148, fsynr=0xb0001, cb=0
END
finds $smmu 'is also matched by'

it "check finds an unknown key"
plant_copy
in_copy $smmu '1,10s/^title/titel/'
finds $smmu "unknown key 'titel'"

# Problems of a whole entry or statement have a file, and a line where there is one.
finds_in() {
	run faultline --data planted check
	code 1
	err_like "^$1:"
	err "$2"
}

it "check finds an entry without a sample"
plant_copy
in_copy $smmu '/^message  xen.smmu.context-fault/,/^$/{/^sample/d;/^expect/d;}'
finds_in $smmu 'without a sample'

it "check finds a table that is not there"
plant_copy
in_copy $smmu 's/^into     iommu_fault/into     iommu_fautl/'
finds_in $smmu "no table 'iommu_fautl'"

it "check finds a field that no entry uses"
plant_copy
printf 'nobody\tint\t-\tused by none\n' >>planted/schema/fields.tsv
finds_in schema/fields.tsv "field 'nobody' is not used"

cause=schema/causes/swiotlb-exhausted.sql

it "check finds a clue that a cause selects and does not declare"
plant_copy
in_copy $cause 's/^-- trigger  *[a-z-]*/-- trigger   another-clue/'
finds_in $cause 'another-clue'

it "check finds a mistake in a cause's SQL"
plant_copy
in_copy $cause 's/SELECT/SELEKT/'
finds_in $cause 'SELEKT'

it "check finds a mistake in a view and in a report"
plant_copy
in_copy schema/views/v_gap.sql 's/  FROM capture/  FROM no_such_table/'
finds_in schema/views/v_gap.sql 'no_such_table'
plant_copy
in_copy schema/reports/gaps.sql 's/FROM v_gap/FROM no_such_table/'
finds_in schema/reports/gaps.sql 'no_such_table'
rm -rf planted

# ---- what consoles may hold ------------------------------------------------

# Nothing that a terminal obeys: of control bytes only the newline, no C1, and all of it UTF-8 (iconv, where there is one).
harmless() {
	if LC_ALL=C tr -d '\12\40-\176\200-\377' <"$1" | grep -q .; then
		problem "$2 has control bytes: $last_command"
	fi
	# U+0080 to U+009F are C2 80 to C2 9F.
	if LC_ALL=C grep -q "$(printf '\302[\200-\237]')" "$1"; then
		problem "$2 has C1 control characters: $last_command"
	fi
	if command -v iconv >/dev/null 2>&1 && ! iconv -f UTF-8 -t UTF-8 "$1" >/dev/null 2>&1; then
		problem "$2 is not UTF-8: $last_command"
	fi
}

nasty() {
	printf '\033[2J\033]0;owned\007(XEN) \033[31mXen version 4.14.1 (a@b) (gcc) debug=n  Mon Jan 18 10:26:41 UTC 2021\033[0m\r\n'
	printf '(XEN) smmu: /smmu\033]52;c;AAAA\007@fd800000: Unhandled context fault: fsr=0x402, iova=0x8424cb148, fsynr=0xb0001, cb=0\r\n'
	printf '(XEN) smmu: /smmu\302\233\061m@fd8: Unhandled context fault: fsr=0x402, iova=0x8424cb148, fsynr=0xb0001, cb=0\n'
	printf '(XEN) smmu: /sm\377\376mu\000@fd8: Unhandled context fault: fsr=0x402, iova=0x8424cc148, fsynr=0xb0001, cb=0\n'
	printf '(XEN) smmu: /sm\342\200\256mu@fd8: Unhandled context fault: fsr=0x402, iova=0x8424cc148, fsynr=0xb0001, cb=0\n'
	printf '[    1.0\033[5n00000] macb ff0e0000.ethernet \033Pq\033\\eth0: DMA bus error: HRESP not OK\r\r\n'
	printf '(d1) \033]0;guest\007 \001\002\003\004\005\006\007\010\013\014\016\017 \177 text\n'
	printf 'torn \355\240\200 \300\257 \364\220\200\200 end'
}
nasty >"$(printf 'na\033]0;x\007sty.log')"

it "bytes of a capture, or of its name, never reach a report as they are"
for file in na*sty.log; do
	run faultline "$file"
	code 0
	harmless out "standard output"
	run faultline -f json "$file"
	code 0
	harmless out "JSON"
	cp out json
	"$JSON_CHECK" json >out 2>&1 || problem "not JSON" "$(shown out)"
	rm -f nasty.db
	run faultline ingest -d nasty.db "$file"
	code 0
	for sql in "SELECT * FROM line_text" "SELECT * FROM iommu_fault" "SELECT * FROM capture" "SELECT x'1b5b324a', char(27, 7, 127)"; do
		run faultline query -d nasty.db "$sql"
		code 0
		harmless out "a table"
		run faultline query -d nasty.db -f json "$sql"
		code 0
		harmless out "JSON"
	done
	run faultline why arm-grant-not-in-iommu-p2m "$file"
	harmless out "why"
done

it "the same bytes twice give the same report twice"
for file in na*sty.log; do
	run faultline "$file"
	cp out once
	run faultline "$file"
	same once out "two runs differ"
done

it "a long line is cut at --max-line, counted, and told"
awk 'BEGIN {
	for (i = 0; i < 20000; i++)
		printf "padding %d ", i
	print "(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x8424cb148, fsynr=0xb0001, cb=0"
}' >long.log
cat "$sample" >>long.log
run faultline long.log
code 3
err '--max-line'
out_like '^confirmed: '
run faultline --max-line 1M long.log
code 0
silent

it "language and time zone change nothing"
run faultline -f json "$sample"
cp out plain-json
for setting in LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 LC_ALL=de_DE.UTF-8 TZ=EST5 TZ=Asia/Kathmandu LC_NUMERIC=de_DE.UTF-8; do
	run env -u LC_ALL "$setting" "$FAULTLINE" "$sample"
	code 0
	same from-file out "the report differs with $setting"
	run env -u LC_ALL "$setting" "$FAULTLINE" -f json "$sample"
	same plain-json out "the JSON differs with $setting"
done

it "line ends do not change the verdict"
tr -d '\r' <"$sample" >lf.log
run faultline lf.log
code 0
out_like '^\(confirmed\|likely\): Granted page'
sed 's/\r*$/\r/' lf.log >crlf.log
run faultline crlf.log
code 0
out_like '^\(confirmed\|likely\): Granted page'
