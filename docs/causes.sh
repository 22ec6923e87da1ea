#!/bin/sh
# Writes docs/causes.md from schema/causes/ and the cases: causes.sh SRCDIR >docs/causes.md
# causes.sh SRCDIR cases: the rows of its table of cases (docs/cases.awk) instead.
set -eu
LC_ALL=C; export LC_ALL
cd "$1"

cases() {
	awk -f docs/cases.awk schema/causes/*.sql samples/*/CASE samples/lab/*/CASE tests/cases/*/CASE tests/expected/*.txt
}

if [ "${2-}" = cases ]; then
	cases
	exit
fi

cat <<'END'
# The causes

*Made by `docs/causes.sh` from the headers in `schema/causes/`; `make update-docs` makes it anew.*

What faultline can name, and by what. Clues have roles, and one rule makes a grade of them for every cause (`docs/design.md`):

| role | what it does |
|---|---|
| trigger | the symptom; without it the cause is not looked at |
| needs | missing: *possible* at most; shown to be otherwise: *ruled out* |
| decides | the mechanism itself was seen: *confirmed* |
| supports | fits and is specific: *likely* |
| caps | weakens one clue: *likely* at most where the grade rests on that clue |
| excludes | rules the cause out |

A *root* or a *state* explains an incident. An *exposure* or *noise* is a finding about the machine and explains nothing that broke.

## What the cases show

From `samples/`, `samples/lab/` and `tests/cases/`. *Cases*: those that conclude the cause, and the best grade there, beside the best that its roles allow.
*Near twins*: cases that rule it out, or stand beside one of its own and conclude something else or nothing. *Missing*: those that can only say what is missing;
`-` where the cause needs nothing.

END

cases | awk -F '\t' '
BEGIN {
	print "| cause | kind | cases | best grade | of | near twins | missing |"
	print "|---|---|---|---|---|---|---|"
}
{ printf "| [%s](#%s) | %s | %s | %s | %s | %s | %s |\n", $1, $1, $2, $4, $5, $3, $6, $7 }
END { print "" }'

for file in schema/causes/*.sql; do
	awk '/^-- cause/ { id = $3 } /^-- title/ { $1 = $2 = ""; print "* [" id "](#" id "):" substr($0, 2); exit }' "$file"
done

for file in schema/causes/*.sql; do
	awk '
	function cell(s) { gsub(/\|/, "\\|", s); return s }
	function trim(s) { gsub(/^ +| +$/, "", s); return s }
	/^ *$/ { exit }
	/^-- *\|/ { sub(/^-- *\| */, ""); text[n] = text[n] " " trim($0); next }
	/^-- / {
		key[++n] = $2
		sub(/^-- *[^ ]+ */, "")
		text[n] = trim($0)
		of[key[n]] = n
	}
	function paragraph(name, head) {
		if (of[name])
			printf "%s%s\n\n", head, text[of[name]]
	}
	function clues(role,   i, k, parts, part, words, name, says, capture, more) {
		for (i = 1; i <= n; i++) {
			if (key[i] != role)
				continue
			parts = split(text[i], part, / \| /)
			name = part[1]
			sub(/ .*/, "", name)
			says = trim(substr(part[1], length(name) + 1))
			capture = more = ""
			for (k = 2; k <= parts; k++) {
				if (sub(/^ *capture: */, "", part[k]))
					capture = trim(part[k])
				else if (sub(/^ *of: */, "", part[k]))
					more = more " (weakens `" trim(part[k]) "`)"
			}
			if (!rows++) {
				print "| role | clue | what it says | how to capture it |"
				print "|---|---|---|---|"
			}
			printf "| %s | `%s` | %s%s | %s |\n", role, name,
				cell(says), more, cell(capture)
		}
	}
	END {
		split("trigger needs decides supports caps excludes", role, " ")
		printf "\n## %s\n\n", text[of["cause"]]
		printf "**%s**\n\n", text[of["title"]]
		paragraph("explain", "")
		printf "Of one %s; kind: %s.%s\n\n", text[of["about"]], text[of["kind"]],
			of["refines"] ? " Leads `" text[of["refines"]] "` where both hold." : ""
		for (r = 1; r in role; r++)
			clues(role[r])
		print ""
		paragraph("remedy", "Remedy: ")
		if (of["refs"])
			printf "References: %s.\n", text[of["refs"]]
	}' "$file"
done
