# How causes are run and judged, with causes made here: order, kinds, what is assumed, what holds a grade down, why.

sample=$root/samples/zynqmp-pv-network/console.log
cases=$root/tests/cases
cd "$T" || return 1
mkdir -p tree/parsers
cp -r "$root/schema" tree/schema
cp -r "$root/parsers/messages" tree/parsers/messages
cp "$root/parsers/listings.tsv" tree/parsers/listings.tsv
chmod -R u+w tree
made=tree/schema/causes

# cause NAME KIND ABOUT WHEN <SELECT: a cause with the clue "seen" that decides, and a remedy.
cause() {
	{
		printf -- '-- cause     %s\n-- title     Made by a test: %s\n-- explain   Nothing.\n-- remedy    None.\n-- refs      none\n' "$1" "$1"
		printf -- '-- about     %s\n-- kind      %s\n-- when      %s\n-- trigger   seen   it is there\n-- decides   sure   it is certain\n\n' "$3" "$2" "$4"
		cat
	} >"$made/$1.sql"
}

unmake() { rm -f "$made"/made-*.sql "$made"/aaa-*.sql; }

judged() {
	rm -f judged.db
	run faultline ingest -q --data tree -d judged.db "$@"
	code 0
	silent
}

# Both clues for every incident.
every_incident() {
	cat <<'END'
SELECT i.id AS subject, NULL AS "case", x.clue, 'an incident' AS says, i.first_capture AS capture, i.first_line AS line, i.n
  FROM incident AS i
  JOIN (SELECT 'seen' AS clue UNION ALL SELECT 'sure') AS x
END
}

# ---- order and kinds ------------------------------------------------------

# The verdicts that are there when it runs.
after_others() {
	cat <<'END'
SELECT v.subject, NULL AS "case", x.clue, v.cause AS says, NULL AS capture, NULL AS line, 1 AS n
  FROM verdict AS v
  JOIN (SELECT 'seen' AS clue UNION ALL SELECT 'sure') AS x
 WHERE v.about = 'incident' AND v.cause = 'arm-grant-not-in-iommu-p2m'
END
}

it "noise is judged after all others, and sees their verdicts"
after_others | cause aaa-late noise incident 'SELECT 1 FROM verdict'
judged "$sample"
is "$(ask judged.db "SELECT count(*) FROM verdict WHERE cause = 'aaa-late'")" 1 "verdicts of a noise that reads verdicts"

it "a cause of another kind is not: its name comes first"
after_others | cause aaa-late root incident 'SELECT 1 FROM incident'
judged "$sample"
is "$(ask judged.db "SELECT count(*) FROM verdict WHERE cause = 'aaa-late'")" 0 "verdicts of a root that reads verdicts"
unmake

it "a 'when' that several causes share is asked once"
for name in made-one made-two; do
	every_incident | cause $name root incident 'SELECT 1 WHERE abs(random()) % 2'
done
seen=
for round in 1 2 3 4 5 6 7 8; do
	judged "$sample"
	seen="$seen $(ask judged.db "SELECT count(*) FROM verdict WHERE cause GLOB 'made-*'")"
done
case $seen in
*1*) problem "two causes with one 'when' got different answers: verdicts$seen" ;;
esac
unmake

for kind in noise exposure; do
	it "$kind of an incident is a finding: no headline, and cannot say is still said"
	every_incident | cause made-finding $kind incident 'SELECT 1 FROM incident'
	judged "$cases/flagship-no-boot-log/console.log"
	is "$(ask judged.db "SELECT grade || explains || (place > 1) FROM v_verdict WHERE cause = 'made-finding'")" confirmed01 \
		"grade, explains, behind the others"
	is "$(ask judged.db 'SELECT best FROM v_incident')" 3 "best"
	[ "$(ask judged.db 'SELECT count(*) FROM cannot_say')" -gt 0 ] || problem "nothing is missing any more"
	run faultline report -d judged.db --data tree
	out 'Missing, and how to capture it:'
	out "See below, $kind: made-finding"
	out "$kind, confirmed: Made by a test"
	out_like '^  Of .*fault'
	not_out 'also confirmed'
	run faultline report -d judged.db --data tree -f json
	cp out json
	"$JSON_CHECK" json >check 2>&1 || problem "not JSON" "$(shown check)"
	out '"kind":"'"$kind"'","boot":1,"incident":1}'
	out '"cannot_say":{'
	run faultline report -d judged.db --data tree --fail-on likely
	code 0
	unmake
done

it "its near twin, a root, is the headline, and nothing is missing"
every_incident | cause made-root root incident 'SELECT 1 FROM incident'
judged "$cases/flagship-no-boot-log/console.log"
is "$(ask judged.db "SELECT grade || explains || place FROM v_verdict WHERE cause = 'made-root'")" confirmed11 "grade, explains, place"
is "$(ask judged.db 'SELECT best FROM v_incident')" 1 "best"
is "$(ask judged.db 'SELECT count(*) FROM cannot_say')" 0 "what is missing"
run faultline report -d judged.db --data tree --fail-on likely
code 1
unmake

it "a ruled-out noise is not listed among what does not explain an incident"
every_incident | sed "s/'sure')/'not')/" | cause made-out noise incident 'SELECT 1 FROM incident'
sed -i.old 's/^-- decides   sure .*/-- excludes  not    it is not so/' "$made/made-out.sql"
judged "$cases/flagship-no-boot-log/console.log"
is "$(ask judged.db "SELECT grade FROM v_verdict WHERE cause = 'made-out'")" 'ruled out' grade
run faultline report -d judged.db --data tree
not_out 'made-out'
unmake

# ---- what is assumed ------------------------------------------------------

flagship() { judged "$sample"; }

grade_of() { ask judged.db "SELECT grade FROM v_verdict WHERE cause = '$1'"; }

it "an assumption takes the place of what a line says, and the head tells both"
flagship
cp judged.db before.db
run faultline report -d judged.db --assume xen.version=4.14.2
code 0
out 'Xen 4.14.2 (assumed)'
out 'Assumed: xen.version is 4.14.2; console.log:35 says 4.14.1'
out 'Ruled out, assumed: arm-grant-not-in-iommu-p2m: Xen 4.14.2 has the fix'
not_out 'confirmed: '

it "what rests on it is likely at most, and says why"
run faultline report -d judged.db --assume xen.version=4.14.0
code 0
out 'likely, assumed: Granted page missing'
out_like '^  assumed  *Xen 4.14.0 has the regression'
out 'Held down from confirmed: affected-xen: '

it "what is the same without it does not rest on it"
run faultline report -d judged.db --assume xen.cpu_mhz=1200
code 0
out 'Assumed: xen.cpu_mhz is 1200, which no line states'
out_like '^confirmed: Granted page'
not_out 'confirmed, assumed'

it "what an assumption changes without being cited is likely at most, too"
sed 's/^(XEN) I\/O virtualisation enabled.*//' "$sample" >headless.log
# Without arch as the lines have it: the model of the addresses hangs on it.
run faultline why arm-grant-not-in-iommu-p2m --assume arch=x86 "$sample"
code 0
not_out 'grade  confirmed'
every_incident | sed '$a\ WHERE EXISTS (SELECT 1 FROM known_fact AS k WHERE k.name = '"'board' AND k.value = 'other'"')' |
	cause made-hidden root incident 'SELECT 1 FROM incident'
run faultline --data tree why made-hidden --assume board=other "$sample"
code 0
out 'grade  likely, assumed'
out 'from confirmed by assumed: without what is assumed it is not so'
run faultline --data tree why made-hidden --assume board=another "$sample"
out 'was not looked at'
unmake

it "the database stays as it is"
run faultline report -d judged.db
cp out now
run faultline report -d before.db
sed 's/before\.db/judged.db/' out >then
same then now "a report without --assume differs"
is "$(grade_of arm-grant-not-in-iommu-p2m)" confirmed grade
is "$(ask judged.db "SELECT count(*) FROM fact WHERE told")" 0 "facts that were told"

it "a clock that is pinned is kept, what is assumed with it is not"
cp judged.db pinned.db
run faultline report -d pinned.db --clock console.log=none --assume xen.version=4.14.2
out 'Assumed: xen.version is 4.14.2'
is "$(ask pinned.db "SELECT count(*) FROM fact WHERE told")" 0 "facts that were told"
is "$(ask pinned.db "SELECT grade FROM v_verdict WHERE cause = 'arm-grant-not-in-iommu-p2m'")" confirmed grade

it "captures are judged so, too, and the document says what was assumed"
run faultline -q -f json --assume xen.version=4.14.0 "$sample"
code 0
cp out json
"$JSON_CHECK" json >check 2>&1 || problem "not JSON" "$(shown check)"
out '"assumed":[{"boot":1,"name":"xen.version","value":"4.14.0","instead":"4.14.1","capture":0,"line":35}]'
out '"would":"confirmed","caps":[{"kind":"told","clue":"affected-xen","would":"confirmed"'
run faultline -q -f json "$sample"
out '"assumed":[]'
out '"would":"confirmed","caps":[],"apart":null,"assumed":false'

it "a fact that is told stays told, and asks for the line that states it"
run faultline --fact xen.version=4.14.1 "$cases/flagship-no-boot-log/console.log"
out 'told by the user'
not_out 'assumed'

it "a fact that nothing states is refused, with the nearest and the list"
for option in --fact --assume; do
	run faultline $option xen.verison=4.14.2 "$sample"
	code 2
	no_output
	err "no fact 'xen.verison'; did you mean 'xen.version'?"
	err 'faultline: facts: arch board'
done
run faultline --assume "$(printf 'x\033[31m=1')" "$sample"
code 2
is "$(LC_ALL=C tr -d '\11\12\40-\176' <err | wc -c)" 0 "bytes that a terminal would obey"
run faultline --assume xen.version "$sample"
code 2

it "ingest and query take no assumption"
run faultline ingest -d none.db --assume xen.version=4.14.2 "$sample"
code 2
err '--fact tells'
run faultline query -d judged.db --assume xen.version=4.14.2 'SELECT 1'
code 2

# ---- what held a grade down -----------------------------------------------

it "a cap that bit is named, with the clue that it weakens"
run faultline -q "$cases/vendor-suffix/console.log"
out "Held down from confirmed: affected-xen: Xen 4.14.1-xilinx-v2020.2 is a"

it "the same cap, where nothing could be confirmed, bites nothing"
sed 's/Xen version 4\.14\.1/&-vendor1/' "$cases/flagship-no-dump/console.log" >vendor.log
run faultline -q vendor.log
out "is a vendor's build"
not_out 'Held down'

it "a line that dom0 could have printed is named as such"
# forged WORDS: the sample, its lines of Xen with these words ended as dom0's tty ends them.
forged() { awk -v words="$1" '{ sub(/\r$/, ""); printf "%s%s\n", $0, /^\(XEN\) / && $0 ~ words ? "\r\r" : "\r" }' "$sample"; }
forged 'Xen version' >forgeable.log
run faultline -q -f json forgeable.log
out '"kind":"forgeable","clue":"affected-xen","would":"confirmed","says":"dom0 could have printed its line"'
run faultline -q forgeable.log
out 'Held down from confirmed: affected-xen: dom0 could have printed its line'
out 'forgeable:'

it "lost messages, and a witness that is too old, are named"
run faultline -q "$cases/dump-then-gap/console.log"
out 'granted-and-live: messages were lost'
run faultline -q "$cases/dump-too-old/console.log"
out 'granted-and-live: the grant'
run faultline -q "$sample"
not_out 'Held down'

it "a weak clue that rules nothing out says so"
forged 'Xen version' | sed 's/4\.14\.1/4.14.2/' >fixed.log
run faultline -q fixed.log
out 'Not ruled out by fixed-xen: dom0 could have printed its line'
out 'possible: Granted page'

it "nor does it rule out because a need is absent: the line that would show it is as weak"
out 'the release of Xen'

it "the near twin, whose line is Xen's own, rules out"
forged 'context fault' | sed 's/4\.14\.1/4.14.2/' >fixed.log
run faultline -q fixed.log
out 'Ruled out: arm-grant-not-in-iommu-p2m: Xen 4.14.2'
not_out 'Not ruled out by'

# ---- rivals ---------------------------------------------------------------

it "of two explanations, what would tell them apart is said, with how to get it"
run faultline -q "$cases/dump-then-crash/console.log"
out 'What separates them: '
awk 'length > 72 && /What separates/' out >long
[ ! -s long ] || problem "wider than 72 columns" "$(shown long)"
run faultline -q -f json "$cases/dump-then-crash/console.log"
out '"apart":{"cause":'
run faultline -q "$sample"
not_out 'What separates them'

# ---- why ------------------------------------------------------------------

it "why prints each clue's line, role and weight"
flagship
run faultline why arm-grant-not-in-iommu-p2m -d judged.db
code 0
out '    role   decides granted-and-live'
out_like '^    weight address, trust [a-z]*, 3 times'
not_out 'SELECT'

it "with --sql, what it prints runs, and yields the line that is cited"
for folder in "$root/samples/zynqmp-pv-network" "$cases/grant-ended-before" "$cases/nic-not-behind-iommu" "$cases/swiotlb-exhausted"; do
	cd "$folder" || continue
	judged_in=$T/why.db
	rm -f "$judged_in"
	set --
	for file in *; do
		[ "$file" = CASE ] || set -- "$@" "$file"
	done
	faultline ingest -q -d "$judged_in" "$@"
	cd "$T" || return 1
	for cause in $(ask why.db 'SELECT DISTINCT cause FROM verdict'); do
		run faultline why --sql "$cause" -d why.db
		code 0
		awk '/^WITH /, /;$/ { if (/^WITH /) n++; print >"clue." n ".sql" } /^    role/ { print $3 >"names" } END { print n + 0 >"count" }' out
		for n in $(seq "$(cat count)"); do
			clue=$(sed -n "${n}p" names)
			is "$(ask why.db "$(cat clue.$n.sql)" | head -n 1 | cut -d, -f3)" "$clue" "$cause: the first row of the SELECT"
		done
		[ "$(cat count)" -gt 0 ] || problem "$cause: no SELECT"
		rm -f clue.*.sql names count
	done
done

it "a UNION in parentheses, a comment and a WITH do not cut a SELECT in two"
{
	every_incident | sed '1s/.*/WITH many AS (SELECT id FROM incident UNION ALL SELECT 0 AS id)\nSELECT i.id AS subject, NULL AS "case", x.clue, '"'it''s UNION ALL'"' AS says, i.first_capture AS capture, i.first_line AS line, i.n -- UNION ALL/'
	echo 'UNION ALL'
	echo "SELECT m.id, NULL, 'sure', '(', NULL, NULL, 1 FROM many AS m WHERE m.id > 0;"
} | cause made-union root incident 'SELECT 1 FROM incident'
judged "$sample"
run faultline --data tree why --sql made-union -d judged.db
code 0
awk '/^WITH /, /;$/' out | awk '/^WITH /{ n++ } n == 2' >second.sql
is "$(ask judged.db "$(cat second.sql)" | wc -l)" 2 "rows of 'sure'"
unmake
