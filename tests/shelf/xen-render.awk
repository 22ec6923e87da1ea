# Formats of Xen as the lines that they print: xen-heads.tsv, xen-words.tsv, then rows of xen-formats.tsv with their number in front.
#
# Writes the lines to LINES and, for each, its row (0: the head of a block), its variant and its place in the format to KEYS.
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
	for (i = 1; i <= n; i++)
		sub(/^[ \t]+/, "", args[i])
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

# Hex digits as %x with these flags prints them; awk has no numbers of 64 bits.
function hex(flags, digits,  width, fill) {
	fill = flags ~ /^#?0/ ? "0" : " "
	width = flags
	gsub(/[^0-9]|^[#0+ -]+/, "", width)
	if (flags ~ /#/ && digits != "0") {
		width -= 2
		while (fill == "0" && length(digits) < width)
			digits = fill digits
		digits = "0x" digits
		width += 2
	}
	while (length(digits) < width + 0)
		digits = flags ~ /^-/ ? digits " " : fill digits
	return digits
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
	if (kind == "c")
		return substr(value, 1, 1)
	if (kind ~ /[xX]/)
		return hex(flags, value)
	return sprintf("%" flags kind, kind == "s" ? value : value + 0)
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
function render(format, arguments,  n, i, k, rest, conversion) {
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
		pattern = pattern shape(conversion)
	}
	add_text(rest)
}

# What a conversion prints, as an ERE.
function shape(conversion,  ere) {
	ere = ".*"
	if (conversion ~ /[xX]$/)
		ere = " *(0x)?[0-9A-Fa-f]+"
	else if (conversion ~ /^%[^p]*[diu]$/)
		ere = " *-?[0-9]+"
	else if (conversion ~ /c$/)
		ere = "."
	return conversion ~ /^%-/ ? ere " *" : ere
}

function add_text(s,  k) {
	for (k = 0; k < VARIANTS; k++)
		text[k] = text[k] s
	gsub(/[][\\.*+?^$(){}|]/, "\\\\&", s)
	pattern = pattern s
}

# One line of a capture.
function put(line, variant, place) {
	if (at_end) {
		late[++lates] = line
		late_key[lates] = (place ? row : 0) "\t" variant "\t" place
		return
	}
	print line >LINES
	print (place ? row : 0) "\t" variant "\t" place >KEYS
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
	# What comes after one of these lines may be of a guest, or be said again.
	at_end = $8 ~ /Serial input |dumping console ring/
	prefix = $7
	gsub(/<file>/, $2, prefix)
	gsub(/<line>/, 123, prefix)
	sub(/d<D>v<V>/, "d1v0", prefix)
	sub(/<node>/, "/soc/iommu@1000", prefix)
	speaker = "(XEN) "
	if (sub(/^\(replaces.*/, "", prefix))
		speaker = "(d1) "
	else if ($4 == "early_panic")
		speaker = ""
	render(unescape($8), $10)
	count = split(pattern, parts, "\n")
	for (i = 1; i <= count; i++)
		if (parts[i] ~ /[^ \t]/)
			print row "\t" parts[i] >PATTERNS
	split("", seen)
	for (k = 0; k < VARIANTS; k++) {
		if (text[k] in seen)
			continue
		seen[text[k]] = 1
		for (h = 1; h <= heads; h++)
			if (($4 ":" $11) ~ head_file[h] && $8 ~ head_text[h]) {
				count = split(unescape(head_lines[h]), parts, "\n")
				for (i = 1; i <= count; i++)
					put("(XEN) " parts[i], k, 0)
				break
			}
		count = split(prefix text[k], parts, "\n")
		for (i = 1; i <= count; i++)
			if (parts[i] ~ /[^ \t]/)
				put(speaker parts[i], k, i)
	}
}

END {
	for (i = 1; i <= lates; i++) {
		print late[i] >LINES
		print late_key[i] >KEYS
	}
}
