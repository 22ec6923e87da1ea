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
"$program" -max_total_time="$seconds" -max_len=8192 -timeout=25 -rss_limit_mb=2048 -verbosity=0 -print_final_stats=1 -artifact_prefix="$found/" "$work" \
	>"$program.log" 2>&1 || status=$?
grep '^stat::' "$program.log" | sed "s|^|${program##*/} |"
after=$(ls "$found" | wc -l)
[ "$status" -ne 0 ] || [ "$after" -ne "$before" ] || exit 0

# All that it takes to see it again, where this log is all that is left.
echo "FAIL  $program: status $status, $((after - before)) new in $found; keep them in $corpus once they are fixed"
grep -m 8 -e 'does not hold' -e 'ERROR: ' -e 'runtime error' -e '^SUMMARY' "$program.log" | cut -c 1-300
if [ "$after" -ne "$before" ]; then
	newest=$found/$(ls -t "$found" | head -n 1)
	echo "$newest: gzip -9 | base64"
	gzip -9 <"$newest" | base64
fi
exit 1
