# Random histories of grants, faults and clocks: what faultline's passes join, beside a slow reader that looks at every pair (tests/oracle/), and beside what really happened.
#
# FAULTLINE_HISTORIES  how many (default 200; .ci/run takes 1000)      FAULTLINE_SEED  another one gives others (default 1)
oracle=$root/tests/oracle
histories=${FAULTLINE_HISTORIES:-200}

if ! python3 -c 'import sqlite3' 2>/dev/null; then
	skip "random histories" "no python3 with its sqlite3; on Debian: apt-get install python3"
	return 0
fi
mkdir -p "$T/histories" || exit 2

# told COUNT SOURCE STATE RELATION: so often at least was that said, or the histories show nothing.
told() {
	n=$(awk -v a="$2 $3 $4" '$1 " " $2 " " $3 == a { print $4 }' "$T/out")
	[ "${n:-0}" -ge "$1" ] || problem "only ${n:-0} faults are \"$2 $3 $4\": too few to show anything"
}

it "$histories histories: the joins of grants and addresses are those of the oracle, and what is certain is true"
TEST_SECONDS=600
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
run limited 600 python3 "$oracle/histories.py" "$FAULTLINE" "$T/histories" "$histories" "${FAULTLINE_SEED:-1}"
code 0
out " 0 disagreements"
told $((histories / 10)) trace live certain
told $((histories / 20)) trace ended certain
told $((histories / 20)) dump live certain
told $((histories / 10)) trace later possible
told $((histories / 4)) none - -
