# The house rules of tests/lint/, on the tree; and that each rule sees what it forbids, planted in a copy.

lints='rooms columns dist length words'

for lint in $lints; do
	it "the tree keeps the rules of $lint.sh"
	run sh "$root/tests/lint/$lint.sh" "$root"
	code 0
	no_output
	silent
done

# A copy without what a build in the tree may have left.
make_copy() {
	mkdir -p "$T/copy"
	sh "$root/tests/lint/files.sh" "$root" | grep -v -e '^tests/cases/' -e '^tests/expected/' >"$T/files"
	sed -n 's|/[^/]*$||p' "$T/files" | LC_ALL=C sort -u | while IFS= read -r folder; do
		mkdir -p "$T/copy/$folder"
	done
	while IFS= read -r file; do
		cp "$root/$file" "$T/copy/$file"
	done <"$T/files"
	chmod -R u+w "$T/copy"
	# In git the list is what is tracked; in the copy every file counts.
	[ -d "$T/copy/tests" ] || problem "the copy is incomplete"
}

# planted LINT FILE TEXT WHY: with this line at the end of the file the lint fails, and names file and reason.
planted() {
	lint=$1 file=$T/copy/$2 text=$3 why=$4
	it "$lint.sh sees: $why ($2)"
	if [ -f "$file" ]; then cp "$file" "$T/saved"; else rm -f "$T/saved"; fi
	printf '%s\n' "$text" >>"$file"
	run sh "$root/tests/lint/$lint.sh" "$T/copy"
	code 1
	out "$2"
	out "$why"
	if [ -f "$T/saved" ]; then cp "$T/saved" "$file"; else rm -f "$file"; fi
}

include() { planted rooms "$1" "#include $2" "$3"; }

it "a copy of the tree can be linted"
make_copy
run sh "$root/tests/lint/rooms.sh" "$T/copy"
code 0

include parsers/base/str.c '"parsers/event.h"' 'may not see'
include parsers/base/num.c '"parsers/frame/frame.h"' 'may not see'
include parsers/input/clean.c '"parsers/frame/frame.h"' 'may not see'
include parsers/frame/stamp.c '"parsers/catalog/catalog.h"' 'may not see'
include parsers/frame/frame.c '"analyzer/store/store.h"' 'may not see'
include parsers/catalog/fields.c '"parsers/input/input.h"' 'may not see'
include parsers/catalog/fields.c '"parsers/frame/stamp.h"' 'the inside of another room'
include parsers/readers/near.c '"parsers/catalog/entry.h"' 'the inside of another room'
include parsers/readers/near.c '"analyzer/data/data.h"' 'may not see'
include parsers/event.h '"parsers/catalog/catalog.h"' 'may not see'
include analyzer/data/data.c '"analyzer/store/store.h"' 'may not see'
include analyzer/store/query.c '"analyzer/judge/judge.h"' 'may not see'
include analyzer/store/query.c '"parsers/readers/reader.h"' 'may not see'
include analyzer/judge/judge.c '"analyzer/store/inside.h"' 'the inside of another room'
include analyzer/judge/judge.c '"analyzer/report/report.h"' 'may not see'
include analyzer/report/text.c '"parsers/catalog/catalog.h"' 'may not see'
include analyzer/report/text.c '"analyzer/cmd/cmd.h"' 'may not see'
include analyzer/cmd/run.c '"analyzer/store/inside.h"' 'the inside of another room'
include analyzer/cmd/run.c '"parsers/catalog/entry.h"' 'the inside of another room'
include analyzer/main.c '"analyzer/store/store.h"' 'may not see'
include analyzer/cmd/run.c '<sqlite3.h>' 'only analyzer/store/ may'
include analyzer/judge/grade.c '<pcre2.h>' 'only parsers/catalog/regex.c may'
include parsers/catalog/match.c '<pcre2.h>' 'only parsers/catalog/regex.c may'
include parsers/input/source.c '<xxhash.h>' 'only parsers/input/digest.c may'
include parsers/base/str.c '<sqlite3.h>' 'only analyzer/store/ may'
include parsers/base/str.c '<zlib.h>' 'neither libc nor a library'
include parsers/base/str.c '"str.h"' 'spelled from the root'
include parsers/frame/frame.c '"../base/str.h"' 'spelled from the root'
include analyzer/cmd/run.c 'HEADER' 'a name that cannot be checked'

planted columns schema/tables/event.columns '  extra INTEGER,' 'a column without a comment'
planted columns schema/tables/99-new.sql 'CREATE TABLE bare (' 'a table without a comment'
planted columns schema/tables/99-new.sql 'CREATE TABLE bare (
  id INTEGER
);' 'not STRICT'
planted columns schema/views/v_new.sql 'CREATE VIEW v_other AS SELECT 1;' "a view's file has its name"
planted dist parsers/base/new.c '/* new */' 'in no Makefile.inc'
planted dist parsers/messages/new.msg '# new' 'in no Makefile.inc'
planted dist schema/causes/new.sql '-- new' 'in no Makefile.inc'
planted length parsers/base/new.c 'int x; ' 'blanks at the end'
planted length parsers/base/new.c 'int y;' 'one sentence'
planted length parsers/base/new.c "/* $(printf '%0100d' 0) */" 'wider than'
planted length parsers/base/new.c "$(awk 'BEGIN { print "/* long */"; for (i = 1; i < 400; i++) print ";" }')" 'split it below 400'
planted words README.md "see /wor""k/main" 'README.md'
