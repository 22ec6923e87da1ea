# What every group of tests uses: a test is "it NAME", commands, and what was wanted of them.
#
#   it "an unknown option is a usage error"
#   run faultline --nope
#   code 2
#   err "unknown option '--nope'"
#
# run.sh sets: root (the source tree), FAULTLINE, JSON_CHECK, UNIT_PROGRAMS, results, group, and a folder of its own in $T.

test_name=
problems=0

# A test that hangs is a failure, not a night.
faultline() { limited "${TEST_SECONDS:-60}" "$FAULTLINE" "$@"; }

# Closes the test that is open, if any, and writes how it went to $results.
finish() {
	[ -n "$test_name" ] || return 0
	if [ "$problems" -eq 0 ]; then
		echo ok >>"$results"
		[ -z "$VERBOSE" ] || echo "ok    $group: $test_name"
	else
		echo FAIL >>"$results"
	fi
	test_name=
}

it() {
	finish
	test_name=$1
	problems=0
}

# skip NAME WHY
skip() {
	finish
	echo skip >>"$results"
	echo "skip  $group: $1: $2"
}

# One thing that is wrong with the open test; the first one prints its name.
problem() {
	[ "$problems" -gt 0 ] || echo "FAIL  $group: $test_name"
	problems=$((problems + 1))
	printf '%s\n' "$@" | sed 's/^/      /'
}

# What was printed, for a problem: the first lines, nothing that a terminal would obey.
shown() {
	if [ -s "$1" ]; then
		head -n 12 "$1" | LC_ALL=C tr -c '\11\12\40-\176' '?' | cut -c 1-200 | sed 's/^/| /'
	else
		echo '| (nothing)'
	fi
}

# Runs a command; $T/out, $T/err and $rc are what is left of it.  A crash or a sanitizer's word is always a problem.
run() {
	last_command=$*
	rc=0
	"$@" >"$T/out" 2>"$T/err" </dev/null || rc=$?
	judge_run
}

# As run, with a file as standard input.
run_from() {
	input=$1
	shift
	last_command="$* <$input"
	rc=0
	"$@" >"$T/out" 2>"$T/err" <"$input" || rc=$?
	judge_run
}

judge_run() {
	if [ "$rc" -ge 124 ]; then
		problem "died or hung (status $rc): $last_command" "$(shown "$T/err")"
	elif LC_ALL=C grep -q -e 'ERROR: AddressSanitizer' -e 'ERROR: LeakSanitizer' -e ': runtime error: ' "$T/err"; then
		problem "sanitizer: $last_command" "$(shown "$T/err")"
	fi
}

# code N…: the status is one of these.
code() {
	for wanted_code; do
		[ "$rc" -ne "$wanted_code" ] || return 0
	done
	problem "status $rc, wanted $*: $last_command" "$(shown "$T/err")"
}

# A fixed string stands, or does not stand, in what was printed.
out() { has "$T/out" 'standard output' "$1"; }
err() { has "$T/err" 'standard error' "$1"; }
not_out() { has_not "$T/out" 'standard output' "$1"; }
not_err() { has_not "$T/err" 'standard error' "$1"; }

has() {
	LC_ALL=C grep -q -F -e "$3" "$1" || problem "$2 lacks \"$3\": $last_command" "$(shown "$1")"
}

has_not() {
	LC_ALL=C grep -q -F -e "$3" "$1" || return 0
	problem "$2 has \"$3\": $last_command" "$(shown "$1")"
}

# A regular expression matches a line.
out_like() {
	LC_ALL=C grep -q -e "$1" "$T/out" || problem "no line of standard output is like /$1/: $last_command" "$(shown "$T/out")"
}

err_like() {
	LC_ALL=C grep -q -e "$1" "$T/err" || problem "no line of standard error is like /$1/: $last_command" "$(shown "$T/err")"
}

silent() {
	[ ! -s "$T/err" ] || problem "standard error is not empty: $last_command" "$(shown "$T/err")"
}

no_output() {
	[ ! -s "$T/out" ] || problem "standard output is not empty: $last_command" "$(shown "$T/out")"
}

# same A B WHAT: two files are equal, byte for byte.
same() {
	cmp -s "$1" "$2" || problem "$3" "$(diff "$1" "$2" 2>&1 | shown_diff)"
}

shown_diff() {
	head -n 20 | LC_ALL=C tr -c '\11\12\40-\176' '?' | cut -c 1-160
}

# The one value that SQL gives, or all rows of one column.
ask() {
	faultline query -q -d "$1" -f csv "$2" 2>"$T/ask" | sed 1d
	[ ! -s "$T/ask" ] || problem "query failed: $2" "$(shown "$T/ask")"
}

# is GOT WANTED WHAT
is() {
	[ "$1" = "$2" ] || problem "$3: got \"$1\", wanted \"$2\""
}

# At most so many seconds, where there is a program for that.
limited() {
	if command -v timeout >/dev/null 2>&1; then
		limit=$1
		shift
		timeout -s KILL "$limit" "$@"
	else
		shift
		"$@"
	fi
}

# A folder's CASE needs a library that this program was built without.
lacks() {
	wanted=$(sed -n 's/^needs  *//p' "$1/CASE")
	[ -n "$wanted" ] && faultline version | grep -q "no $wanted"
}

# No byte of a file is NUL.
is_text() { [ "$(tr -d '\000' <"$1" | wc -c)" -eq "$(wc -c <"$1")" ]; }

# The folders of all cases, those of the lab too; ONLY='name*': of these.
case_folders() {
	for folder in "$root"/samples/*/ "$root"/samples/lab/*/ "$root"/tests/cases/*/; do
		folder=${folder%/}
		case ${folder##*/} in
		${ONLY:-*}) [ -f "$folder/CASE" ] && ! lacks "$folder" && echo "$folder" ;;
		esac
	done
}

# "cause role clue kind [clue that it weakens]" of every header in schema/causes/.
clue_roles() {
	awk '
	function option(key, without) {
		return match($0, "[|] " key ": [^ |]+") ? substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 4) : without
	}
	/^-- cause / { cause = $3 }
	/^-- (trigger|needs|decides|supports|caps|excludes) / { print cause, $2, $3, option("kind", "message"), option("of", "") }
	' "$root"/schema/causes/*.sql
}

# two_at_a_time FUNCTION LIST: the function of each line of LIST, in two processes, each with a folder $W of its own.
two_at_a_time() {
	for worker in 0 1; do
		(
			W=$T/$worker
			mkdir -p "$W"
			awk -v w=$worker 'NR % 2 == w' "$2" >"$W/list"
			while IFS= read -r each; do
				"$1" "$each"
			done <"$W/list"
			finish
		) &
	done
	wait
	test_name=
}

# One test for each capture by others, where the shelf with them is at hand: each_by_others NAME FUNCTION.
each_by_others() {
	shelf=${FAULTLINE_CORPUS:-$root/../shared/corpus}
	if [ ! -d "$shelf/logs" ]; then
		skip "$1 captures by others" "no $shelf/logs; FAULTLINE_CORPUS names the folder"
		return
	fi
	for file in "$shelf"/logs/*.log; do
		it "$1 ${file##*/}"
		"$2" "$file"
	done
}
