#!/bin/sh
# Every file of the tree goes into the tarball: it is named in a makefile, or its folder is.
here=$(cd "$(dirname "$0")" && pwd)
files=$(sh "$here/files.sh" "$1")
cd "$1" || exit 2
names=$(mktemp) || exit 2
trap 'rm -f "$names"' EXIT

# Words of all makefiles, %reldir% and continuation lines taken out.
for file in $(printf '%s\n' "$files" | grep -E '(^|/)(Makefile\.am|Makefile\.inc)$'); do
	sed -e 's/#.*//' -e "s|%reldir%|${file%/*}|g" "$file"
done | sed 's/$(EXEEXT)//g' | tr -s ' \t\\=' '\n' | LC_ALL=C sort -u >"$names"

printf '%s\n' "$files" | LC_ALL=C awk '
NR == FNR { named[$0] = 1; next }
# Automake takes these along, or they are of no use outside of git.
/(^|\/)(Makefile\.(am|inc|in)|configure|configure\.ac|\.gitignore|\.gitattributes|aclocal\.m4)$/ || /^build-aux\// { next }
{
	# A program without _SOURCES is made of the file of its name.
	path = $0
	if (sub(/\.c$/, "", path) && path in named)
		next
	for (path = $0; !(path in named);)
		if (!sub(/\/[^\/]*$/, "", path)) {
			printf "%s: in no Makefile.inc, so not in the tarball\n", $0
			broken = 1
			break
		}
}
END { exit broken }
' "$names" -
