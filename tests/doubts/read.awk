# A document faultline.report/1 as lines of fields with tabs between:
#
#   V  number  about  cause  grade  device                                   a verdict, or a finding
#   C  number  role  clue  kind  file  line  trust  says  text               a clue of it
#   R  cause   says                                                          what is ruled out
#
#   awk -f read.awk ROLES DOCUMENT       ROLES: lines "cause role clue kind", of the headers in schema/causes/
#
# A quote inside a value stands as \", so what has bare quotes is the document's own.

function word(s) { sub(/".*/, "", s); return s }

function between(s, from, to,   at) {
	at = index(s, from)
	if (!at)
		return ""
	s = substr(s, at + length(from))
	at = index(s, to)
	return at ? substr(s, 1, at - 1) : s
}

# A value as it stood in the line: for comparing, so what no test looks for stays escaped.
function plain(s) {
	gsub(/\\"/, "\"", s)
	gsub(/\\t/, " ", s)
	gsub(/\\\\/, "\\", s)
	return s
}

FNR == NR { kind[$1, $3] = $4; next }

function take_verdict(s, about, device,   id, clues, part, n, i, clue) {
	id = word(s)
	nr++
	print "V", nr, about, id, word(between(s, "\"grade\":\"", ",")), device
	clues = between(s, "\"clues\":[", "],\"missing\":[")
	n = split(clues, part, /[{]"clue":"/)
	for (i = 2; i <= n; i++) {
		clue = word(part[i])
		print "C", nr, word(between(part[i], "\"role\":\"", ",")), clue, kind[id, clue], file[between(part[i], "\"capture\":", ",")],
		      between(part[i], "\"line\":", ",") + 0, word(between(part[i], "\"trust\":\"", "}")),
		      plain(between(part[i], "\"says\":\"", "\",\"n\":")), plain(between(part[i], "\"text\":\"", "\",\"trust\":"))
	}
}

function take(s, about, device,   part, n, i, rest) {
	n = split(s, part, /[{]"cause":"/)
	for (i = 2; i <= n; i++) {
		rest = substr(part[i], length(word(part[i])) + 1)
		if (rest ~ /^","grade":"/)
			take_verdict(part[i], about, device)
		else if (rest ~ /^","says":"/)
			print "R", word(part[i]), plain(between(rest, "\"says\":\"", "\",\"assumed\":"))
	}
}

{
	OFS = "\t"
	n = split(between($0, "\"captures\":[", "],\"boots\":["), part, /[{]"name":"/)
	for (i = 2; i <= n; i++)
		file[i - 2] = word(part[i])
	incidents = between($0, "\"incidents\":[", "],\"findings\":[")
	findings = substr($0, index($0, "],\"findings\":[") + 13)
	n = split(incidents, part, /[{]"id":[0-9]+,"kind":"/)
	for (i = 2; i <= n; i++)
		take(part[i], "incident", plain(between(part[i], "\"device\":\"", "\",\"access\":")))
	take(findings, "finding", "-")
}
