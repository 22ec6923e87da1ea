# A case: a folder with captures, and CASE, which says what is true of them.
#
# Lines "key value":
#   title TEXT
#   verdict CAUSE GRADE | verdict none     the best verdict that explains some incident, and nothing else reaches likely
#   pending CAUSE GRADE                    in its place: the truth, which is not concluded yet
#   rival CAUSE GRADE                      may be concluded too
#   twin CAUSE                             it looks like this cause, which must not be concluded
#   ruled-out CAUSE, finding CAUSE [GRADE], finding none, gap KIND
#   fault DEVICE IOVA read|write           an IOMMU fault that is among those found (device - where the message names none)
#   no-fault                               there is none
#   fact NAME=VALUE                        told to faultline
#   needs LIBRARY
#   origin, platform, licence, note        for readers

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

# The facts of a case, in $T/case.db.
store_case() {
	rm -f "$T/case.db"
	run faultline ingest -q -d "$T/case.db" "$@"
	code 0
	silent
}

# All that its CASE says, against $T/case.db.
check_truth() {
	while read -r key values; do
		case $key in '' | '#'*) continue ;; esac
		check_key "$key" $values
	done <CASE
	grep -q '^title ' CASE || problem "CASE has no title"
	grep -q -e '^verdict ' -e '^pending ' CASE || problem "CASE has no verdict"
}

# The best verdict of some incident is this, and nothing else reaches likely.
check_verdict() {
	cause=$1 grade=$2
	[ -n "$(rows "SELECT 1 FROM v_verdict WHERE explains AND place = 1 AND cause = '$cause' AND grade = '$grade' LIMIT 1")" ] ||
		problem "wanted $cause $grade, got:" "$(told)"
	others=$(rows "SELECT cause || ' ' || grade FROM v_verdict WHERE explains AND cause <> '$cause' AND grade_rank <= 2" |
		grep -vxF "$(sed -n 's/^rival  *//p' CASE | grep . || echo none)")
	[ -z "$others" ] || problem "also concluded: $others"
}

check_no_verdict() {
	likely=$(rows "SELECT cause || ' ' || grade FROM v_verdict WHERE explains AND grade_rank <= 2")
	[ -z "$likely" ] || problem "wanted no verdict, got: $likely"
}

# The truth is a cause that nobody wrote yet, or that lacks something: nothing else may be said, and when it is found, CASE has to say so.
check_pending() {
	[ -z "$(rows "SELECT 1 FROM v_verdict WHERE (NOT explains OR place = 1) AND cause = '$1' AND grade = '$2' LIMIT 1")" ] ||
		problem "$1 $2 is concluded now: CASE may say verdict, not pending"
	others=$(rows "SELECT cause || ' ' || grade FROM v_verdict WHERE explains AND cause <> '$1' AND grade_rank <= 2" |
		grep -vxF "$(sed -n 's/^rival  *//p' CASE | grep . || echo none)")
	[ -z "$others" ] || problem "the truth is $1; concluded: $others"
}

# An IOMMU fault of a device (- for one that the message does not name) at an address.
check_fault() {
	device="bdf = '$1' OR stream = '$1' OR printf('0x%x', stream) = '$1'"
	[ "$1" != - ] || device=1
	[ -n "$(rows "SELECT 1 FROM v_iommu_fault WHERE ($device) AND printf('0x%x', iova) = '$2' AND ifnull(access, '$3') = '$3' LIMIT 1")" ] ||
		problem "no fault of $1 at $2, $3; got:" "$(faults)"
}

faults() {
	rows "SELECT ifnull(bdf, ifnull(stream, '-')) || ' ' || ifnull(printf('0x%x', iova), '-') || ' ' || ifnull(access, '-') || ' ' || kind FROM v_iommu_fault LIMIT 8"
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
		found="SELECT DISTINCT cause FROM v_verdict WHERE NOT explains AND grade <> 'ruled out'"
		if [ "$1" = none ]; then
			[ -z "$(rows "$found")" ] || problem "wanted no finding, got: $(rows "$found" | tr '\n' ' ')"
			return
		fi
		[ -n "$(rows "$found AND cause = '$1' AND grade LIKE '${2:-%}'")" ] ||
			problem "no finding $*; got:" "$(told)"
		;;
	gap)
		[ -n "$(rows "SELECT 1 FROM v_gap WHERE kind = '$1' LIMIT 1")" ] ||
			problem "no gap $1; got: $(rows 'SELECT kind FROM v_gap' | tr '\n' ' ')"
		;;
	twin)
		[ -z "$(rows "SELECT 1 FROM v_verdict WHERE cause = '$1' AND grade_rank <= 2 LIMIT 1")" ] ||
			problem "$1 is concluded; got:" "$(told)"
		;;
	pending) check_pending "$1" "$2" ;;
	fault) check_fault "$1" "$2" "$3" ;;
	no-fault)
		[ -z "$(rows 'SELECT 1 FROM v_iommu_fault LIMIT 1')" ] || problem "wanted no IOMMU fault, got:" "$(faults)"
		;;
	title | origin | platform | licence | fact | note | needs | rival) ;;
	*) problem "CASE has an unknown key '$key'" ;;
	esac
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
