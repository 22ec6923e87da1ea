# Variations of the flagship capture: each gives the grade that tests/variations/expect.c works out.

VARIATIONS=${VARIATIONS:-$(dirname "$FAULTLINE")/tests/variations/variations}

if [ -x "$VARIATIONS" ]; then
	it "every variation of the flagship gets the grade it deserves"
	mkdir -p "$T/scenes"
	run limited 120 "$VARIATIONS" -k "$T/scenes" "$FAULTLINE"
	code 0
	[ "$rc" -eq 0 ] || problem "$(grep -A 1 '^FAIL' "$T/out" | head -n 40)" "$(tail -n 1 "$T/out")"
else
	skip "variations" "$VARIATIONS is not built; make check builds it"
fi
