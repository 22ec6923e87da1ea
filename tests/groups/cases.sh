# Every folder of samples/ and tests/cases/: its captures give the verdicts that its CASE names, and the expected report.
. "$root/tests/case.sh"

check_text() {
	expected=$root/tests/expected/$1.txt
	if [ -f "$expected" ]; then
		same "$expected" "$T/text" "the report differs from tests/expected/$1.txt (< expected, > now); make bless CASE=$1 rewrites it"
	else
		problem "tests/expected/$1.txt is missing; make bless CASE=$1 writes it"
	fi
}

check_case() {
	folder=$1 name=${1##*/}
	if lacks "$folder"; then
		skip "$name" "built without $(sed -n 's/^needs  *//p' "$folder/CASE")"
		return
	fi
	it "$name"
	cd "$folder" || return
	set -- $(arguments)
	store_case "$@"
	check_truth
	run faultline -q "$@"
	code 0
	cp "$T/out" "$T/text"
	check_text "$name"
	check_stored
	check_json "$@"
	cd "$root" || return
}

# Expected reports of folders that are gone.
check_orphans() {
	it "every expected report has a case"
	for file in "$root"/tests/expected/*.txt; do
		name=${file##*/}
		name=${name%.txt}
		[ "$name" != '*' ] || continue
		[ -d "$root/tests/cases/$name" ] || [ -d "$root/samples/$name" ] || problem "tests/expected/$name.txt has none"
	done
}

bless_cases() {
	mkdir -p "$root/tests/expected"
	for folder in "$root"/samples/*/ "$root"/tests/cases/*/; do
		folder=${folder%/}
		name=${folder##*/}
		[ -f "$folder/CASE" ] || continue
		case " $* " in
		'  ' | *" $name "*) ;;
		*) continue ;;
		esac
		cd "$folder" || exit 2
		faultline -q $(arguments) >"$T/text" || exit 2
		cmp -s "$T/text" "$root/tests/expected/$name.txt" || echo "tests/expected/$name.txt: rewritten; read the diff as code"
		cp "$T/text" "$root/tests/expected/$name.txt"
	done
}

if [ "$group" = cases ]; then
	for folder in "$root"/samples/*/ "$root"/tests/cases/*/; do
		[ ! -f "$folder/CASE" ] || check_case "${folder%/}"
	done
	check_orphans
fi
