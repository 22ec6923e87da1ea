# The kept inputs of the fuzz targets, replayed with whatever compiler built them: no crash, no sanitizer's word.

replay() {
	program=$(absolute "$1")
	it "${1##*/}"
	corpus=$root/tests/fuzz/corpus/${program##*-}
	run limited 300 "$program" "$corpus"
	code 0
	silent
	out_like ' [1-9][0-9]* inputs$'
}

[ -n "${FUZZ_REPLAYS:-}" ] || skip "kept inputs" "not built; run by make check"
for program in ${FUZZ_REPLAYS:-}; do
	replay "$program"
done
