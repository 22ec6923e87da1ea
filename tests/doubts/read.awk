# A document faultline.report/1 as lines of fields with tabs between:
#
#   V  number  about  cause  grade  device                                   a verdict, or a finding
#   C  number  role  clue  kind  file  line  trust  says  text               a clue of it
#   R  cause   says                                                          what is ruled out
#
#   awk -f ../document.awk -f read.awk ROLES DOCUMENT       ROLES: of clue_roles (lib.sh)

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
	open_document($0)
	n = split(incidents, part, /[{]"id":[0-9]+,"kind":"/)
	for (i = 2; i <= n; i++)
		take(part[i], "incident", plain(between(part[i], "\"device\":\"", "\",\"access\":")))
	take(findings, "finding", "-")
}
