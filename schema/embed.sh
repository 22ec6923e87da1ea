#!/bin/sh
# Writes C source that holds the given files as bytes: embed.sh SRCDIR FILE... (names are kept relative to SRCDIR).
set -eu
srcdir=$1; shift
echo '/* Made by schema/embed.sh from the files it names. */'
echo '#include "analyzer/data/embedded.h"'
n=0
for file do
	echo "static const unsigned char file$n[] = {"
	od -An -v -tx1 "$srcdir/$file" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '0x00 };'
	n=$((n + 1))
done
echo 'const struct embedded_file embedded_files[] = {'
n=0
for file do
	echo "	{ \"$file\", file$n, sizeof(file$n) - 1 },"
	n=$((n + 1))
done
echo '	{ 0, 0, 0 }'
echo '};'
