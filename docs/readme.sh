#!/bin/sh
# Writes README.md with what the program prints for its examples: readme.sh FAULTLINE SRCDIR >README.new
# An example is a fenced block whose first line is "$ build/faultline ARGUMENT…"; the rest of the block is replaced.
set -eu
LC_ALL=C; export LC_ALL
program=$1
cd "$2"

while IFS= read -r line; do
	case ${fence:-}$line in
	'```') fence=open ;;
	"open$ build/faultline "*)
		printf '%s\n' "$line"
		# shellcheck disable=SC2086
		"$program" -q ${line#*build/faultline }
		fence=skip
		continue
		;;
	'skip```') fence= ;;
	skip*) continue ;;
	*) fence= ;;
	esac
	printf '%s\n' "$line"
done <README.md
