# No entry of the catalogue matches arbitrary text: 100,000 lines of its own words in disorder, no hit.

LINES=100000

for seed in 1 2; do
	it "$LINES lines of noise (seed $seed): no line is claimed"
	LC_ALL=C awk -v SEED="$seed" -v LINES="$LINES" -f "$root/tests/noise.awk" "$root"/parsers/messages/*.msg >"$T/noise.log"
	is "$(wc -l <"$T/noise.log" | tr -d ' ')" "$LINES" "lines of noise"
	rm -f "$T/noise.db"
	run faultline ingest -q -d "$T/noise.db" "$T/noise.log"
	code 0
	is "$(ask "$T/noise.db" 'SELECT lines FROM capture')" "$LINES" "lines that were read"
	is "$(ask "$T/noise.db" 'SELECT matched + replayed FROM capture')" 0 "claimed lines"
	hits=$(ask "$T/noise.db" "SELECT v.message || ', line ' || v.line || ': ' || v.text FROM v_message AS v LIMIT 20")
	[ -z "$hits" ] || problem "claimed:" "$hits"
	is "$(ask "$T/noise.db" 'SELECT count(*) FROM v_verdict')" 0 "verdicts"
done
