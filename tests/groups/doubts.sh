# Wrong confidence, looked for by machine: every case that concludes something is changed so that one of its reasons is gone, and must conclude less.
# tests/doubts/: plan.awk says what is tried, change.awk how, hold.awk what must hold then.  ONLY='name*': these cases; HOW='cut loss': these changes.
# DOUBTS_KEEP=FOLDER keeps what was found.
. "$root/tests/case.sh"

doubts=$root/tests/doubts
awk '
/^-- cause / { cause = $3 }
/^-- (trigger|needs|decides|supports|caps|excludes) / {
	kind = "message"
	if (match($0, /[|] kind: [a-z]+/))
		kind = substr($0, RSTART + 8, RLENGTH - 8)
	print cause, $2, $3, kind
}' "$root"/schema/causes/*.sql >"$T/roles"

# conclude TO FOLDER ARGUMENTS…: what faultline says of the captures, one thing a line.
conclude() {
	to=$1 in=$2
	shift 2
	rc=0
	(cd "$in" && exec "$FAULTLINE" $DATA -q -f json "$@") >"$W/document" 2>"$W/err" || rc=$?
	[ "$rc" -le 3 ] || problem "died (status $rc): $last_case $change" "$(shown "$W/err")"
	awk -f "$doubts/read.awk" "$T/roles" "$W/document" >"$to"
}

is_text() { [ "$(tr -d '\000' <"$1" | wc -c)" -eq "$(wc -c <"$1")" ]; }

facts() { sed -n 's/^fact[ 	]*/--fact /p' CASE; }

# Cause, change: why it may stay.  A line "how cause clue" each.
argued() {
	sed -e '/^#/d' -e '/^$/d' <<'END'
END
}

try_change() {
	how=$1 a=$2 b=$3
	change="$1 $2 $3"
	rm -rf "$W/changed" "$W/names"
	mkdir "$W/changed"
	awk -v how="$how" -v a="$a" -v b="$b" -v out="$W/changed" -f "$doubts/change.awk" "$W/base" $texts || return 0
	if [ "$how" != guest ]; then
		for file in $others; do
			cp "$folder/$file" "$W/changed/$file"
		done
	fi
	conclude "$W/now" "$W/changed" $told $(cd "$W/changed" && ls)
	old= new=
	if [ -f "$W/names" ]; then
		IFS='	' read -r old new <"$W/names"
	fi
	echo "$how" >>"$W/tried"
	awk -v how="$how" -v a="$a" -v b="$b" -v old="$old" -v new="$new" -f "$doubts/hold.awk" "$W/base" "$W/now" | sort -u >"$W/wrong"
	[ -s "$W/wrong" ] || return 0
	problem "$change:" "$(cat "$W/wrong")"
	echo "$how" >>"$W/failed"
	[ -z "${DOUBTS_KEEP:-}" ] || sed "s|^|$last_case	$change	|" "$W/wrong" >>"$DOUBTS_KEEP/wrong.$worker"
}

doubt() {
	folder=$1
	last_case=${1##*/}
	change=
	it "$last_case"
	told=$(cd "$folder" && facts)
	texts= others=
	for file in $(cd "$folder" && captures); do
		if is_text "$folder/$file"; then
			texts="$texts $folder/$file"
		else
			others="$others $file"
		fi
	done
	[ -n "$texts" ] || return 0
	conclude "$W/base" "$folder" $(cd "$folder" && arguments)
	awk -f "$doubts/plan.awk" "$W/base" >"$W/plan"
	while read -r how a b; do
		case " ${HOW:-$how} " in
		*" $how "*) try_change "$how" "$a" "$b" </dev/null ;;
		esac
	done <"$W/plan"
}

# Two at a time; each in a folder of its own.
DATA=${DOUBTS_DATA:+--data $DOUBTS_DATA}
for folder in "$root"/samples/*/ "$root"/samples/lab/*/ "$root"/tests/cases/*/; do
	folder=${folder%/}
	case ${folder##*/} in
	${ONLY:-*}) [ -f "$folder/CASE" ] && ! lacks "$folder" && echo "$folder" ;;
	esac
done >"$T/folders"
for worker in 0 1; do
	(
		W=$T/$worker
		mkdir -p "$W"
		: >"$W/tried"
		: >"$W/failed"
		awk -v w=$worker 'NR % 2 == w' "$T/folders" >"$W/folders"
		while IFS= read -r each; do
			doubt "$each"
		done <"$W/folders"
		finish
	) &
done
wait
test_name=

it "every kind of change was made"
cat "$T"/[01]/tried | sort | uniq -c >"$T/made"
cat "$T"/[01]/failed | sort | uniq -c >"$T/wrong"
[ -z "${DOUBTS_KEEP:-}" ] || cp "$T/made" "$T/wrong" "$DOUBTS_KEEP/"
