#!/bin/sh
# Who may include what: the table of docs/design.md, one line a room.  rooms.sh DIR prints what breaks it.
#
# A file includes the headers of its own room, the doors of the rooms in its row, and libc; a library has one place.
root=$1
here=$(cd "$(dirname "$0")" && pwd)

sh "$here/files.sh" "$root" | grep -E '^(parsers|analyzer)/.*\.[ch]$' | {
	cd "$root" || exit 2
	while IFS= read -r file; do
		sed -n "s|^[ 	]*#[ 	]*include[ 	]*\([<\"].*[>\"]\).*|$file:\1|p" "$file"
		# A name that only the preprocessor knows cannot be checked.
		sed -n "s|^[ 	]*#[ 	]*include[ 	]*\([^ 	<\"].*\)|$file:?\1|p" "$file"
	done
} | LC_ALL=C awk '
function door(room, names,  n, i, list) {
	n = split(names, list, " ")
	for (i = 1; i <= n; i++)
		doors[room, list[i]] = 1
}
function rooms(room, names,  n, i, list, pair) {
	n = split(names, list, " ")
	for (i = 1; i <= n; i++)
		may[room, list[i]] = 1
}
function violation(why) {
	printf "%s includes %s: %s\n", file, name, why
	broken = 1
}
BEGIN {
	FS = ":"
	# The door of each room; all of base/ is open.
	door("parsers/input", "parsers/input/input.h")
	door("parsers/frame", "parsers/frame/frame.h")
	door("parsers/catalog", "parsers/catalog/catalog.h parsers/catalog/index.h")
	door("parsers/readers", "parsers/readers/reader.h")
	door("parsers", "parsers/event.h")
	door("analyzer/data", "analyzer/data/data.h")
	door("analyzer/store", "analyzer/store/store.h")
	door("analyzer/judge", "analyzer/judge/judge.h")
	door("analyzer/report", "analyzer/report/report.h")
	door("analyzer/cmd", "analyzer/cmd/cmd.h")

	rooms("parsers", "parsers/base parsers/frame")
	rooms("parsers/input", "parsers/base")
	rooms("parsers/frame", "parsers/base")
	rooms("parsers/catalog", "parsers/base parsers/frame parsers")
	rooms("parsers/readers", "parsers/base parsers/input parsers/frame parsers/catalog parsers")
	rooms("analyzer/data", "parsers/base parsers/catalog")
	rooms("analyzer/store", "parsers/base parsers parsers/catalog analyzer/data")
	# base is in every row: a slice is what all rooms speak in.
	rooms("analyzer/judge", "parsers/base analyzer/store analyzer/data")
	rooms("analyzer/report", "parsers/base analyzer/store analyzer/judge analyzer/data")
	every = "parsers parsers/base parsers/input parsers/frame parsers/catalog parsers/readers " \
		"analyzer/data analyzer/store analyzer/judge analyzer/report analyzer/cmd"
	rooms("analyzer/cmd", every)
	rooms("analyzer", "analyzer/cmd")

	# Libraries: the one file, or the one room, of each.
	library["pcre2.h"] = "parsers/catalog/regex.c"
	library["xxhash.h"] = "parsers/input/digest.c"
	library["libelf.h"] = "parsers/input/elf.h"
	library["gelf.h"] = "parsers/input/elf.h"
	library["trace-cmd.h"] = "parsers/input/recording.c"
	library["elfutils/libdw.h"] = "parsers/input/source-line.c"
	library["archive.h"] = "parsers/input/unpack.c"
	library["archive_entry.h"] = "parsers/input/unpack.c"
	library["libfdt.h"] = "parsers/input/fdt.c"
	library["sqlite3.h"] = "analyzer/store/"
	libc = " ctype.h dirent.h dlfcn.h emmintrin.h errno.h fcntl.h inttypes.h limits.h locale.h signal.h stdarg.h stdbool.h " \
		"stddef.h stdint.h stdio.h stdlib.h string.h sys/prctl.h sys/resource.h sys/stat.h sys/types.h sys/wait.h time.h unistd.h "
}
{
	file = $1
	name = substr($0, length(file) + 2)
	room = file
	sub(/\/[^\/]*$/, "", room)
}
name ~ /^\?/ {
	violation("a name that cannot be checked")
	next
}
name ~ /^</ {
	header = name
	gsub(/[<>]/, "", header)
	if (header in library) {
		if (index(file, library[header]) != 1)
			violation("only " library[header] " may")
	} else if (index(libc, " " header " ") == 0) {
		violation("neither libc nor a library with a room of its own")
	}
	next
}
{
	header = name
	gsub(/"/, "", header)
	other = header
	if (!sub(/\/[^\/]*$/, "", other) || header ~ /\.\./ || header !~ /^(parsers|analyzer)\//)
		violation("includes are spelled from the root")
	else if (other == room)
		next
	else if (!((room, other) in may))
		violation(room " may not see " other)
	else if (other != "parsers/base" && !((other, header) in doors))
		violation("the inside of another room; its door is elsewhere")
}
END { exit broken }
'
