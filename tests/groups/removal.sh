# What a grade rests on: without the lines that a clue cites, the grade is what the rule says of the clues that are left.
# The rule is worked out a second time, in tests/removal.awk, and holds for every verdict of every run here.  And without the lines that no clue
# cites (ONLY='name*': of these cases), all verdicts stay: what is left is in v_basis, continues a record, or dates what is left.
. "$root/tests/case.sh"

ROUNDS=12

clue_roles >"$T/roles"

judge_document() { awk -f "$root/tests/document.awk" -f "$root/tests/removal.awk" "$@" "$T/roles" "$W/document"; }

document() {
	rc=0
	(cd "$1" && shift && faultline -q -f json "$@") >"$W/document" 2>"$W/err" || rc=$?
	[ "$rc" -le 3 ] || problem "died (status $rc): $last_case" "$(shown "$W/err")"
}

# Lines of a file, or all lines that differ from them in numbers only.
cut_lines() {
	awk -v lines="$2" -v shapes="$3" '
	function shape(s) { gsub(/0x[0-9a-fA-F]+|[0-9]+|[0-9a-f][0-9a-f][0-9a-f]+/, "N", s); return s }
	BEGIN { n = split(lines, l, " "); for (i = 1; i <= n; i++) cut[l[i]] }
	FNR == NR { if (FNR in cut) gone[shape($0)]; next }
	shapes ? shape($0) in gone : FNR in cut { next }
	{ print }' "$1" "$1" >"$W/cut" && cat "$W/cut" >"$1"
}

# try_clue FOLDER CAUSE GRADE CLUE ROLE ARGUMENTS...
try_clue() {
	folder=$1 cause=$2 grade=$3 clue=$4 role=$5
	shift 5
	rm -rf "$W/cuts"
	mkdir "$W/cuts"
	for file in "$folder"/*; do
		[ "${file##*/}" = CASE ] || cat "$file" >"$W/cuts/${file##*/}"
	done
	cp "$W/first" "$W/found"
	round=0
	: >"$W/all"
	while grep -q '^at ' "$W/found"; do
		round=$((round + 1))
		if [ $round -gt $ROUNDS ]; then
			problem "$cause: $clue is still cited after $ROUNDS cuts:" "$(grep '^at ' "$W/found" | head -n 3)"
			return
		fi
		for file in $(sed -n 's/^at \([^ ]*\) .*/\1/p' "$W/found" | sort -u); do
			if ! is_text "$W/cuts/$file"; then
				echo "$last_case $clue: $file is no text" >>"$T/untried"
				return
			fi
			numbers=$(sed -n "s/^at $file //p" "$W/found" | sort -un | tr '\n' ' ')
			cut_lines "$W/cuts/$file" "$numbers" "$([ $round -le 2 ] || echo 1)"
			echo "round $round: $file: $numbers" >>"$W/all"
		done
		document "$W/cuts" "$@"
		judge_document -v mode=judge -v cause="$cause" -v clue="$clue" -v role="$role" -v was="$grade" >"$W/found"
		if grep -q '^problem ' "$W/found"; then
			problem "$cause $grade, without $role $clue:" "$(sed -n 's/^problem //p' "$W/found")" "$(head -n 4 "$W/all")"
			return
		fi
	done
	if grep -q '^lost ' "$W/found"; then
		problem "$cause $grade, without $role $clue:" "$(sed -n 's/^lost //p' "$W/found")" "$(head -n 4 "$W/all")"
	fi
	echo "$last_case $clue $round" >>"$T/tried"
}

# The lines that stay: cited, of v_basis, parts of records that have no row, second halves of torn lines.
staying="SELECT DISTINCT p.name || ' ' || x.line
  FROM (SELECT capture, line FROM verdict_clue WHERE line IS NOT NULL
        UNION SELECT capture, line FROM v_basis
        UNION SELECT t.capture, t.line FROM line_text AS t JOIN capture AS c ON c.id = t.capture AND c.matched > 0
               WHERE t.capture << 40 | t.line NOT IN (SELECT m.capture << 40 | m.line FROM v_message AS m)
        UNION SELECT t.capture, t.tail FROM line_text AS t WHERE t.tail IS NOT NULL) AS x
  JOIN capture AS p ON p.id = x.capture
 UNION ALL SELECT name || ' 0' FROM capture"

# keep_lines STAYING FILE…: into $W/left; lines that date a line that stays do so, too, and those where two clocks meet.
keep_lines() {
	awk -v left="$W/left" '
	function clock(s) {
		if (s ~ /[(]XEN[)] \[/) return "xen"
		if (s ~ /[(]d[0-9]+[)] \[/) return "guest"
		if (s ~ /\[ *[0-9]+[.][0-9]+\]/) return "host"
		if (s ~ /-[0-9]+ +\[[0-9]+\]/) return "trace"
		return s ~ /[0-9][0-9]:[0-9][0-9]:[0-9][0-9]/ ? "other" : ""
	}
	function finish(   i, k, before) {
		for (i = 1; i <= n; i++) {
			if (stays[i])
				for (k in last) dates[last[k]] = 1
			if (kind[i]) {
				if (before && kind[before] != kind[i]) dates[before] = dates[i] = 1
				before = last[kind[i]] = i
			}
		}
		split("", last)
		for (i = n; i > 0; i--) {
			if (stays[i])
				for (k in last) dates[last[k]] = 1
			if (kind[i]) last[kind[i]] = i
		}
		printf "" >(left "/" name)
		for (i = 1; i <= n; i++)
			if (stays[i] || dates[i]) print line[i] >(left "/" name)
			else cut++
		close(left "/" name)
		split("", last); split("", dates); split("", stays)
		n = 0
	}
	FNR == 1 && NR > FNR { if (name != "") finish(); name = FILENAME; sub(/.*\//, "", name) }
	NR == FNR { keep[$1, $2] = 1; next }
	{ line[++n] = $0; kind[n] = clock($0); stays[n] = (name, n) in keep }
	END { if (name != "") finish(); print cut + 0 }' "$@"
}

# check_rest FOLDER ARGUMENTS…: without what nobody cites, and with what is left, the verdicts are the same.
check_rest() {
	folder=$1
	shift
	cp "$W/whole" "$W/document"
	judge_document -v mode=print | sort >"$W/wanted"
	rm -rf "$W/left"
	mkdir "$W/left"
	ask "$W/case.db" "$staying" >"$W/staying"
	set -- "$W/staying"
	for file in "$folder"/*; do
		name=${file##*/}
		[ "$name" != CASE ] || continue
		if is_text "$file" && grep -q -x -F "$name 0" "$W/staying"; then
			set -- "$@" "$file"
		else
			cp "$file" "$W/left/$name"
		fi
	done
	[ $# -gt 1 ] || return 0
	keep_lines "$@" >>"$T/cut"
	rest_differs || return 0
	same "$W/wanted" "$W/got" "without the lines that nothing rests on, other verdicts (< before, > after)"
	shift
	blame "$@"
}

# What is left gives other verdicts.
rest_differs() {
	document "$W/left" $(cd "$folder" && arguments)
	judge_document -v mode=print | sort >"$W/got"
	! cmp -s "$W/wanted" "$W/got"
}

# Lines of which entry are missing?  Each is tried alone: blame FILE…
blame() {
	cp "$W/staying" "$W/least"
	faultline query -d "$W/case.db" -f csv "SELECT DISTINCT message FROM v_message" | sed 1d >"$W/entries"
	while read -r entry; do
		ask "$W/case.db" "SELECT p.name || ' ' || m.line FROM v_message AS m JOIN capture AS p ON p.id = m.capture
		                   WHERE m.message = '$entry'" | cat - "$W/least" >"$W/staying"
		keep_lines "$W/staying" "$@" >"$W/n"
		rest_differs || problem "with the lines of $entry they are the same: a clue has to cite them, or v_basis to have them"
	done <"$W/entries"
}

# Where the clue is cited, in the document of the whole case.
first_places() { judge_document -v mode=judge -v cause="$1" -v clue="$2" -v role=none -v was=confirmed | grep '^at ' >"$W/first"; }

check_removal() {
	last_case=${1##*/}
	it "$last_case"
	set -- "$1" $(cd "$1" && arguments)
	folder=$1
	shift
	headline=$(sed -n 's/^verdict  *\([^ ]*\)  *\([a-z]*\) *$/\1 \2/p' "$folder/CASE" | head -n 1)
	rm -f "$W/case.db"
	(cd "$folder" && faultline ingest -q -d "$W/case.db" "$@")
	document "$folder" report -d "$W/case.db"
	cp "$W/document" "$W/whole"
	judge_document -v mode=list -v cause="${headline% *}" >"$W/listed"
	if grep -q '^problem ' "$W/listed"; then
		problem "as it is:" "$(sed -n 's/^problem //p' "$W/listed")"
	fi
	check_rest "$folder" "$@"
	[ -n "$headline" ] || return 0
	sed -n 's/^clue //p' "$W/listed" >"$W/clues"
	while read -r clue role; do
		cp "$W/whole" "$W/document"
		first_places "${headline% *}" "$clue"
		try_clue "$folder" "${headline% *}" "${headline#* }" "$clue" "$role" "$@"
	done <"$W/clues"
}

: >"$T/tried"
: >"$T/untried"
: >"$T/cut"
case_folders >"$T/folders"
two_at_a_time check_removal "$T/folders"

it "clues were cut, and most could be"
[ "$(wc -l <"$T/tried")" -gt "$(wc -l <"$T/untried")" ] || problem "of $(wc -l <"$T/tried") clues" "$(shown "$T/untried")"

it "most lines are nothing that a verdict rests on"
[ "$(awk '{ n += $1 } END { print n + 0 }' "$T/cut")" -gt 1000 ] || problem "lines that were cut" "$(shown "$T/cut")"

# ---- the rule itself notices ----------------------------------------------

W=$T
sample=$root/samples/zynqmp-pv-network
document "$sample" console.log
cp "$T/document" "$T/whole"

# doctored SED: what the rule says of a document that was changed.
doctored() {
	sed "$1" "$T/whole" >"$T/document"
	judge_document -v mode=judge -v cause=arm-grant-not-in-iommu-p2m -v clue=granted-and-live -v role=decides -v was=likely >"$T/found"
}

notices() { grep -q "^problem .*$1" "$T/found" || problem "wanted: $1" "$(shown "$T/found")"; }

it "the rule agrees with a document that nobody changed"
judge_document -v mode=list -v cause=arm-grant-not-in-iommu-p2m >"$T/found"
grep -q '^best 1$' "$T/found" || problem "not confirmed" "$(shown "$T/found")"
grep -q '^clue granted-and-live decides$' "$T/found" || problem "no clue that decides" "$(shown "$T/found")"
grep -q '^at console.log 206$' "$T/found" || problem "no line of it" "$(shown "$T/found")"
if grep -q '^problem' "$T/found"; then problem "a problem" "$(shown "$T/found")"; fi

it "it notices a grade that its clues do not give, and one that rises"
doctored 's/"clue":"granted-and-live"/"clue":"granted-maybe-live"/'
notices 'is confirmed; the rule says likely'
doctored 's/{"clue":"affected-xen"[^}]*},//'
notices 'is confirmed; the rule says possible, and affected-xen among what is missing'
doctored 's/"clue":"own-page"/"clue":"foreign-page"/; s/"trust":"[a-z]*"}/"trust":"host"}/g'
notices 'is confirmed; the rule says likely'
doctored 's/"capture":0,"line":35,"text":/"capture":null,"line":null,"text":/'
notices 'is confirmed; the rule says likely'
doctored 's/"clue":"device-error"/"clue":"vendor-build"/'
notices 'is confirmed; the rule says likely'
doctored 's/"clue":"context-fault"/"clue":"own-page"/'
notices 'the rule says none'
doctored ''
notices 'rises from likely to rank 1'
