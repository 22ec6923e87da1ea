# Which rows match a line that an entry of Xen claims: WANTED (rows), patterns of xen-render.awk, then what explain-line made of the samples.

FNR == 1 { file++ }
file == 1 { wanted[$1] = 1; next }
file == 2 {
	split($0, part, "\t")
	if (part[1] in wanted) {
		count++
		row[count] = part[1]
		pattern[count] = substr($0, length(part[1]) + 2)
	}
	next
}
$2 ~ /^xen\./ {
	line = $0
	sub(/^[^\t]*\t[^\t]*\t/, "", line)
	for (i = 1; i <= count; i++)
		if (!(i in hit) && line ~ pattern[i])
			hit[i] = $2
}
END {
	for (i = 1; i <= count; i++)
		if (!(i in hit))
			missed[row[i]] = 1
	for (i = 1; i <= count; i++)
		if (!(row[i] in missed)) {
			print row[i] "\t" hit[i]
			missed[row[i]] = 1
		}
}
