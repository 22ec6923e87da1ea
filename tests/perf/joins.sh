#!/bin/sh
# What it costs to join faults with grant intervals: as many faults as intervals, 390 intervals on one page, a tenth of them live at once.  Run by "make bench-joins".
#
# FAULTLINE      the program (default ./faultline)      BENCH_DATA  where captures and database are kept (default ./bench-data)
# BENCH_JOINS    intervals, and faults, of the largest run (default 1000000: 1 GB of disk)
#
# Each run reads the faults alone, the trace alone, and both: what both cost beyond the two is the join.  Seconds are those of the processor, user and system.  Ends with 1 when a fault of the
# largest run costs more than half as much again as one of a tenth of it, when a fault of the page of 390 intervals costs more than twice as much as others, or when memory passes its bound.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
data=${BENCH_DATA:-bench-data}
most=${BENCH_JOINS:-1000000}
FAULTLINE=${FAULTLINE:-./faultline}
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

# cost FILE…: seconds and KiB are left in $seconds and $kib.
cost() {
	rm -f "$data/joins.db"
	/usr/bin/time -f '%U %S %M' -o "$data/time" "$FAULTLINE" ingest -q -d "$data/joins.db" "$@" || wrong "ingest ended with status $?"
	read -r user sys kib <<-EOF2
		$(tail -n 1 "$data/time")
	EOF2
	seconds=$(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')
}

# measure N HOT: microseconds a fault are left in $each.
measure() {
	trace "$1" >"$data/trace.txt"
	faults "$1" "$2" >"$data/faults.log"
	cost "$data/faults.log"
	alone=$seconds
	sed '/smmu@.*iova/,$d' "$data/console.log" >"$data/head.log"
	cost "$data/head.log" "$data/trace.txt"
	traced=$seconds
	cost "$data/faults.log" "$data/trace.txt"
	each=$(awk -v s="$seconds" -v a="$alone" -v b="$traced" -v n="$1" 'BEGIN { printf "%.2f", (s - a - b) / n * 1e6 }')
	per=$(awk -v s="$traced" -v n="$1" 'BEGIN { printf "%.2f", s / n / 2 * 1e6 }')
	bound=$((24576 + $1 / 10 / 16))
	printf '%10d %6s  %8.2f %8.2f %8.2f  %8s %8s  %8d %8d\n' "$1" "$2" "$alone" "$traced" "$seconds" "$per" "$each" "$kib" "$bound"
	[ "$kib" -le "$bound" ] || wrong memory
	rows=$("$FAULTLINE" query -q -d "$data/joins.db" -f csv "SELECT count(*) || ' ' || sum(grant_state IS NOT NULL) FROM fault_join" | sed 1d)
	[ "$rows" = "$1 $1" ] || wrong "$rows: faults that are joined, that have a grant"
	rm -f "$data/joins.db" "$data/trace.txt" "$data/faults.log"
}

[ -x /usr/bin/time ] || { echo "bench: /usr/bin/time is missing; on Debian: apt-get install time" >&2; exit 2; }
mkdir -p "$data" || exit 2
tr -d '\r' <"$here/../cases/grant-ended-before/console.log" | sed '/^# tracer/,$d' >"$data/console.log"
echo "seconds: of the faults alone, of the trace alone, of both; us/event: trace alone; us/fault: both beyond the two"
echo "    faults    hot    faults    trace     both  us/event us/fault       KiB    bound"
measure $((most / 10)) 0
small=$each
measure "$most" 0
awk -v a="$small" -v b="$each" 'BEGIN { exit b > a * 1.5 && b > 1 }' || wrong "a fault costs more among more"
cold=$each
measure "$most" 1
awk -v a="$cold" -v b="$each" 'BEGIN { exit b > a * 2 && b > 1 }' || wrong "a fault costs more where a page has more intervals"
exit "$bad"
