# What scripts share that read a document faultline.report/1, which is one line: awk -f document.awk -f SCRIPT …
# A quote inside a value stands as \", so what has bare quotes is the document's own.

# The text up to the next bare quote.
function word(s) { sub(/".*/, "", s); return s }

function between(s, from, to,   at) {
	at = index(s, from)
	if (!at)
		return ""
	s = substr(s, at + length(from))
	at = index(s, to)
	return at ? substr(s, 1, at - 1) : s
}

# Sets file[number] of its captures, incidents and findings.
function open_document(s,   part, n, i) {
	split("", file)
	n = split(between(s, "\"captures\":[", "],\"boots\":["), part, /[{]"name":"/)
	for (i = 2; i <= n; i++)
		file[i - 2] = word(part[i])
	incidents = between(s, "\"incidents\":[", "],\"findings\":[")
	findings = substr(s, index(s, "],\"findings\":[") + 13)
}
