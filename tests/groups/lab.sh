# Captures of the lab (tests/lab/run): faultline finds what was done to the machines.  FAULTLINE_LAB_CAPTURES names another folder of them.
. "$root/tests/case.sh"

check_capture() {
	it "${1##*/}"
	cd "$1" || return
	set -- $(arguments)
	store_case "$@"
	check_truth
	run faultline report -q -d "$T/case.db"
	code 0
	cd "$root" || return
}

for folder in "${FAULTLINE_LAB_CAPTURES:-$root/samples/lab}"/*/; do
	[ ! -f "$folder/CASE" ] || check_capture "${folder%/}"
done
