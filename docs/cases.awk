# What the cases show of each cause: cases.awk CAUSE.sql… CASE… EXPECTED.txt…, a row a cause, TABs between:
#   name, kind, best grade that its roles allow, cases that conclude it, best grade there, near twins, cases where something is missing
#
# A near twin is a case that says "ruled-out CAUSE" or "twin CAUSE", one whose report rules it out, or one of tests/cases/ whose name starts with the
# word that a case of the cause starts with, and that concludes nothing or something else.
# A cause that a report names behind another one counts as concluded, too, and "cannot say" is what insufficient-evidence is shown as.

function rank(grade) { return grade == "confirmed" ? 1 : grade == "likely" ? 2 : grade == "possible" ? 3 : 9 }

function conclude(id, grade) {
	if (!(id in kind))
		return
	if (!((id, name) in fires)) {
		fires[id, name]
		n[id]++
	}
	# "-": the CASE does not tell, the expected report may.
	if (grade != "-" && rank(grade) < best[id])
		best[id] = rank(grade)
}

function is_twin(id) {
	if ((id in kind) && !((id, name) in twin)) {
		twin[id, name]
		twins[id]++
	}
}

function lacks(id) {
	if ((id in kind) && !((id, name) in incomplete)) {
		incomplete[id, name]
		missing[id]++
	}
}

FNR == 1 {
	name = FILENAME
	sub(/\/CASE$|\.txt$/, "", name)
	sub(/.*\//, "", name)
	header = FILENAME ~ /\.sql$/
	report = FILENAME ~ /\.txt$/
	if (FILENAME ~ /tests\/cases\/.*CASE$/) {
		word = name
		sub(/-.*/, "", word)
		family[name] = word
	}
	cause = ""
}

header && /^-- / {
	if ($2 == "cause") {
		cause = $3
		order[++causes] = cause
		best[cause] = 9
		top[cause] = 3
	} else if ($2 == "title") {
		title = $0
		sub(/^-- title +/, "", title)
		named[title] = cause
	} else if ($2 == "kind") {
		kind[cause] = $3
	} else if ($2 == "decides") {
		top[cause] = 1
	} else if ($2 == "supports" && top[cause] == 3) {
		top[cause] = 2
	} else if ($2 == "needs") {
		needs[cause]++
	}
	next
}
header { next }

!report && $1 == "verdict" { conclude($2, $3) }
!report && $1 == "finding" { conclude($2, NF > 2 ? $3 : "-") }
!report && ($1 == "ruled-out" || $1 == "twin") { is_twin($2) }

report && /^cannot say:/ { conclude("insufficient-evidence", "confirmed") }

# "likely: TITLE", "exposure, likely, boot 1: TITLE"
report && /^[a-z].*: / {
	grade = $0
	sub(/: .*/, "", grade)
	title = substr($0, length(grade) + 3)
	if (!(title in named))
		next
	id = named[title]
	if (grade ~ /possible/)
		lacks(id)
	if ((id, name) in fires)
		conclude(id, grade ~ /confirmed/ ? "confirmed" : grade ~ /likely/ ? "likely" : "possible")
}
report && $1 == "Also" && $2 ~ /^(confirmed|likely|possible):$/ {
	grade = substr($2, 1, length($2) - 1)
	if (grade == "possible")
		lacks($3)
	if (grade != "possible" || top[$3] == 3)
		conclude($3, grade)
}
report && $1 == "Ruled" && $2 == "out:" { sub(/:$/, "", $3); is_twin($3) }

END {
	for (key in fires) {
		split(key, part, SUBSEP)
		if (part[2] in family)
			of[part[1], family[part[2]]]
	}
	for (name in family)
		for (i = 1; i <= causes; i++)
			if (((order[i], family[name]) in of) && !((order[i], name) in fires))
				is_twin(order[i])
	split("confirmed likely possible", grades, " ")
	for (i = 1; i <= causes; i++) {
		id = order[i]
		printf "%s\t%s\t%s\t%d\t%s\t%d\t%s\n", id, kind[id], grades[top[id]], n[id], best[id] < 9 ? grades[best[id]] : "-", twins[id],
			needs[id] || missing[id] ? missing[id] + 0 : "-"
	}
}
