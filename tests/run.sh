#!/bin/sh
# Runs the groups of tests in tests/groups/: run.sh [-v] [GROUP…].  Last line: N passed, N failed[, N skipped].
#
# FAULTLINE      the program (default: faultline, then build/faultline, of the current folder)
# JSON_CHECK     tests/json-check, UNIT_PROGRAMS and FUZZ_REPLAYS: built by make check
# TEST_JOBS      groups at a time (default: one a processor)
# --bless [CASE…] rewrites tests/expected/ instead
set -u
LC_ALL=C
LANGUAGE=
TZ=UTC0
export LC_ALL LANGUAGE TZ
unset FAULTLINE_DB CDPATH

root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
first='check lint unit cases commands bad-input noise fuzz'
VERBOSE=
bless=
jobs=${TEST_JOBS:-$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)}

usage() {
	sed -n 's/^# \{0,1\}//; 2,6p' "$0"
	echo "Groups: $all"
}

# Absolute, because tests change their folder.
absolute() {
	case $1 in
	/*) echo "$1" ;;
	*) echo "$PWD/$1" ;;
	esac
}

find_programs() {
	if [ -z "${FAULTLINE:-}" ]; then
		FAULTLINE=./faultline
		[ -x ./faultline ] || FAULTLINE=build/faultline
	fi
	FAULTLINE=$(absolute "$FAULTLINE")
	if [ ! -x "$FAULTLINE" ]; then
		echo "run.sh: $FAULTLINE: no program there; run make, or set FAULTLINE" >&2
		exit 2
	fi
	JSON_CHECK=$(absolute "${JSON_CHECK:-$(dirname "$FAULTLINE")/tests/json-check}")
	UNIT_PROGRAMS=${UNIT_PROGRAMS-}
}

# The groups in $first, then whatever else is in the folder.
all_groups() {
	all=$first
	for file in "$root"/tests/groups/*.sh; do
		name=${file##*/}
		case " $all " in
		*" ${name%.sh} "*) ;;
		*) all="$all ${name%.sh}" ;;
		esac
	done
}

# A user's own entries and settings are no part of the tests.
make_folder() {
	work=$(mktemp -d "${TMPDIR:-/tmp}/faultline-tests.XXXXXX") || exit 2
	trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
	workers=
	trap '[ -z "$workers" ] || kill $workers 2>/dev/null; exit 130' HUP INT TERM
	HOME=$work/home
	XDG_CONFIG_HOME=$work/home/.config
	export HOME XDG_CONFIG_HOME
	mkdir -p "$XDG_CONFIG_HOME"
}

# One group in a shell of its own: what it sets or breaks stays there.
run_group() (
	group=$1
	T=$work/$group
	mkdir -p "$T"
	. "$root/tests/lib.sh"
	if ! . "$root/tests/groups/$group.sh"; then
		it "the group runs to its end"
		problem "tests/groups/$group.sh ended early"
	fi
	finish
	echo end >>"$results"
)

count() { grep -c "^$1\$" "$2"; }

# "12 passed, 0 failed", and ", 1 skipped" when there are any.
summary() {
	printf '%d passed, %d failed' "$(count ok "$1")" "$(count FAIL "$1")"
	skipped=$(count skip "$1")
	[ "$skipped" -eq 0 ] || printf ', %d skipped' "$skipped"
	echo
}

# One group, and what it comes to.
tell_group() {
	results=$work/$1.results
	: >"$results"
	start=$(date +%s)
	run_group "$1"
	if ! grep -q '^end$' "$results" || [ "$(wc -l <"$results")" -eq 1 ]; then
		echo "FAIL  $1: the group died before its end, or has no test"
		echo FAIL >>"$results"
	fi
	printf '%-10s %s (%d s)\n' "$1" "$(summary "$results")" "$(($(date +%s) - start))"
}

# Takes group after group until none is left; each is told in one piece.
work_off() {
	for name; do
		mkdir "$work/taken.$name" 2>/dev/null || continue
		tell_group "$name" >"$work/$name.told" 2>&1
		cat "$work/$name.told"
	done
}

# Those that compare times have the machine for themselves; of the others the long ones start first.
run_groups() {
	alone= begin= rest=
	for name; do
		case $name in
		bad-input | intervals | noise | scale) alone="$alone $name" ;;
		cases | doubts | guards | removal) begin="$begin $name" ;;
		*) rest="$rest $name" ;;
		esac
	done
	for name in $alone; do
		tell_group "$name"
	done
	workers=
	i=0
	while [ "$i" -lt "$jobs" ]; do
		work_off $begin $rest &
		workers="$workers $!"
		i=$((i + 1))
	done
	wait
	for name; do
		cat "$work/$name.results"
	done >"$work/results"
	summary "$work/results"
	[ "$(count FAIL "$work/results")" -eq 0 ]
}

all_groups
while [ $# -gt 0 ]; do
	case $1 in
	-v) VERBOSE=1 ;;
	-h | --help) usage; exit 0 ;;
	--bless) bless=1 ;;
	-*) usage >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done

find_programs
make_folder
if [ -n "$bless" ]; then
	group=bless T=$work results=$work/results
	. "$root/tests/lib.sh"
	. "$root/tests/groups/cases.sh"
	bless_cases "$@"
	exit
fi
[ $# -gt 0 ] || set -- $all
for name; do
	if [ ! -f "$root/tests/groups/$name.sh" ]; then
		echo "run.sh: no group '$name'; there are: $all" >&2
		exit 2
	fi
done
run_groups "$@"
