#!/bin/sh
# Every table has a comment above it and is STRICT, every column one beside it; every view starts with one.
cd "$1" || exit 2
bad=0

LC_ALL=C awk '
function wrong(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	broken = 1
}
FNR == 1 { table = 0; before = "" }
/^CREATE TABLE/ {
	table = 1
	if (before !~ /^-- ./)
		wrong("a table without a comment above it")
}
table && /^\)/ {
	if ($0 !~ /STRICT/)
		wrong("a table that is not STRICT")
	table = 0
}
# A constraint is no column, "@event" is documented in event.columns.
(table && /^ / || FILENAME ~ /event\.columns$/) && !/^ *(PRIMARY|UNIQUE|CHECK|FOREIGN) / && !/^ *$/ {
	if ($0 !~ / -- [^ ]/)
		wrong("a column without a comment beside it")
}
{ before = $0 }
END { exit broken }
' schema/tables/*.sql schema/tables/event.columns || bad=1

for file in schema/views/*.sql schema/tables/*.sql; do
	if ! head -n 1 "$file" | grep -q '^-- [^ ]'; then
		echo "$file:1: the first line says what it is for"
		bad=1
	fi
done
for file in schema/views/*.sql; do
	name=${file##*/}
	if ! grep -q "^CREATE VIEW ${name%.sql}\\( \\|\$\\)" "$file"; then
		echo "$file: a view's file has its name"
		bad=1
	fi
done
exit $bad
