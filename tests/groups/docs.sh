# The documents say what the program does: what they show is run, what they list is compared, what is made of other files is made again.

sample=$root/samples/zynqmp-pv-network/console.log

# sorted FILE…: in order, each line once, in place.
sorted() {
	for list; do
		LC_ALL=C sort -u -o "$list" "$list"
	done
}

# covers A B WHAT: every line of A is in B.
covers() {
	LC_ALL=C comm -23 "$1" "$2" >"$T/lacking"
	[ ! -s "$T/lacking" ] || problem "$3:" "$(shown "$T/lacking")"
}

# --- made of other files

for document in schema causes; do
	it "docs/$document.md is what docs/$document.sh makes (make update-docs)"
	run sh "$root/docs/$document.sh" "$root"
	code 0
	silent
	same "$root/docs/$document.md" "$T/out" "docs/$document.md is stale"
done

it "README.md shows what the program prints (make update-docs)"
run sh "$root/docs/readme.sh" "$FAULTLINE" "$root"
code 0
out '$ build/faultline samples/'
same "$root/README.md" "$T/out" "README.md is stale"

# --- README.md, NEWS.md

it "README.md opens with the two commands"
sed -n '/^    /p' "$root/README.md" | sed -n '1,2s/ *#.*//p' >"$T/opening"
printf '    ./quickstart\n    ./quickstart --check\n' >"$T/wanted"
same "$T/wanted" "$T/opening" "other commands come first"

it "README.md names the libraries as configure.ac does"
sed -n 's/^FL_LIBRARY(\[[A-Z0-9]*\], \[\([^]]*\)\], \[\([^]]*\)\].*/\1|\2/p' "$root/configure.ac" >"$T/libraries"
[ -s "$T/libraries" ] || problem "no FL_LIBRARY in configure.ac"
while IFS='|' read -r library package; do
	grep -q -F -e "$library" "$root/README.md" || problem "README.md lacks $library"
	grep -q -F -e "$package" "$root/README.md" || problem "README.md lacks $package"
done <"$T/libraries"

it "NEWS.md begins with the version of the program"
run faultline --version
version=$(sed -n 's/^faultline \([^, ]*\).*/\1/p' "$T/out")
is "$(sed -n 's/^## //p' "$root/NEWS.md" | head -n 1)" "$version" "first heading"

it "documents link to files that are there"
for document in "$root"/*.md "$root"/docs/*.md; do
	awk '{ while (match($0, /\]\([^)#]+/)) { print substr($0, RSTART + 2, RLENGTH - 2); $0 = substr($0, RSTART + RLENGTH) } }' "$document" |
		grep -v '^[a-z]*:' | while IFS= read -r target; do
		[ -e "${document%/*}/$target" ] || echo "${document#"$root"/}: $target"
	done
done >"$T/broken"
[ ! -s "$T/broken" ] || problem "links to nothing:" "$(shown "$T/broken")"

# --- examples: lines that start with faultline in README.md, and with "$ " and faultline in the man pages

mkdir -p "$T/example"
cp "$sample" "$T/example/console.log"
grep '^\[' "$sample" >"$T/example/dom0.log"
! command -v gzip >/dev/null 2>&1 || gzip -c "$sample" >"$T/example/console.log.gz"
grep -F ' [000] ' "$root/samples/xen-pv-blkback-grants/console.log" >"$T/example/trace.txt"
awk '/^\.Bd -literal/ { inside = 1; next } /^\.Ed/ { inside = 0 } inside' "$root/man/faultline-catalogue.5" >"$T/example/my.msg"
{
	sed -n 's/^    \(faultline .*\)/\1/p' "$root/README.md"
	sed -n 's/^\.Dl \$ \(.*\)/\1/p' "$root/man/faultline.1" "$root/man/faultline-catalogue.5"
} >"$T/examples"

example() (
	cd "$T/example" && eval "$1"
)

while IFS= read -r line <&3; do
	it "example: $line"
	case $line in
	*.gz*) [ -f "$T/example/console.log.gz" ] && ! faultline version | grep -q 'no libarchive' || continue ;;
	esac
	run example "$line"
	case $line in
	*--fail-on*) code 1 ;;
	*) code 0 ;;
	esac
	not_out 'cannot say'
done 3<"$T/examples"

it "there are examples in README.md and both man pages"
[ "$(wc -l <"$T/examples")" -ge 12 ] || problem "only $(wc -l <"$T/examples") were found"

# --- man pages and help

# "-d, --database DB" from ".It Fl d , Fl -database Ar DB" of the section OPTIONS.
awk '
/^\.Sh / { inside = $2 == "OPTIONS" }
inside && /^\.It Fl / {
	sub(/^\.It /, "")
	gsub(/Fl /, "-")
	gsub(/ Ns = Ns Ar /, "=")
	gsub(/ Ar /, " ")
	gsub(/ , /, ", ")
	print
}' "$root/man/faultline.1" >"$T/man-options"
faultline --help | awk '
/^Examples/ { exit }
/^  +-/ { sub(/^ +/, ""); sub(/   *.*/, ""); print }' >"$T/help-options"
sorted "$T/man-options" "$T/help-options"

it "every option of --help is in faultline(1), with its letter and its value"
[ -s "$T/help-options" ] || problem "no options found in --help"
covers "$T/help-options" "$T/man-options" "faultline(1) lacks"

it "every option of faultline(1) is in --help, or answers by itself"
LC_ALL=C comm -13 "$T/help-options" "$T/man-options" >"$T/hidden"
for option in $(tr -d , <"$T/hidden"); do
	run faultline "$option"
	code 0
done

# The outer list of COMMANDS, and the inner one of reports.
awk '
/^\.Sh / { inside = $2 == "COMMANDS" }
/^\.Bl / { depth++ }
/^\.El/ { depth-- }
inside && /^\.It Cm / { print depth, $3 }' "$root/man/faultline.1" >"$T/man-commands"
sed -n 's/^1 //p' "$T/man-commands" >"$T/commands"
sed -n 's/^2 //p' "$T/man-commands" >"$T/reports"
faultline --help | awk '/^  -/ || /^      --/ { exit } /^  [a-z]/ { print $1 }' >"$T/help-commands"
{
	echo verdicts
	for file in "$root"/schema/reports/*.sql; do
		basename "$file" .sql
	done
} >"$T/real-reports"
sorted "$T/commands" "$T/reports" "$T/help-commands" "$T/real-reports"

it "every command of --help is in faultline(1)"
[ -s "$T/help-commands" ] || problem "no commands found in --help"
covers "$T/help-commands" "$T/commands" "faultline(1) lacks"

it "every command of faultline(1) is one"
while IFS= read -r command; do
	run faultline "$command" --no-such-option
	code 2
	not_err 'no command'
done <"$T/commands"

it "faultline(1) lists the reports that there are"
same "$T/real-reports" "$T/reports" "other reports"

if command -v mandoc >/dev/null 2>&1; then
	for page in faultline.1 faultline-catalogue.5; do
		it "mandoc finds nothing wrong with $page"
		# Which other pages are installed is the machine's matter.
		mandoc -Tlint -W style "$root/man/$page" 2>&1 |
			grep -v -e 'referenced manual not found' -e 'outdated mandoc.db' >"$T/lint"
		[ ! -s "$T/lint" ] || problem "mandoc -Tlint:" "$(shown "$T/lint")"
	done
else
	skip "man pages are well-formed" "no mandoc here"
fi

# --- docs/json.md

# Prints "path type" for every member of the documents of all samples and cases; a number in a path is [].
json_members() {
	for file in "$root"/samples/*/*.log "$root"/tests/cases/*/*.log; do
		[ -f "$file" ] || continue
		set --
		case $file in */zynqmp-pv-network/*) set -- --assume xen.version=4.14.0 ;; esac
		faultline -q -f json "$@" "$file" >"$T/document" 2>/dev/null
		"$JSON_CHECK" -p "$T/document" || echo "broken	$file"
	done | LC_ALL=C awk -F '\t' '
	{
		path = $1
		gsub(/\[[0-9]+\]/, "[]", path)
		value = substr($0, length($1) + 2)
		type = "?"
		if (value ~ /^"/)
			type = "string"
		else if (value ~ /^[-0-9]/)
			type = "number"
		else if (value == "true" || value == "false")
			type = "boolean"
		else if (value == "null")
			type = "null"
		else if (value ~ /^\[/)
			type = "list"
		else if (value ~ /^\{/)
			type = "object"
		print path, type
	}' | with_holders
}

# Adds what holds each path: "a[].b string" also says "a[] object" and "a list".
with_holders() {
	LC_ALL=C awk '
	{
		print
		path = $1
		while (match(path, /(\[\]|\.[a-z_0-9]+)$/)) {
			type = substr(path, RSTART) == "[]" ? "list" : "object"
			path = substr(path, 1, RSTART - 1)
			print path, type
		}
	}' | LC_ALL=C sort -u
}

# "path type" from the tables; "or null" makes two of it.
LC_ALL=C awk -F '|' '
/^\| `[a-z]/ && NF >= 5 && $3 ~ /string|number|boolean|list|object/ {
	path = $2
	gsub(/[ `]/, "", path)
	n = split($3, type, " ")
	for (i = 1; i <= n; i++)
		if (type[i] != "or")
			print path, type[i]
}' "$root/docs/json.md" >"$T/tables"
# Findings have the members of a verdict.
sed -n 's/^incidents\[\]\.verdicts\[\]\./findings[]./p' "$T/tables" | cat - "$T/tables" | with_holders >"$T/documented"

if [ -x "$JSON_CHECK" ]; then
	json_members >"$T/printed"
	sed 's/ .*//' "$T/documented" | LC_ALL=C sort -u >"$T/documented-names"
	sed 's/ .*//' "$T/printed" | LC_ALL=C sort -u >"$T/printed-names"

	it "every member that the program prints is in docs/json.md"
	[ -s "$T/printed" ] || problem "nothing was printed"
	covers "$T/printed-names" "$T/documented-names" "docs/json.md lacks"

	it "every member that the program prints has the type that docs/json.md gives it"
	covers "$T/printed" "$T/documented" "of another type"

	it "every member of docs/json.md is printed for some capture"
	grep -v '^findings\[\]\.\(\(missing\|consequences\|caps\)\[\]\|apart\.\)' "$T/documented-names" >"$T/wanted"
	covers "$T/wanted" "$T/printed-names" "never printed"
else
	skip "docs/json.md has every member" "no $JSON_CHECK; make check builds it"
fi

# --- docs/schema.md

it "docs/schema.md has every column of every table and view"
run faultline -q ingest -d "$T/schema.db" "$sample"
code 0
ask "$T/schema.db" "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')" >"$T/names"
while IFS= read -r name; do
	ask "$T/schema.db" "PRAGMA table_xinfo($name)" | cut -d , -f 2 | sed "s/^/$name./"
done <"$T/names" >"$T/real"
LC_ALL=C awk '
/^## (Tables|Views)/ { inside = 1 }
/^A table marked/ { events = 1 }
/^### / { name = $2; events = 0; shown = 0 }
inside && /^\*event\*$/ { for (c in common) print name "." c }
inside && /^\| [a-z]/ && $2 != "column" { if (events) common[$2]; else print name "." $2 }
inside && /^Columns: / {
	sub(/^Columns: /, "")
	sub(/\.$/, "")
	n = split($0, column, /, /)
	for (i = 1; i <= n; i++) {
		if (column[i] ~ /^those of/) {
			split(column[i], part, "`")
			like[name] = part[2]
		} else {
			print name "." column[i]
		}
	}
}
END { for (view in like) print view " like " like[view] }' "$root/docs/schema.md" >"$T/listed"
sed -n 's/^\([a-z_0-9]*\) like \([a-z_0-9]*\)$/\1 \2/p' "$T/listed" | while read -r view table; do
	sed -n "s/^$table\\./$view./p" "$T/listed"
done >"$T/more"
grep -v ' like ' "$T/listed" | cat - "$T/more" >"$T/all"
sorted "$T/real" "$T/all"
same "$T/real" "$T/all" "docs/schema.md and the database differ"

for view in v_message v_iommu_fault; do
	it "the stable view $view has the columns that docs/schema.md promises, in that order"
	run faultline query -d "$T/schema.db" -f csv "SELECT * FROM $view LIMIT 0"
	code 0
	awk -v view="$view" '
	/^## / { inside = $2 == view; next }
	inside && /^\| [a-z]/ && $2 != "column" { list = list (list == "" ? "" : ",") $2 }
	END { print list }' "$root/docs/schema.md" >"$T/promised"
	same "$T/promised" "$T/out" "other columns"
done

# --- docs/catalogue.md and faultline-catalogue(5)

it "docs/catalogue.md and faultline-catalogue(5) have the same keys and kinds"
awk -F '|' '
/^\| (key|kind) / { inside = 1; next }
!/^\|/ { inside = 0 }
inside && $2 ~ /`/ {
	n = split($2, part, "`")
	for (i = 2; i <= n; i += 2) {
		split(part[i], word, " ")
		print word[1]
	}
}' "$root/docs/catalogue.md" >"$T/document-keys"
awk '
/^\.Ss Blocks/ { exit }
/^\.It Cm / {
	sub(/ Ta .*/, "")
	gsub(/\\&/, "")
	print $3
	for (i = 4; i < NF; i++)
		if ($i == ",")
			print $(i + 1) == "Cm" ? $(i + 2) : $(i + 1)
}' "$root/man/faultline-catalogue.5" >"$T/page-keys"
sorted "$T/document-keys" "$T/page-keys"
[ "$(wc -l <"$T/document-keys")" -ge 25 ] || problem "too few keys were found"
same "$T/document-keys" "$T/page-keys" "different keys"

it "the entry in docs/catalogue.md is the real one"
run faultline messages xen.smmu.context-fault
code 0
awk '/^```/ { inside = !inside; next } inside && NF' "$root/docs/catalogue.md" >"$T/entry"
[ -s "$T/entry" ] || problem "no entry was found"
while IFS= read -r line; do
	out "$line"
done <"$T/entry"

# --- docs/causes.md

it "docs/causes.md has every cause that the program knows"
run faultline causes
code 0
sed 's/ .*//' "$T/out" >"$T/known"
sed -n 's/^## \([a-z0-9-]*\)$/\1/p' "$root/docs/causes.md" >"$T/listed"
sorted "$T/known" "$T/listed"
same "$T/known" "$T/listed" "other causes"

# --- docs/causes.md

it "every cause is a row of the table of cases"
sh "$root/docs/causes.sh" "$root" cases >"$T/rows"
is "$(wc -l <"$T/rows")" "$(ls "$root"/schema/causes/*.sql | wc -l)" "rows"
grep -q "^arm-grant-not-in-iommu-p2m	root	confirmed	[1-9][0-9]*	confirmed	[1-9]" "$T/rows" ||
	problem "the row of a cause that is known to have cases" "$(grep '^arm-grant-not' "$T/rows")"

# Of each cause: a case that reaches the best grade that its roles allow, one in which it must not be named, one in which something is missing; but for
# what cannot be, and why.
cat >"$T/cannot-be" <<'END'
iommu-map-unmap-failed: no case in which something is missing: a change that failed names its page, or is an incident of its own
END
awk -F '\t' '
$5 != $3 { print $1 ": no case is " $3 " (best: " $5 ")" }
$6 == 0 { print $1 ": no near twin" }
$7 == "0" { print $1 ": no case in which something is missing" }' "$T/rows" >"$T/lacking"

it "every cause has its best case, a near twin, and one in which something is missing"
while IFS= read -r lack; do
	grep -q "^$lack: " "$T/cannot-be" || problem "$lack"
done <"$T/lacking"

it "what cannot be is still lacking"
while IFS= read -r row; do
	grep -qxF "${row%: *}" "$T/lacking" || problem "there is a case now: $row"
done <"$T/cannot-be"
