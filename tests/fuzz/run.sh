#!/bin/sh
# Runs a libFuzzer target for a while: run.sh PROGRAM CORPUS SECONDS.  What crashes it is left in PROGRAM.found/.
set -eu
program=$1; corpus=$2; seconds=$3
work=$program.corpus
found=$program.found
rm -rf "$work"
mkdir -p "$work" "$found"
cp "$corpus"/* "$work"/
before=$(ls "$found" | wc -l)
status=0
"$program" -max_total_time="$seconds" -max_len=8192 -timeout=25 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 -artifact_prefix="$found/" "$work" || status=$?
after=$(ls "$found" | wc -l)
if [ "$status" -ne 0 ] || [ "$after" -ne "$before" ]; then
	echo "$program: $((after - before)) new in $found; keep them in $corpus once they are fixed" >&2
	exit 1
fi
