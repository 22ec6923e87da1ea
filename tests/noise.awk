# 100,000 lines that no entry of the catalogue may match: noise.awk SEED=1 LINES=100000 parsers/messages/*.msg
#
# The words are those of the catalogue's own samples, so that anchors are hit often; the lines are theirs with letters in
# the other case, in reverse order, cut short, glued together or drawn by lot, and what consoles print all day.

# Park and Miller: the same numbers on every machine, within the 53 bits of a double.
function random(n) {
	seed = seed * 16807 % 2147483647
	return seed % n
}

function swap_case(s,  i, c, out) {
	out = ""
	for (i = 1; i <= length(s); i++) {
		c = substr(s, i, 1)
		out = out (c == tolower(c) ? toupper(c) : tolower(c))
	}
	return out
}

function frame(  k) {
	k = random(8)
	if (k < 3)
		return "(XEN) "
	if (k == 3)
		return sprintf("(XEN) [%5d.%06d] ", random(9999), random(1000000))
	if (k < 7)
		return sprintf("[%5d.%06d] ", random(9999), random(1000000))
	return ""
}

# A sample without its framing, in words.
function cut(line, list) {
	sub(/^<[0-9]+>/, "", line)
	sub(/^\(XEN\) /, "", line)
	sub(/^\[ *[0-9.]+\] /, "", line)
	return split(line, list, " ")
}

function reversed(list, n,  i, out) {
	out = ""
	for (i = n; i > 0; i--)
		out = out (out == "" ? "" : " ") list[i]
	return out
}

function joined(list, n,  i, out) {
	out = ""
	for (i = 1; i <= n; i++)
		out = out (i > 1 ? " " : "") list[i]
	return out
}

function lot(  i, n, out) {
	out = ""
	n = 1 + random(14)
	for (i = 0; i < n; i++)
		out = out (i ? (random(12) ? " " : ": ") : "") vocabulary[random(nwords)]
	return out
}

function everyday(  k) {
	k = random(8)
	if (k == 0)
		return sprintf("systemd[1]: Started Session %d of user root.", random(999))
	if (k == 1)
		return sprintf("IPv6: ADDRCONF(NETDEV_CHANGE): eth%d: link becomes ready", random(4))
	if (k == 2)
		return sprintf("EXT4-fs (sda%d): mounted filesystem with ordered data mode. Opts: (null)", random(9))
	if (k == 3)
		return sprintf("usb %d-%d: new high-speed USB device number %d", random(4), random(9), random(99))
	if (k == 4)
		return sprintf("audit: type=%d audit(%d.%03d:%d): prot=0", 1300 + random(99), random(99999), random(999), random(99))
	if (k == 5)
		return sprintf("0x%x 0x%x 0x%x %d %d", random(65536), random(65536), random(65536), random(99), random(99))
	if (k == 6)
		return sprintf("  %02x %02x %02x %02x  |....|", random(256), random(256), random(256), random(256))
	return ""
}

function noise(  k, n, list) {
	k = random(6)
	n = cut(samples[random(nsamples)], list)
	if (k == 0)
		return frame() swap_case(joined(list, n))
	if (k == 1 && n > 3)
		return frame() reversed(list, n)
	if (k == 2 && n > 3)
		return frame() list[1] list[2] list[3] list[n]
	if (k == 3)
		return frame() everyday()
	return frame() lot()
}

# "sample   line", and what continues it
/^ *(sample|reject)\?? / || /^ *\|  / {
	sub(/^ *(sample|reject)?\??\|? */, "")
	if ($0 == "")
		next
	samples[nsamples++] = $0
	n = cut($0, list)
	for (i = 1; i <= n; i++)
		if (!(list[i] in seen)) {
			seen[list[i]] = 1
			vocabulary[nwords++] = list[i]
		}
}

END {
	seed = SEED + 1
	for (line = 0; line < LINES; line++)
		print noise()
}
