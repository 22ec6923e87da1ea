# Every folder of samples/ and tests/cases/: its captures give the verdicts that its CASE names, and the expected report.
#
# CASE has lines "key value": title, verdict CAUSE GRADE | verdict none, rival CAUSE GRADE (may be concluded too), ruled-out CAUSE, finding CAUSE | finding none, gap KIND,
# fact NAME=VALUE (told to faultline), needs LIBRARY; origin, platform and licence are for readers.

# All files of a case but CASE, in the order of their names.
captures() {
	for file in *; do
		[ "$file" = CASE ] || printf '%s\n' "$file"
	done
}

# The command line that a case needs: set by prepare_case, used as "$@"; names have no blanks.
arguments() {
	sed -n 's/^fact[ 	]*/--fact /p' CASE
	captures
}

rows() { ask "$T/case.db" "$1"; }

# The best verdict of some incident is this, and nothing else reaches likely.
check_verdict() {
	cause=$1 grade=$2
	[ -n "$(rows "SELECT 1 FROM v_verdict WHERE about = 'incident' AND place = 1 AND cause = '$cause' AND grade = '$grade' LIMIT 1")" ] ||
		problem "wanted $cause $grade, got:" "$(told)"
	others=$(rows "SELECT cause || ' ' || grade FROM v_verdict WHERE about = 'incident' AND cause <> '$cause' AND grade_rank <= 2" |
		grep -vxF "$(sed -n 's/^rival  *//p' CASE | grep . || echo none)")
	[ -z "$others" ] || problem "also concluded: $others"
}

check_no_verdict() {
	likely=$(rows "SELECT cause || ' ' || grade FROM v_verdict WHERE about = 'incident' AND grade_rank <= 2")
	[ -z "$likely" ] || problem "wanted no verdict, got: $likely"
}

told() {
	rows "SELECT about || ' ' || subject || ': ' || cause || ' ' || grade || ifnull(' (' || says || ')', '') FROM v_verdict
	       ORDER BY about DESC, subject, place" | sed 's/^$/no verdict at all/'
}

check_key() {
	key=$1
	shift
	case $key in
	verdict)
		if [ "$1" = none ]; then check_no_verdict; else check_verdict "$1" "$2"; fi
		;;
	ruled-out)
		[ -n "$(rows "SELECT 1 FROM v_verdict WHERE cause = '$1' AND grade = 'ruled out' LIMIT 1")" ] ||
			problem "$1 is not ruled out; got:" "$(told)"
		;;
	finding)
		found="SELECT DISTINCT cause FROM v_verdict WHERE about <> 'incident' AND grade <> 'ruled out'"
		if [ "$1" = none ]; then
			[ -z "$(rows "$found")" ] || problem "wanted no finding, got: $(rows "$found" | tr '\n' ' ')"
			return
		fi
		[ -n "$(rows "$found AND cause = '$1'")" ] ||
			problem "no finding $1; got:" "$(told)"
		;;
	gap)
		[ -n "$(rows "SELECT 1 FROM v_gap WHERE kind = '$1' LIMIT 1")" ] ||
			problem "no gap $1; got: $(rows 'SELECT kind FROM v_gap' | tr '\n' ' ')"
		;;
	title | origin | platform | licence | fact | note | needs | rival) ;;
	*) problem "CASE has an unknown key '$key'" ;;
	esac
}

check_text() {
	expected=$root/tests/expected/$1.txt
	if [ -f "$expected" ]; then
		same "$expected" "$T/text" "the report differs from tests/expected/$1.txt (< expected, > now); make bless CASE=$1 rewrites it"
	else
		problem "tests/expected/$1.txt is missing; make bless CASE=$1 writes it"
	fi
}

check_json() {
	run faultline -q -f json "$@"
	code 0
	cp "$T/out" "$T/json"
	"$JSON_CHECK" "$T/json" >"$T/out" 2>&1 || problem "the JSON document is not JSON:" "$(shown "$T/out")"
	run faultline -q -f json "$@"
	same "$T/json" "$T/out" "a second run gives other JSON"
}

# Stored and reported later, a case says what it says at once.
check_stored() {
	run faultline report -q -d "$T/case.db"
	code 0
	same "$T/text" "$T/out" "report of the database differs from the report of the files"
}

check_case() {
	folder=$1 name=${1##*/}
	if lacks "$folder"; then
		skip "$name" "built without $(sed -n 's/^needs  *//p' "$folder/CASE")"
		return
	fi
	it "$name"
	cd "$folder" || return
	set -- $(arguments)
	rm -f "$T/case.db"
	run faultline ingest -q -d "$T/case.db" "$@"
	code 0
	silent
	while read -r key values; do
		case $key in '' | '#'*) continue ;; esac
		check_key "$key" $values
	done <CASE
	grep -q '^title ' CASE || problem "CASE has no title"
	grep -q '^verdict ' CASE || problem "CASE has no verdict"
	run faultline -q "$@"
	code 0
	cp "$T/out" "$T/text"
	check_text "$name"
	check_stored
	check_json "$@"
	cd "$root" || return
}

# Expected reports of folders that are gone.
check_orphans() {
	it "every expected report has a case"
	for file in "$root"/tests/expected/*.txt; do
		name=${file##*/}
		name=${name%.txt}
		[ "$name" != '*' ] || continue
		[ -d "$root/tests/cases/$name" ] || [ -d "$root/samples/$name" ] || problem "tests/expected/$name.txt has none"
	done
}

bless_cases() {
	mkdir -p "$root/tests/expected"
	for folder in "$root"/samples/*/ "$root"/tests/cases/*/; do
		folder=${folder%/}
		name=${folder##*/}
		case " $* " in
		'  ' | *" $name "*) ;;
		*) continue ;;
		esac
		cd "$folder" || exit 2
		faultline -q $(arguments) >"$T/text" || exit 2
		cmp -s "$T/text" "$root/tests/expected/$name.txt" || echo "tests/expected/$name.txt: rewritten; read the diff as code"
		cp "$T/text" "$root/tests/expected/$name.txt"
	done
}

if [ "$group" = cases ]; then
	for folder in "$root"/samples/*/ "$root"/tests/cases/*/; do
		[ ! -f "$folder/CASE" ] || check_case "${folder%/}"
	done
	check_orphans
fi
