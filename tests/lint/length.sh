#!/bin/sh
# C files: under 400 lines, 80 columns (a tab is 8; up to 100 are let pass), no blank at a line's end; the first line says what the file is for.
here=$(cd "$(dirname "$0")" && pwd)
files=$(sh "$here/files.sh" "$1" | grep '\.[ch]$')
cd "$1" || exit 2

LC_ALL=C awk '
function wrong(what) {
	printf "%s:%d: %s\n", FILENAME, FNR, what
	broken = 1
}
# Columns, not bytes: bytes that continue a UTF-8 character take none.
function width(line,  n, i, c) {
	gsub(/[\200-\277]/, "", line)
	n = 0
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		n = c == "\t" ? n + 8 - n % 8 : n + 1
	}
	return n
}
BEGIN { limit = 100 }
FNR == 1 || FNR == 2 { said[FILENAME] = said[FILENAME] $0 }
{ lines[FILENAME] = FNR }
/[ \t]$/ { wrong("blanks at the end") }
length($0) > 60 && width($0) > limit { wrong("wider than " limit " columns") }
END {
	for (file in lines) {
		if (lines[file] >= 400) {
			printf "%s: %d lines; split it below 400\n", file, lines[file]
			broken = 1
		}
		if (said[file] !~ /\/\*/) {
			printf "%s:1: starts with one sentence that says what it is for\n", file
			broken = 1
		}
	}
	exit broken
}
' $files
