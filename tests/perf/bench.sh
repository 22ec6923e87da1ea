#!/bin/sh
# How fast faultline is, beside what it is measured against, and whether it counted right.  Run by "make bench".
#
# FAULTLINE        the program (default ./faultline)
# FAULTLINE_BENCH  the folder with gen.py, ere.pat and bare-insert.c (default ../shared/bench beside the source tree)
# BENCH_SIZE       size of each workload (default 64M)       BENCH_DATA  where they are kept (default ./bench-data)
# BENCH_BIG        MiB of the memory test (default 2048)     BENCH_RUNS  runs of each command (default 5)
#
# Machines differ and are shared: only the ratios of one run mean anything.  Ends with 1 when a count, the memory or the start is wrong.
set -u
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
bench=${FAULTLINE_BENCH:-$here/../../../shared/bench}
data=${BENCH_DATA:-bench-data}
size=${BENCH_SIZE:-64M}
big=${BENCH_BIG:-2048}
runs=${BENCH_RUNS:-5}
FAULTLINE=${FAULTLINE:-./faultline}
profiles='quiet mixed storm trace'
bad=0

missing() {
	echo "bench: $1" >&2
	exit 2
}

need() {
	command -v "$1" >/dev/null 2>&1 || missing "$1 is missing; on Debian: apt-get install $2"
}

wrong() {
	echo "WRONG  $*"
	bad=1
}

look_around() {
	[ -x "$FAULTLINE" ] || missing "$FAULTLINE: no program there; run make, or set FAULTLINE"
	[ -f "$bench/gen.py" ] || missing "$bench: no gen.py there; FAULTLINE_BENCH names the folder of the workloads"
	need python3 python3
	need hyperfine hyperfine
	need rg ripgrep
	need "${CC:-cc}" gcc
	[ -x /usr/bin/time ] || missing "/usr/bin/time is missing; on Debian: apt-get install time"
	bench=$(cd "$bench" && pwd)
	mkdir -p "$data" || exit 2
}

log() { echo "$data/$1-$size.log"; }

# A workload is made once; the truth is written last.
make_data() {
	for profile in $profiles; do
		[ -f "$data/$profile-$size.json" ] && continue
		echo "making $(log "$profile")"
		python3 "$bench/gen.py" --profile "$profile" --size "$size" -o "$(log "$profile")" --truth "$data/new.json" || exit 2
		mv "$data/new.json" "$data/$profile-$size.json"
	done
	"${CC:-cc}" -O2 -w -o "$data/bare-insert" "$bench/bare-insert.c" -lsqlite3 || missing "bare-insert.c: libsqlite3-dev is missing"
}

ask() { "$FAULTLINE" query -q -d "$1" -f csv "$2" | sed 1d; }

# What gen.py counted, summed over the words behind a dot.
truth() {
	python3 -c 'import json, sys
events = json.load(open(sys.argv[1]))["events"]
print(sum(n for name, n in events.items() if name.split(".")[0] == sys.argv[2]))' "$data/$1-$size.json" "$2"
}

# One family a line: gen.py's name, and where its rows are.
families="xen_smmu iommu_fault WHERE impl = 'smmuv2' AND by = 'xen'
linux_smmu iommu_fault WHERE impl IN ('smmuv2', 'smmuv3') AND by = 'linux'
vtd iommu_fault WHERE impl = 'vtd'
amd iommu_fault WHERE impl = 'amd'
macb_hresp device_error WHERE what = 'hresp'
gnttab_dump grant_dump WHERE edge = 'begin'
gnttab_row grant_snapshot
grant_map grant_op WHERE op = 'map'
grant_unmap grant_op WHERE op = 'unmap'
swiotlb_bounced dma_bounce"

check_truth() {
	db=$data/$1.db
	rm -f "$db"
	"$FAULTLINE" ingest -q -d "$db" "$(log "$1")" || wrong "$1: ingest ended with status $?"
	echo "$families" | while read -r name rows; do
		got=$(ask "$db" "SELECT count(*) FROM $rows")
		wanted=$(truth "$1" "$name")
		[ "$got" = "$wanted" ] || echo "$name: $got rows, gen.py wrote $wanted"
	done >"$data/differences"
	while read -r line; do wrong "$1: $line"; done <"$data/differences"
	lines=$(ask "$db" 'SELECT lines FROM capture')
	[ "$lines" = "$(wc -l <"$(log "$1")" | tr -d ' ')" ] || wrong "$1: $lines lines"
	[ "$(ask "$db" 'SELECT matched + unmatched + damaged + replayed FROM capture')" = "$lines" ] || wrong "$1: lines that are in no count"
}

count_rows() { ask "$data/$1.db" 'SELECT count(*) FROM v_message'; }

# Lines that a regular expression looked at, where the database says.
examined() {
	n=$(ask "$data/$1.db" 'SELECT examined FROM capture' 2>/dev/null)
	echo "${n:--}"
}

measure() {
	file=$(log "$1") rows=$2
	DB=$data/bare.db hyperfine -N -w 1 -r "$runs" --style none --export-csv "$data/$1.csv" --prepare "rm -f $data/run.db" \
		-n wc "wc -l $file" -n rg "rg -c -f $bench/ere.pat $file" -n insert "$data/bare-insert wide $rows" \
		-n faultline "$FAULTLINE ingest -q -d $data/run.db $file" >"$data/hyperfine.out" 2>&1 ||
		wrong "$1: hyperfine: $(tail -n 1 "$data/hyperfine.out")"
}

# name,mean,stddev,median,user,system,min,max: medians, and faultline's as a multiple of each.
tell() {
	awk -F, -v profile="$1" -v lines="$lines" -v rows="$2" -v seen="$3" '
		{ m[$1] = $4 }
		END {
			f = m["faultline"]
			if (!f)
				exit
			printf "%-6s %9d %8d %9s  %7.3f %7.3f %7.3f %9.3f  %7.2f %7.2f %7.2f\n", profile, lines, rows, seen,
				m["wc"], m["rg"], m["insert"], f, f / m["wc"], f / m["rg"], f / m["insert"]
		}' "$data/$1.csv"
}

# A log of 200 lines, from the program's start to its end; all but the quiet one are judged, too.
check_start() {
	head -n 200 "$(log "$1")" >"$data/small.log"
	hyperfine -N -w 5 -r 100 --style none --export-csv "$data/start.csv" "$FAULTLINE $data/small.log" >"$data/hyperfine.out" 2>&1 ||
		wrong "$1: hyperfine: $(tail -n 1 "$data/hyperfine.out")"
	ms=$(awk -F, 'NR == 2 { printf "%.1f", $4 * 1000 }' "$data/start.csv")
	echo "200 lines of $1: $ms ms"
	[ "$1" != quiet ] || awk -v ms="$ms" 'BEGIN { exit ms >= 8 }' || wrong "$1: 200 lines take more than 8 ms"
}

peak() {
	rm -f "$data/run.db"
	/usr/bin/time -f %M -o "$data/peak" "$FAULTLINE" ingest -q -d "$data/run.db" "$1" || wrong "ingest of $1 ended with status $?"
	tail -n 1 "$data/peak"
}

# The same capture once and many times over, through a pipe and as a file: memory must not grow with it.
check_memory() {
	small=$(log "$1")
	mib=$(($(wc -c <"$small") / 1048576))
	times=$(((big + mib - 1) / mib))
	large=$data/$1-large.log
	[ -f "$large" ] || {
		i=0
		while [ "$i" -lt "$times" ]; do
			cat "$small"
			i=$((i + 1))
		done >"$large.new" && mv "$large.new" "$large"
	}
	a=$(peak "$small")
	b=$(peak "$large")
	echo "peak memory, $1: $a KiB for $mib MiB, $b KiB for $((mib * times)) MiB"
	# A small input does not fill SQLite's page cache (2 MiB) and its sorters (2 MiB each); past them nothing may grow.
	[ "$b" -le $((a + 6144)) ] && [ "$b" -le 24576 ] || wrong "$1: memory grows with the input"
	rm -f "$large"
}

look_around
make_data
echo "seconds: median of $runs; ratios: faultline to each; rows stored; examined: lines that a regular expression looked at"
echo "           lines     rows  examined       wc      rg  insert faultline    /wc     /rg /insert"
for profile in $profiles; do
	check_truth "$profile"
	rows=$(count_rows "$profile")
	seen=$(examined "$profile")
	measure "$profile" "$rows"
	tell "$profile" "$rows" "$seen"
done
for profile in $profiles; do
	check_start "$profile"
done
check_memory quiet
rm -f "$data/run.db" "$data/bare.db"
[ "$bad" -eq 0 ] && echo "counts, memory and start are right"
exit "$bad"
