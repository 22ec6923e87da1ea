# Other people's captures, where the shelf with them is at hand: the cause that leads, and its grade, against what the file can bear (tests/shelf/headlines.tsv).

logs=${FAULTLINE_CORPUS:-$root/../shared/corpus}/logs
can_bear=0 leads=0

# Verdicts about incidents, "rank grade cause": those that lead an incident come first.
verdicts() {
	ask "$T/headline.db" "SELECT grade_rank || ' ' || grade || ' ' || cause || CASE place WHEN 1 THEN ' leads' ELSE '' END AS v FROM verdict
		WHERE about = 'incident' AND kind IN ('root', 'state') AND grade_rank < 9 ORDER BY grade_rank, place <> 1, subject, cause"
}

rank_of() {
	case $1 in confirmed) echo 1 ;; likely) echo 2 ;; possible) echo 3 ;; *) echo 8 ;; esac
}

check_headline() {
	number=$1 most=$(rank_of "$2") allowed=,$3,
	set -- "$logs/$number"-*
	it "$(basename "$1" .log)"
	rm -f "$T/headline.db"
	run faultline ingest -q -d "$T/headline.db" "$1"
	code 0
	verdicts >"$T/verdicts"
	while read -r rank grade cause place; do
		if [ "$most" = 8 ]; then
			problem "names $cause ($grade); the file cannot bear a cause"
		elif [ "$rank" -lt "$most" ]; then
			problem "$cause is $grade: more than the file can bear"
		elif [ "$rank" -le 2 ] && [ "${allowed#*,"$cause",}" = "$allowed" ]; then
			problem "$cause is $grade; it may be ${allowed}"
		fi
	done <"$T/verdicts"
	[ "$most" != 8 ] || return 0
	can_bear=$((can_bear + 1))
	first=$(awk '$4 == "leads" { print $3; exit }' "$T/verdicts")
	case $allowed in *,"${first:-?}",*) leads=$((leads + 1)) ;; *) echo "$number: ${first:-nothing} leads, not ${allowed}" >>"$T/others" ;; esac
}

if [ -d "$logs" ]; then
	: >"$T/others"
	while read -r number most allowed; do
		case $number in '#'*) continue ;; esac
		check_headline "$number" "$most" "$allowed"
	done <"$root/tests/shelf/headlines.tsv"
	it "of the captures that can bear a cause, nine in ten have it in front"
	[ $((leads * 10)) -ge $((can_bear * 9)) ] || problem "$leads of $can_bear:" "$(shown "$T/others")"
	[ -z "$VERBOSE" ] || sed 's/^/      /' "$T/others"
else
	skip "headlines" "no $logs; FAULTLINE_CORPUS names the folder above it"
fi
