# Programs of tests/unit, which speak TAP; each of their tests counts as one.

run_unit() {
	program=$(absolute "$1")
	name=${1##*/}
	if [ ! -x "$program" ]; then
		it "$name"
		problem "$program was not built"
		return
	fi
	rc=0
	CMOCKA_MESSAGE_OUTPUT=TAP limited 300 "$program" >"$T/tap" 2>"$T/tap.err" || rc=$?
	while IFS= read -r line; do
		case $line in
		'ok '*'# SKIP'* | 'ok '*'# skip'*) skip "$name: ${line#ok * - }" "as the program says" ;;
		'ok '*) it "$name: ${line#ok * - }" ;;
		'not ok '*)
			it "$name: ${line#not ok * - }"
			problem "$(grep -h -A 6 -F -e "$line" "$T/tap" "$T/tap.err" | shown_diff)"
			;;
		esac
	done <"$T/tap"
	it "$name ends well"
	[ "$rc" -eq 0 ] || problem "status $rc" "$(shown "$T/tap.err")"
	grep -q '^ok ' "$T/tap" || problem "it printed no test (TAP)" "$(shown "$T/tap")"
}

if [ -z "$(echo $UNIT_PROGRAMS)" ]; then
	skip "unit tests" "configure found no cmocka (Debian: libcmocka-dev, Fedora: libcmocka-devel)"
fi
for program in $UNIT_PROGRAMS; do
	run_unit "$program"
done
