# Reads a document faultline.report/1 and holds every verdict of it against the rule, worked out here from the declared roles alone.
#
#   awk -f document.awk -f removal.awk -v mode=list  -v cause=X                              ROLES DOCUMENT   the lines of X's needs and decides
#   awk -f document.awk -f removal.awk -v mode=judge -v cause=X -v clue=C -v role=R -v was=G ROLES DOCUMENT   what is wrong after C's lines were cut
#   awk -f document.awk -f removal.awk -v mode=print                                         ROLES DOCUMENT   every verdict with its clues, one a line
#
# ROLES: of clue_roles (lib.sh).

function rank(grade) { return grade == "confirmed" ? 1 : grade == "likely" ? 2 : grade == "possible" ? 3 : grade == "ruled out" ? 9 : 10 }

FNR == NR {
	declared[$1] = declared[$1] " " $3
	role_of[$1, $3] = $2
	if ($2 == "caps")
		weakens[$1, $3] = $5
	next
}

# Is the clue's line one that dom0 could have printed as Xen's, or no line at all?
function is_weak(clue) {
	if (clue ~ /"capture":null,"line":null,"text":/)
		return 1
	return clue ~ /,"trust":"host"}/ && clue ~ /,"text":"([^"\\]|\\.)*[(]XEN[)]/
}

# The grade of one verdict, from its clues.
function rule(id, clues, lacks,   part, n, i, name, role, seen, weak, has, missing, names, m, held, of) {
	split("", seen)
	split("", weak)
	n = split(clues, part, /[{]"clue":"/)
	for (i = 2; i <= n; i++) {
		name = word(part[i])
		role = role_of[id, name]
		if (role == "")
			return "unknown clue " name
		seen[name] = 1
		weak[name] = is_weak(part[i])
		has[role]++
	}
	if (!has["trigger"])
		return "none"
	m = split(declared[id], names, " ")
	for (i = 1; i <= m; i++) {
		name = names[i]
		role = role_of[id, name]
		if (role == "needs" && !(name in seen)) {
			missing++
			if (!index(lacks, "{\"clue\":\"" name "\""))
				return "possible, and " name " among what is missing"
		}
		if (!(name in seen))
			continue
		if (role == "excludes")
			held = 1
		if ((role == "trigger" || role == "needs" || role == "decides") && weak[name])
			held = 1
		of = weakens[id, name]
		if (role == "caps" && (of in seen) && role_of[id, of] != "supports")
			held = 1
	}
	if (missing)
		return "possible"
	if (has["decides"])
		return held ? "likely" : "confirmed"
	return has["supports"] ? "likely" : "possible"
}

# Where the clue stands, of every verdict of that cause: "capture line".
function places(clues, name,   part, n, i) {
	n = split(clues, part, /[{]"clue":"/)
	for (i = 2; i <= n; i++)
		if (word(part[i]) == name && match(part[i], /"n":[0-9]+,"capture":[0-9]+,"line":[0-9]+,"text":/))
			print "at", file[between(part[i], "\"capture\":", ",") + 0], between(part[i], "\"line\":", ",")
}

function clue_names(clues,   part, n, i, all) {
	n = split(clues, part, /[{]"clue":"/)
	for (i = 2; i <= n; i++)
		all = all " " word(part[i])
	return all
}

function take_verdict(s, about,   id, grade, clues, lacks, should, part, n, i, name, role) {
	id = word(s)
	clues = between(s, "\"clues\":[", "],\"missing\":[")
	lacks = between(s, "],\"missing\":[", "],\"consequences\":[")
	grade = word(between(s, "\"grade\":\"", ","))
	if (mode == "print") {
		print about, id, grade, clue_names(clues)
		return
	}
	should = rule(id, clues, lacks)
	if (should != grade)
		print "problem", id " is " grade "; the rule says " should
	if (id != cause || about != "incident")
		return
	if (rank(grade) < best) {
		best = rank(grade)
		best_lacks = lacks
	}
	if (mode == "judge") {
		places(clues, clue)
		return
	}
	n = split(clues, part, /[{]"clue":"/)
	for (i = 2; i <= n; i++) {
		name = word(part[i])
		role = role_of[id, name]
		if ((role == "needs" || role == "decides") && !(name in listed)) {
			listed[name]
			print "clue", name, role
		}
	}
	for (i = 2; i <= n; i++)
		if (word(part[i]) in listed)
			places(clues, word(part[i]))
}

function take(s, about,   part, n, i, rest) {
	n = split(s, part, /[{]"cause":"/)
	for (i = 2; i <= n; i++) {
		rest = substr(part[i], length(word(part[i])) + 1)
		if (rest ~ /^","grade":"/)
			take_verdict(part[i], about)
		else if (rest ~ /^","says":"/ && mode == "print")
			print about, word(part[i]), "ruled out"
		else if (rest ~ /^","says":"/ && word(part[i]) == cause && best > 9)
			best = 9
	}
}

{
	best = 10
	open_document($0)
	take(incidents, "incident")
	take(findings, "finding")
	if (mode == "print")
		exit
	if (mode == "list") {
		print "best", best
		exit
	}
	if (best < rank(was))
		print "problem", cause " rises from " was " to rank " best
	if (role == "needs" && best < 3)
		print "lost", cause " is of rank " best " without what it needs"
	else if (role == "needs" && best == 3 && !index(best_lacks, "{\"clue\":\"" clue "\""))
		print "lost", clue " is not among what is missing"
	print "best", best
}
