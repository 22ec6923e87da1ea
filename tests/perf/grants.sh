#!/bin/sh
# What traces of grants cost: time an event, and memory for what is live.  Run by "make bench-grants".
#
# FAULTLINE      the program (default ./faultline)      BENCH_DATA  where the trace and the database are kept (default ./bench-data)
# BENCH_EVENTS   maps and unmaps of the largest trace (default 10000000: 2 GB of disk)
#
# Seconds are those of the processor, user and system; machines differ and are shared: only ratios mean anything.  Ends with 1 when memory passes 24 MiB and 64 bytes a live grant, or an event of
# the largest trace costs more than half as much again as one of a tenth of it.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
data=${BENCH_DATA:-bench-data}
most=${BENCH_EVENTS:-10000000}
FAULTLINE=${FAULTLINE:-./faultline}
bad=0

# events N LIVE: each handle is used again and again, at most LIVE at once.
events() {
	echo "#gnttrace 1 clock=mono src=bpftrace"
	awk -v N="$1" -v L="$2" 'BEGIN {
		for (i = 0; i < N; i++)
			if (i < L || (i - L) % 2) {
				h = maps % L
				printf "gnt t=%.0f op=map dom=1 ref=%d fl=0x6 host=0x%x000 hnd=0x%x bus=0x%x000 st=0\n", 1e9 + i * 1000, maps % 4096, 8388608 + h, h, 8388608 + maps * 7919 % 524288
				maps++
			} else {
				h = unmaps++ % L
				printf "gnt t=%.0f op=unmap hnd=0x%x host=0x%x000\n", 1e9 + i * 1000, h, 8388608 + h
			}
	}'
}

# The second half before the first: it has to be sorted.
out_of_order() {
	tail -n +"$(($1 / 2))" "$2"
	head -n "$(($1 / 2 - 1))" "$2"
}

# measure N LIVE ORDER: microseconds an event are left in $each.
measure() {
	events "$1" "$2" >"$data/trace.txt"
	if [ "$3" = sorted ]; then
		out_of_order "$1" "$data/trace.txt" >"$data/other.txt" && mv "$data/other.txt" "$data/trace.txt"
	fi
	rm -f "$data/grants.db"
	/usr/bin/time -f '%U %S %M' -o "$data/time" "$FAULTLINE" ingest -q -d "$data/grants.db" "$data/console.log" "$data/trace.txt" || bad=1
	read -r user sys kib <<-EOF
		$(tail -n 1 "$data/time")
	EOF
	bound=$((24576 + $2 / 16))
	seconds=$(awk -v u="$user" -v s="$sys" 'BEGIN { print u + s }')
	each=$(awk -v s="$seconds" -v n="$1" 'BEGIN { printf "%.2f", s / n * 1e6 }')
	printf '%10d %9d %8s  %8.2f %6.2f %8d %8d\n' "$1" "$2" "$3" "$seconds" "$each" "$kib" "$bound"
	[ "$kib" -le "$bound" ] || { echo "WRONG  memory"; bad=1; }
	rows=$("$FAULTLINE" query -q -d "$data/grants.db" -f csv "SELECT count(*) FROM grant_interval" | sed 1d)
	[ "$3" = sorted ] || [ "$rows" -eq "$((($1 - $2) / 2 + $2))" ] || { echo "WRONG  $rows intervals"; bad=1; }
	rm -f "$data/grants.db" "$data/trace.txt"
}

[ -x /usr/bin/time ] || { echo "bench: /usr/bin/time is missing; on Debian: apt-get install time" >&2; exit 2; }
mkdir -p "$data" || exit 2
# Faults, so that they are joined.
tr -d '\r' <"$here/../cases/grant-ended-before/console.log" | sed '/^# tracer/,$d' >"$data/console.log"
echo "    events      live    order   seconds  us/ev      KiB    bound"
for order in read sorted; do
	measure $((most / 10)) 1000 "$order"
	small=$each
	measure $((most / 4)) 1000 "$order"
	measure "$most" 1000 "$order"
	awk -v a="$small" -v b="$each" 'BEGIN { exit b > a * 1.5 }' || { echo "WRONG  an event costs more in a longer trace"; bad=1; }
done
measure $((most / 4)) $((most / 100)) read
measure $((most / 4)) $((most / 10)) read
measure "$most" $((most / 10)) read
exit "$bad"
