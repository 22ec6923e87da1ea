# What is tried on a case, from what it concludes as it is (read.awk): lines of a change and where.
BEGIN { FS = "\t" }

function at(file, line) { if (!((file, line) in cut)) { cut[file, line]; print "cut", file, line; print "hour", file, line; print "loss", file, line } }

function finish(   i, first, f) {
	if (!good)
		return
	any = 1
	if (tfile != "") {
		at(tfile, tline)
		first = 0
		for (i = 1; i <= n; i++)
			if (cfile[i] == tfile && cline[i] > tline && (!first || cline[i] < first))
				first = cline[i]
		if (first)
			at(tfile, first)
		if (n)
			print "other", nr, 0
		print "device", nr, 0
	}
}

$1 == "V" {
	finish()
	nr = $2; n = 0; tfile = ""
	good = $5 == "confirmed" || $5 == "likely"
}
$1 == "C" && good && $6 != "" {
	if ($3 == "trigger" && tfile == "") { tfile = $6; tline = $7 }
	else if (($3 == "needs" || $3 == "decides") && !($6 == tfile && $7 == tline)) { n++; cfile[n] = $6; cline[n] = $7 }
	if ($3 != "supports" && $10 ~ /Xen version |Linux version /)
		version = 1
}
END {
	finish()
	if (!any)
		exit
	print "guest", "d1", 0
	print "guest", "DOM1", 0
	print "tty", 0, 0
	print "torn", 1, 0
	print "half", 0, 0
	print "half", 2, 0
	if (version) { print "newer", 0, 0; print "vendor", 0, 0 }
}
