#!/bin/sh
# Writes docs/schema.md from schema/: schema.sh SRCDIR >docs/schema.md
set -eu
LC_ALL=C; export LC_ALL
cd "$1"

cat <<'END'
# The database

*Made by `docs/schema.sh` from the files in `schema/`; `make update-docs` makes it anew.*

`faultline ingest -d FILE` writes one SQLite database; `faultline query`, the sqlite3 shell and every library of SQLite read it. Tables are
`STRICT`; views use SQLite's own functions only. `PRAGMA user_version` is the version of this schema.

Two views are **stable**: their columns keep name, order and meaning, and new ones come behind them. Everything else may change with the schema's version.

## v_message (stable)

One row for every event that a recognised line stands for: usually one a line, several for a batch, one for the lines of a block.

| column | type | meaning |
|---|---|---|
| message | text | name of the catalogue's entry |
| capture | integer | the capture (`capture.id`) |
| line | integer | line number in the capture, from 1 |
| speaker | text | who said it: `xen`, `host`, `dN` or `unknown` |
| trust | text | who could have printed it: `hypervisor`, `host`, `guest` or `unknown` |
| t_lo | integer | earliest instant on the line's own clock (`clock.unit`: ns, or ticks); NULL: not bounded |
| t_hi | integer | latest instant; NULL: not bounded |
| text | text | the line as it stands in the file; NULL: not kept (see `line_text`) |

## v_iommu_fault (stable)

One row for every refused access that an IOMMU's message reports and that no guest could have printed.

| column | type | meaning |
|---|---|---|
| capture | integer | the capture (`capture.id`) |
| line | integer | line number in the capture, from 1 |
| boot | integer | power-on (`boot.id`) |
| impl | text | which IOMMU reported it: `smmuv2`, `smmuv2-global`, `smmuv3`, `vtd`, `ipmmu`, `amd` |
| kind | text | kind of fault, such as `translation` or `permission` (`decode.kind`); `unknown`: the line does not tell |
| access | text | `read` or `write`; NULL: the line does not tell |
| iova | integer | address that the device used, 64 bits, two's complement |
| page | integer | `iova >> 12`, frame |
| stream | integer | stream ID |
| bdf | text | requester, segment:bus:device.function |
| domain | integer | domain whose context it is, domid |
| context | integer | SMMU context bank |
| reason | integer | VT-d fault reason code |
| frame_class | text | whose the frame is: `foreign`, `own`, `bounce`, `ram`, `reserved`, `outside`; NULL: not known |
| grant_state | text | `live`, `ended` or `later` at the fault; NULL: no grant of this frame is known |
| count | integer | faults that the row stands for; always 1 today |

An address is stored as SQLite's signed 64-bit integer: print it with `printf('0x%x', iova)`, and join and sort by `page`.

## Tables

END

echo 'A table marked *event* has these columns before its own:'
awk '
FNR == 1 { file++ }
file == 1 {				# units of fields: name, kind, unit, meaning
	if ($0 !~ /^[#@]/ && split($0, f, "\t") >= 4)
		unit[f[1]] = f[3] == "-" ? "" : f[3]
	next
}
function cell(s) { gsub(/\|/, "\\|", s); return s }
function unit_of(name, type, meaning,   ref, last) {
	if (type != "INTEGER")
		return ""
	if (match(meaning, /\([a-z_]+\.[a-z_]+\)/)) {
		ref = substr(meaning, RSTART + 1, RLENGTH - 2)
		return "`" ref "`"
	}
	last = meaning
	sub(/;.*/, "", last)
	sub(/.*, /, "", last)
	if (last ~ /^(ns|bits|bytes|domid|frame|address|MiB)$/)
		return last
	return name in unit ? unit[name] : ""
}
function column(line,   name, type, null, meaning) {
	meaning = line
	if (!sub(/^.*-- /, "", meaning)) {
		print FILENAME ": a column without a comment: " line >"/dev/stderr"
		bad = 1
		exit
	}
	sub(/ *--.*/, "", line)
	sub(/^ */, "", line)
	null = line ~ /NOT NULL|PRIMARY KEY/ ? "" : " or NULL"
	split(line, word, /[ ,]+/)
	name = word[1]
	gsub(/"/, "", name)
	type = word[2]
	printf "| %s | %s%s | %s | %s |\n", name, tolower(type), null,
		unit_of(name, type, meaning), cell(meaning)
}
function head() {
	print ""
	print "| column | type | unit, or row | meaning |"
	print "|---|---|---|---|"
}
/^ *$/ { next }
FILENAME ~ /event\.columns$/ {
	if (!common++)
		head()
	column($0)
	next
}
FNR == 1 && /^-- / { printf "\n*%s*\n", substr($0, 4); next }
/^-- / { about = about (about == "" ? "" : " ") substr($0, 4); next }
/^CREATE TABLE / {
	printf "\n### %s\n\n%s\n", $3, about
	about = ""
	open = 1
	headed = 0
	next
}
open && /^@event/ { print "\n*event*"; next }
open && /^\) STRICT/ { open = 0; next }
open && /^ *PRIMARY KEY \(/ { next }
open { if (!headed++) head(); column($0); next }
/^CREATE INDEX/ { about = ""; next }
END { exit bad }
' schema/fields.tsv schema/tables/event.columns schema/tables/*.sql

echo
echo '## Views'
echo
echo 'For people and for reports. Columns are in the order in which the view has them.'
for file in schema/views/*.sql; do
	awk '
	/^-- when / { next }
	/^-- / { about = about (about == "" ? "" : " ") substr($0, 4); next }
	/^CREATE .*VIEW / { name = $0; sub(/.*VIEW /, "", name); sub(/ AS.*/, "", name); next }
	{ sub(/ *--.*/, ""); sql = sql " " $0 }
	function add(text,   n, word) {
		gsub(/^ +| +$/, "", text)
		if (text == "")
			return
		if (text ~ /\.\*$/) {
			sub(/\.\*/, "", text)
			n = match(sql, " [a-z_]+ AS " text "( |$)")
			split(substr(sql, n + 1), word, " ")
			text = "those of `" word[1] "`"
		} else {
			n = split(text, word, /[ .]+/)
			text = word[n]
			gsub(/"/, "", text)
		}
		list = list (list == "" ? "" : ", ") text
	}
	END {
		sub(/^ *SELECT +(DISTINCT +)?/, "", sql)
		for (i = 1; i <= length(sql); i++) {
			c = substr(sql, i, 1)
			if (c == "\047")
				quoted = !quoted
			if (!quoted && c == "(") depth++
			if (!quoted && c == ")") depth--
			# What stands in WITH is no column.
			if (!quoted && !depth && substr(sql, i, 7) == "SELECT ") {
				part = list = ""
				i += 6
				continue
			}
			if (!quoted && !depth && c == ",") {
				add(part)
				part = ""
				continue
			}
			if (!quoted && !depth && substr(sql, i, 6) == " FROM ")
				break
			part = part c
		}
		add(part)
		printf "\n### %s\n\n%s\n\nColumns: %s.\n", name, about, list
	}' "$file"
done
