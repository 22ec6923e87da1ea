# Formats of Xen as the lines that they print: xen-heads.tsv, xen-words.tsv, then rows of xen-formats.tsv with their number in front.
#
# Writes the lines to LINES and, for each, its row, its variant and its place in the format to KEYS; heads of blocks have row 0.
# Writes to PATTERNS the EREs of each row's lines; those of parts of a line match anywhere.

function unescape(s) {
	gsub(/\\n/, "\n", s)
	gsub(/\\t/, "\t", s)
	gsub(/\\"/, "\"", s)
	gsub(/\\\\/, "\\", s)
	return s
}

# The arguments of a call, split at its own commas; sets args[].
function split_arguments(s,  i, c, depth, quoted, n) {
	n = 1
	args[1] = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		if (c == "\"")
			quoted = !quoted
		else if (!quoted && c ~ /[([{]/)
			depth++
		else if (!quoted && c ~ /[])}]/)
			depth--
		if (c == "," && !depth && !quoted)
			args[++n] = ""
		else
			args[n] = args[n] c
	}
	return n
}

# The literals of an argument such as: ok ? "en" : "dis"; sets words[].
function literals(s, mark,  n, rest) {
	n = 0
	rest = s
	while (match(rest, mark == "'" ? "'[^']*'" : "\"[^\"]*\"")) {
		words[++n] = substr(rest, RSTART + 1, RLENGTH - 2)
		rest = substr(rest, RSTART + RLENGTH)
	}
	return n
}

# What stands for an argument in variant k: its own literals, or the words of the first row of xen-words.tsv that knows it.
function value_of(kind, arg, k,  i, n) {
	n = kind ~ /s$/ && kind !~ /p/ ? literals(arg, "\"") : kind ~ /c$/ ? literals(arg, "'") : 0
	if (n == 1 && arg ~ /XENLOG_/)
		n = 0
	for (i = 1; !n && i <= rules; i++)
		if (kind ~ ("^(" rule_kind[i] ")$") && arg ~ rule_arg[i])
			n = split(rule_words[i], words, "|")
	return unescape(words[k % n + 1])
}

# One conversion with its value.
function convert(conversion, arg, k,  kind, flags, value) {
	kind = conversion
	sub(/^%[-#+ 0]*[0-9*]*(\.[0-9*]+)?(hh|h|ll|l|L|z|t)?/, "", kind)
	flags = substr(conversion, 2, length(conversion) - length(kind) - 1)
	gsub(/[lhLzt]/, "", flags)
	# A width of five digits is two macros in a row.
	sub(/^0160+/, "0", flags)
	value = value_of(flags kind, arg, k)
	if (kind ~ /^[iu]$/)
		kind = "d"
	if (kind ~ /^p/ || flags ~ /\*/)
		return value
	return sprintf("%" flags kind, kind ~ /^[sc]$/ ? value : value + 0)
}

# A format with the macros that the shelf leaves in it: {NAME}.
function expand(format,  done, i) {
	done = ""
	while (match(format, /[{][A-Za-z_]+[}]/)) {
		done = done substr(format, 1, RSTART - 1) value_of("macro", substr(format, RSTART + 1, RLENGTH - 2), 0)
		format = substr(format, RSTART + RLENGTH)
	}
	return done format
}

# Calls of one format: sets text[variant], and pattern.
function render(format, arguments,  n, i, k, rest, conversion, stars, kind) {
	gsub(/\\ /, "", arguments)
	gsub(/#ifdef [A-Z_0-9]+|#else|#endif/, "", arguments)
	n = split_arguments(arguments)
	for (k = 0; k < VARIANTS; k++)
		text[k] = ""
	pattern = ""
	i = 0
	rest = expand(format)
	while (match(rest, /%[-#+ 0]*[0-9*]*(\.[0-9*]+)?(hh|h|ll|l|L|z|t)?(p(d|v|pb?|s|S|hN|h|bl|b)?|[a-zA-Z%])/)) {
		add_text(substr(rest, 1, RSTART - 1))
		conversion = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		if (conversion == "%%") {
			add_text("%")
			continue
		}
		i += gsub(/\*/, "*", conversion) + 1
		for (k = 0; k < VARIANTS; k++)
			text[k] = text[k] convert(conversion, args[i], k)
		kind = conversion
		sub(/.*[^a-zA-Z]/, "", kind)
		pattern = pattern (kind ~ /[xX]$/ ? " *(0x)?[0-9A-Fa-f]+" : kind ~ /[diu]$/ ? " *-?[0-9]+" : kind ~ /c$/ ? "." : ".*")
	}
	add_text(rest)
}

function add_text(s,  k) {
	for (k = 0; k < VARIANTS; k++)
		text[k] = text[k] s
	gsub(/[][\\.*+?^$(){}|]/, "\\\\&", s)
	pattern = pattern s
}

# One line of a capture.
function put(line, row, variant, place) {
	print line >LINES
	print row "\t" variant "\t" place >KEYS
}

BEGIN {
	FS = "\t"
	if (!VARIANTS)
		VARIANTS = 6
}

FNR == 1 { file++ }
file < 3 && /^#/ { next }

file == 1 {
	heads++
	head_file[heads] = $1
	head_text[heads] = $2
	head_lines[heads] = $3
	next
}

file == 2 {
	rules++
	rule_kind[rules] = $1
	rule_arg[rules] = $2
	rule_words[rules] = $3
	next
}

{
	row = $1
	prefix = $7
	gsub(/<file>/, $2, prefix)
	gsub(/<line>/, 123, prefix)
	sub(/d<D>v<V>/, "d1v0", prefix)
	sub(/<node>/, "/soc/iommu@1000", prefix)
	speaker = "(XEN) "
	if (sub(/^\(replaces.*/, "", prefix))
		speaker = "(d1) "
	render(unescape($8), $10)
	count = split(pattern, parts, "\n")
	# A format that ends in no new line, or starts with a blank or a mark, is part of a line.
	whole = $8 ~ /\\n$/ && $8 ~ /^(\\n|[A-Z])/
	for (i = 1; i <= count; i++)
		if (parts[i] ~ /[^ \t]/)
			print row "\t" (whole ? "(^|[]):0-9] )" parts[i] "$" : parts[i]) >PATTERNS
	split("", seen)
	for (k = 0; k < VARIANTS; k++) {
		if (text[k] in seen)
			continue
		seen[text[k]] = 1
		for (h = 1; h <= heads; h++)
			if (($4 ":" $11) ~ head_file[h] && $8 ~ head_text[h]) {
				count = split(unescape(head_lines[h]), parts, "\n")
				for (i = 1; i <= count; i++)
					put("(XEN) " parts[i], 0, 0, 0)
				break
			}
		count = split(prefix text[k], parts, "\n")
		for (i = 1; i <= count; i++)
			if (parts[i] ~ /[^ \t]/)
				put(speaker parts[i], row, k, i)
	}
}
