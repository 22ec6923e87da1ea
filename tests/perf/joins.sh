#!/bin/sh
# What it costs to join faults with grant intervals: as many faults as intervals, 390 intervals on one page, a tenth of them live at once.  Run by "make bench-joins".
#
# FAULTLINE      the program (default ./faultline)      BENCH_DATA  where captures and database are kept (default ./bench-data)
# JOIN_TIME      times the join of a database (default tests/perf/join-time)
# BENCH_JOINS    intervals, and faults, of the largest run (default 1000000: 1 GB of disk)
#
# Each run reads the faults alone, the trace alone, and both.  Of the whole program: what both cost beyond the two.  Of the join alone, in each of the three databases: what a map or an
# unmap costs beyond reading its row (100 ns is the goal), and what a fault costs where there is a trace beyond where there is none (1 us is the goal).  Seconds are those of the
# processor, user and system.  Ends with 1 when a goal is missed by more than half, when a fault of the largest run costs more than half as much again as one of a tenth of it, when a fault of
# the page of 390 intervals costs more than twice as much as others, or when memory passes its bound.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
data=${BENCH_DATA:-bench-data}
most=${BENCH_JOINS:-1000000}
FAULTLINE=${FAULTLINE:-./faultline}
JOIN_TIME=${JOIN_TIME:-tests/perf/join-time}
bad=0

wrong() {
	echo "WRONG  $*"
	bad=1
}

# trace N: N grants, a tenth of them live at once, one in N / 390 of the hot page; a map and an unmap every 20 us from 100 s on.
trace() {
	awk -v N="$1" 'BEGIN {
		L = int(N / 10)
		every = int(N / 390)
		for (i = 0; i < N + L; i++) {
			t = 100 + i * 2e-5
			if (i >= L) {
				h = (i - L) % L
				printf " v-583 [000] d..1 %.6f: unmap: (gnttab_unmap_refs+0x0/0x70) count=1 host_addr=0x3e5c7000 dev_bus_addr=0x0 handle=%d\n", t, h
			}
			if (i < N)
				printf " k-16 [001] d.s2 %.6f: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=1 host_addr=0x3e5c7000 flags=6 ref=%d dom=1 status=0 handle=%d dev_bus_addr=0x%x000\n", t + 1e-5, i % 4096, i % L, i % every ? 8650752 + i % (L + 3) : 8650000
		}
	}'
}

# faults N HOT: N faults while the trace runs, a line of dom0 after each 20; HOT: all on the page of 390 intervals.
faults() {
	sed '/smmu@.*iova/,$d' "$data/console.log"
	awk -v N="$1" -v HOT="$2" 'BEGIN {
		for (i = 0; i < N; i++) {
			printf "(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x%x148, fsynr=0xb0001, cb=0\n", HOT ? 8650000 : 8650752 + i * 7919 % int(N / 10)
			if (i % 20 == 19)
				printf "[%12.6f] tick\n", 100 + i * 2.2e-5
		}
		printf "[%12.6f] tick\n", 100 + N * 2.2e-5 + 1
	}'
}

# cost FILE…: $seconds and $kib of the whole, and of the join alone $read, to read its rows, and $join, all of it.
cost() {
	rm -f "$data/joins.db"
	/usr/bin/time -f '%U %S %M' -o "$data/time" "$FAULTLINE" ingest -q -d "$data/joins.db" "$@" || wrong "ingest ended with status $?"
	read -r user sys kib <<-EOF2
		$(tail -n 1 "$data/time")
	EOF2
	seconds=$(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')
	"$JOIN_TIME" "$data/joins.db" >"$data/time" || wrong "join-time ended with status $?"
	read -r read join <"$data/time"
}

# is_more A B: is A more than B?
is_more() {
	awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b) }'
}

# measure N HOT: microseconds of the join are left in $event and $fault.
measure() {
	trace "$1" >"$data/trace.txt"
	faults "$1" "$2" >"$data/faults.log"
	cost "$data/faults.log"
	alone=$seconds
	join_alone=$join
	sed '/smmu@.*iova/,$d' "$data/console.log" >"$data/head.log"
	cost "$data/head.log" "$data/trace.txt"
	traced=$seconds
	join_traced=$join
	event=$(awk -v j="$join" -v r="$read" -v n="$1" 'BEGIN { printf "%.2f", (j - r) / n / 2 * 1e6 }')
	row=$(awk -v r="$read" -v n="$1" 'BEGIN { printf "%.2f", r / n / 2 * 1e6 }')
	cost "$data/faults.log" "$data/trace.txt"
	each=$(awk -v s="$seconds" -v a="$alone" -v b="$traced" -v n="$1" 'BEGIN { printf "%.2f", (s - a - b) / n * 1e6 }')
	fault=$(awk -v s="$join" -v a="$join_alone" -v b="$join_traced" -v n="$1" 'BEGIN { printf "%.2f", (s - a - b) / n * 1e6 }')
	bound=$((24576 + $1 / 10 / 16))
	printf '%9d %4s  %7.2f %7.2f %7.2f %7s  %7s %7s %7s  %7d %7d\n' "$1" "$2" "$alone" "$traced" "$seconds" "$each" "$row" "$event" "$fault" "$kib" "$bound"
	[ "$kib" -le "$bound" ] || wrong memory
	is_more "$event" 0.15 && wrong "a map or an unmap costs $event us, the goal is 0.1"
	is_more "$fault" 1.5 && wrong "a fault costs $fault us, the goal is 1"
	rows=$("$FAULTLINE" query -q -d "$data/joins.db" -f csv "SELECT count(*) || ' ' || sum(grant_state IS NOT NULL) FROM fault_join" | sed 1d)
	[ "$rows" = "$1 $1" ] || wrong "$rows: faults that are joined, that have a grant"
	rm -f "$data/joins.db" "$data/trace.txt" "$data/faults.log"
}

[ -x /usr/bin/time ] || { echo "bench: /usr/bin/time is missing; on Debian: apt-get install time" >&2; exit 2; }
mkdir -p "$data" || exit 2
tr -d '\r' <"$here/../cases/grant-ended-before/console.log" | sed '/^# tracer/,$d' >"$data/console.log"
echo "seconds of the whole program: the faults alone, the trace alone, both; us/fault: both beyond the two"
echo "join alone, us: to read the row of a map or an unmap; all else of one (goal 0.10); a fault beyond what it costs without a trace (goal 1.00)"
echo "   faults  hot   faults   trace    both us/fault     read   event   fault      KiB   bound"
measure $((most / 10)) 0
small=$fault
measure "$most" 0
is_more "$fault" "$(awk -v a="$small" 'BEGIN { print (a * 1.5 > 1 ? a * 1.5 : 1) }')" && wrong "a fault costs more among more"
cold=$fault
measure "$most" 1
is_more "$fault" "$(awk -v a="$cold" 'BEGIN { print (a * 2 > 1 ? a * 2 : 1) }')" && wrong "a fault costs more where a page has more intervals"
exit "$bad"
