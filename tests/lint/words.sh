#!/bin/sh
# Nothing of the machine on which the project is made: no paths of it, no names of its helpers.
here=$(cd "$(dirname "$0")" && pwd)
files=$(sh "$here/files.sh" "$1")
cd "$1" || exit 2

# search FILES… on standard input, -e PATTERN… as arguments
search() { tr '\n' '\0' | LC_ALL=C xargs -0 grep -n -I -E "$@" /dev/null; }

# A class of one character keeps each pattern from finding itself.
found=$(
	printf '%s\n' "$files" | search -e '/wor[k]/' -e 'far[m]-' -e '\.librar[y]' -e '/tmp/bas[h]_jobs'
	# A captured console may well show paths of the machine that was captured.
	printf '%s\n' "$files" | grep -v -e '^samples/' -e '^tests/cases/' | search -e '/hom[e]/[a-z]' -e '/User[s]/[A-Za-z]' -e '/roo[t]/'
)
[ -n "$found" ] || exit 0
printf '%s\n' "$found"
exit 1
