#!/bin/sh
# The files of a source tree, one a line: what git tracks, or, in a tarball, what is no product of a build.
cd "$1" || exit 2
if [ -e .git ] && git ls-files 2>/dev/null | grep -q .; then
	git ls-files | while IFS= read -r file; do
		[ ! -f "$file" ] || printf '%s\n' "$file"
	done
else
	find . -type d \( -name '.git' -o -name '.deps' -o -name '.dirstamp' -o -name 'build*' -o -name _build -o -name _inst -o -name 'autom4te.cache' \
		-o -name 'faultline-[0-9]*' \) -prune -o -type f -print | sed 's|^\./||' |
		grep -v -E -e '\.(o|a|log|trs|tar\.xz|tmp)$' -e '(^|/)\.dirstamp$' -e '^(aclocal\.m4|configure~?|config\.[a-z]*|Makefile(\.in)?|(embedded|image)\.c|faultline)$' \
			-e '^(tests/json-check|schema/make-image)$' -e '^tests/[a-z]*/[a-z-]*$'
fi | LC_ALL=C sort
