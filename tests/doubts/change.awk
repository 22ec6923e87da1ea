# Writes changed captures: awk -v how=… -v a=… -v b=… -v out=FOLDER -f change.awk BASE FILE…     BASE: what the case concludes (read.awk)
#
#   guest d1|DOM1     every line is a guest's
#   tty               Xen's lines end as dom0's tty ends them
#   newer, vendor     the releases of Xen and Linux are newer than all tables; are a vendor's
#   cut FILE LINE     a banner before that line
#   hour FILE LINE    from that line on, all stamps of the file are an hour later
#   loss FILE LINE    messages were lost before that line
#   torn N            dom0 says a word inside every fourth long line, the N-th and so on; what it cut off is on the next line
#   half N            the same, and what it cut off is nowhere
#   device N          the lines that trigger verdict N, and those like them, name a device that is nowhere else
#   other N           the lines that verdict N needs and decides by are another machine's

function shape(s) { gsub(/0x[0-9a-fA-F]+/, "N", s); gsub(/[0-9a-f]*[0-9][0-9a-f]*/, "N", s); gsub(/ +/, " ", s); return s }

# Where the bus:device.function, or else the name, stands in a text.
function device_in(s, name,   at) {
	if (name != "" && index(s, name)) { found = name; return 1 }
	if (match(s, /[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f]\.[0-7]/)) { found = substr(s, RSTART, RLENGTH); return 1 }
	if (match(s, /\/?[a-z0-9]+@[0-9a-f]+|[0-9a-f]+\.[a-z][a-z0-9_-]+/) && RLENGTH > 8) { found = substr(s, RSTART, RLENGTH); return 1 }
	return 0
}

function renamed(name,   i, c, out_name) {
	if (match(name, /[0-9a-f][0-9a-f]:[0-9a-f][0-9a-f]\.[0-7]$/))
		return substr(name, 1, RSTART - 1) "5a:1e.5"
	out_name = ""
	for (i = 1; i <= length(name); i++) {
		c = substr(name, i, 1)
		out_name = out_name (c ~ /[0-9]/ ? (c + 5) % 10 : c)
	}
	return out_name
}

function replaced(s, old, new,   at, head) {
	head = ""
	while ((at = index(s, old)) > 0) {
		head = head substr(s, 1, at - 1) new
		s = substr(s, at + length(old))
	}
	return head s
}

function later(s,   head, stamp, seconds, h) {
	# (XEN) [   12.345678] and [   12.345678]
	if (match(s, /\[ *[0-9]+\.[0-9][0-9][0-9]+\]/)) {
		stamp = substr(s, RSTART + 1, RLENGTH - 2)
		seconds = stamp
		sub(/\..*/, "", seconds)
		sub(/^[^.]*/, "", stamp)
		head = substr(s, 1, RSTART)
		s = substr(s, RSTART + RLENGTH - 1)
		return later_clock(head) sprintf("%5d%s", seconds + 3600, stamp) s
	}
	# ftrace: "  [000] d..1    65.290117: "
	if (match(s, /\[[0-9][0-9][0-9]\] [^ ]* *[0-9]+\.[0-9]+: /)) {
		head = substr(s, 1, RSTART - 1)
		stamp = substr(s, RSTART, RLENGTH)
		s = substr(s, RSTART + RLENGTH)
		match(stamp, /[0-9]+\.[0-9]+: $/)
		head = head substr(stamp, 1, RSTART - 1)
		stamp = substr(stamp, RSTART)
		seconds = stamp
		sub(/\..*/, "", seconds)
		sub(/^[^.]*/, "", stamp)
		return head (seconds + 3600) stamp s
	}
	return later_clock(s)
}

# A time of day before hour 23.
function later_clock(s,   h) {
	if (!match(s, /[0-2][0-9]:[0-5][0-9]:[0-5][0-9]/))
		return s
	h = substr(s, RSTART, 2) + 1
	return h > 23 ? s : substr(s, 1, RSTART - 1) sprintf("%02d", h) substr(s, RSTART + 2)
}

# What stands before Xen's text, or the host's, in the first line of that kind: a new line looks like its neighbours.
function before_xen(s) {
	if (!match(s, /^.*\(XEN\) (\[[^]]*\] )?/))
		return ""
	return substr(s, 1, RLENGTH)
}
function before_host(s,   p) {
	if (!match(s, /\[ *[0-9]+\.[0-9][0-9][0-9]+\] /))
		return ""
	return substr(s, 1, RSTART - 1) "[    0.000000] "
}

function xen_banner(file, other) {
	return xen_front[file] "Xen version " (other ? "4.16.2" : "4.17.3") " (" (other ? "someone@elsewhere" : "builder@lab") \
	       ".example) (gcc 12.2.0) debug=n " (other ? "Tue Mar  5 11:21:31 UTC 2024" : "Mon Jan  8 09:12:44 UTC 2024")
}
function linux_banner(file, other) {
	return (file in host_front ? host_front[file] : "[    0.000000] ") "Linux version " (other ? "5.10.209" : "6.1.69") " (" \
	       (other ? "someone@elsewhere" : "builder@lab") ".example) (gcc 12.2.0) #1 SMP " (other ? "Tue Mar  5 11:21:31" : "Mon Jan  8 09:12:44") " UTC 2024"
}

# The banner of the case, else one that is made; of a case whose time stands still, too: its banner again may be its log again.
function banner(file, i,   last) {
	# Processors count from their own start: the same count is the same line.
	if (file in own_banner)
		sub(/\[0000[0-9a-f]*\]/, "[0000000005a1e5a1]", own_banner[file])
	for (last = i - 1; last > 1 && line[file, last] !~ /\[ *[0-9]+\.[0-9]+\]/; last--)
		;
	if ((file in own_banner) && line[file, last] !~ /\[ *0\.000000\]/ && line[file, i - 1] != own_banner[file])
		return own_banner[file]
	if (!(file in xen_front) && (file in own_banner) && own_banner[file] ~ /Linux/)
		return linux_banner(file, 0) end_of[file]
	return (file in xen_front ? xen_banner(file, 0) : linux_banner(file, 0)) end_of[file]
}

function put(file, s) { print s >(out "/" file) }

BEGIN { FS = "\t" }

# BASE
FNR == NR && first_file == "" { first_file = FILENAME }
FILENAME == first_file {
	if ($1 == "V" && $2 == a) { device = $6; cause = $4 }
	if ($1 == "C" && $2 == a && how == "device" && $3 == "trigger") {
		if (!old && device_in($10, device)) old = found
		if (old) shapes[shape($10)]
	}
	if ($1 == "C" && $2 == a && how == "other" && $6 != "") {
		if ($3 == "trigger") { keep[$6, $7]; trigger_file = $6 }
		if ($3 == "needs" || $3 == "decides") move[$6, $7]
	}
	next
}
FNR == 1 { name = FILENAME; sub(/.*\//, "", name); names[++nfiles] = name }
{
	line[name, ++count[name]] = $0
	if (/^# tracer: |^ *[^ ]+-[0-9]+ +\[[0-9][0-9][0-9]\] .*: [a-z_]+: /)
		is_trace[name]
	if (!(name in end_of)) { end_of[name] = ""; if (match($0, /\r+$/)) end_of[name] = "\r" }
	if (index($0, "(XEN) ")) {
		if (!(name in xen_front)) { p = before_xen($0); if (p != "") xen_front[name] = p }
		any_xen = 1
		if ($0 ~ /\(XEN\) (\[[^]]*\] )?Xen version / && !(name in own_banner)) own_banner[name] = $0
	} else {
		if (!(name in host_front)) { p = before_host($0); if (p != "") host_front[name] = p }
		if (/Linux version / && !(name in own_linux)) own_linux[name] = $0
	}
}

function one_line(name, i, s,   r, e) {
	if (how == "guest")
		return (a == "d1" ? "(d1) " : "(XEN) DOM1: ") s
	if (how == "tty") {
		if (index(s, "(XEN) ")) { sub(/\r*$/, "\r\r", s) }
		return s
	}
	if (how == "newer") {
		sub(/Xen version [0-9]+\.[0-9]+[^ ]*/, "Xen version 4.99.0", s)
		sub(/Xen version: [0-9]+\.[0-9]+[^ ]*/, "Xen version: 4.99.0", s)
		sub(/Xen-4\.[0-9.]+[^ ]*/, "Xen-4.99.0", s)
		sub(/Linux version [0-9]+\.[0-9]+[^ ]*/, "Linux version 99.1.0", s)
		return s
	}
	if (how == "vendor") {
		if (match(s, /Xen version:? [0-9]+\.[0-9]+(\.[0-9]+)?/)) s = substr(s, 1, RSTART + RLENGTH - 1) "-acme7" substr(s, RSTART + RLENGTH)
		if (match(s, /Linux version [0-9]+\.[0-9]+(\.[0-9]+)?/)) s = substr(s, 1, RSTART + RLENGTH - 1) "-acme7" substr(s, RSTART + RLENGTH)
		return s
	}
	if (how == "hour")
		return name == a && i >= b ? later(s) : s
	if (how == "device")
		return (old != "" && index(s, old) && (shape(clean(s)) in shapes)) ? replaced(s, old, new) : s
	return s
}

# The last stamp of a kernel up to line i, or the first one of the file.
function stamp_near(name, i,   n) {
	for (n = i; n > 0; n--)
		if (line[name, n] !~ /\(XEN\)|^\(d[0-9]/ && match(line[name, n], /\[ *[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]\] /))
			return substr(line[name, n], RSTART, RLENGTH)
	for (n = i + 1; n <= count[name]; n++)
		if (line[name, n] !~ /\(XEN\)|^\(d[0-9]/ && match(line[name, n], /\[ *[0-9]+\.[0-9][0-9][0-9][0-9][0-9][0-9]\] /))
			return substr(line[name, n], RSTART, RLENGTH)
	return ""
}

function clean(s) { sub(/\r+$/, "", s); return s }

END {
	if (how == "device") {
		if (old == "")
			exit 3
		new = renamed(old)
		if (new == old)
			exit 3
		print old "\t" new >(out "/../names")
	}
	if (how == "cut") {
		# A dom0's log beside Xen's in one file is cut at Xen's banner; Linux's alone at Linux's.
		if (!(a in own_banner) && !(a in xen_front) && (a in own_linux)) own_banner[a] = own_linux[a]
	}
	changed = 0
	for (f = 1; f <= nfiles; f++) {
		name = names[f]
		printf "" >(out "/" name)
		if (how == "other" && name == trigger_file && !(name in own_banner) && (any_xen || !(name in own_linux)))
			put(name, (any_xen ? ((name in xen_front) ? xen_banner(name, 0) : "(XEN) Xen version 4.17.3 (builder@lab.example) (gcc 12.2.0) debug=n Mon Jan  8 09:12:44 UTC 2024") : linux_banner(name, 0)) end_of[name])
		for (i = 1; i <= count[name]; i++) {
			s = line[name, i]
			if ((how == "torn" || how == "half") && length(s) > 60 && s !~ /^\(d[0-9]|^ |MESSAGE|^[{]|^data: / && long++ % 4 == a && (stamp = stamp_near(name, i)) != "") {
				put(name, substr(s, 1, 44) stamp "tick" end_of[name])
				if (how == "torn") put(name, substr(s, 45))
				changed = 1
				continue
			}
			if (name == a && i == b + 0 && how == "cut") { put(name, banner(name, i)); changed = 1 }
			if (name == a && i == b + 0 && how == "loss") {
				if (name in xen_front) put(name, xen_front[name] "printk: 1000 messages suppressed." end_of[name])
				put(name, (name in is_trace) ? "CPU:0 [LOST 1000 EVENTS]" : "** 1000 printk messages dropped **" end_of[name])
				changed = 1
			}
			if (how == "other" && (name, i) in move && !((name, i) in keep)) {
				if (!changed) {
					front = name in xen_front ? xen_front[name] : "(XEN) "
					xen_front["zz-other.log"] = front
					put("zz-other.log", (any_xen ? xen_banner("zz-other.log", 1) : linux_banner(name, 1)) end_of[name])
				}
				put("zz-other.log", s)
				changed = 1
				continue
			}
			t = one_line(name, i, s)
			if (t != s) changed = 1
			put(name, t)
		}
	}
	exit changed ? 0 : 3
}
