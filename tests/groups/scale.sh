# Many devices, many incidents: four times the lines and devices take about four times as long, whatever they are.  Instructions cannot be counted everywhere,
# so this is the processor's time, the least of three runs each.
cd "$T" || exit 2

# many DEVICES EVENTS: accesses refused, requests that time out, errors of PCIe, full bounce pools and masks, of devices in turn.
many() {
	echo '[    0.000000] Linux version 6.1.0 (a@b) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP'
	awk -v devices="$1" -v events="$2" 'BEGIN {
		for (i = 0; i < events; i++) {
			n = i * 7919 % devices
			at = sprintf("[%5d.%06d] ", 60 + int(i / 1000), i % 1000 * 1000)
			dev = sprintf("0000:%02x:%02x.%d", 1 + int(n / 40), int(n / 2) % 20, n % 2)
			if (i % 5 == 0)
				printf "%snvme %s: AMD-Vi: Event logged [IO_PAGE_FAULT domain=0x0011 address=0x%x flags=0x0000]\n", at, dev, i * 4096 * 31 % 2147483648
			else if (i % 5 == 1)
				printf "%sxhci_hcd %s: xHCI host not responding to stop endpoint command\n", at, dev
			else if (i % 5 == 2) {
				printf "%sigb %s: PCIe Bus Error: severity=Uncorrected (Non-Fatal), type=Transaction Layer, (Requester ID)\n", at, dev
				printf "%sigb %s:   device [8086:10d3] error status/mask=00004000/00000000\n", at, dev
				printf "%sigb %s:    [14] CmpltTO                (First)\n", at, dev
			} else if (i % 5 == 3)
				printf "%sigb %s: swiotlb buffer is full (sz: 4096 bytes), total 32768 (slots), used %d (slots)\n", at, dev, i * 13 % 32768
			else
				printf "%sigb %s: overflow 0x0000000040898000+536576 of DMA mask 7ffffffff bus mask 3fffffff\n", at, dev
		}
	}'
}

# boots COUNT: one capture with so many power-ons, each with refused accesses of its own.
boots() {
	awk -v count="$1" 'BEGIN {
		for (i = 0; i < count; i++) {
			printf "(XEN) Xen version 4.14.1 (a@b) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021\n"
			for (j = 0; j < 3; j++)
				printf "(XEN) smmu: /axi/smmu@fd800000: Unhandled context fault: iova=0x%x000, fsynr=0x11, cb=%d\n", 4096 + i, j
		}
	}'
}

# hundredths FILE: processor time of reading it, the least of three; the report stands in $T/out.
hundredths() {
	least=
	for turn in 1 2 3; do
		run timed "$1"
		code 0
		now=$(awk '/^(user|sys)/ { split($2, t, "[ms]"); s += t[1] * 60 + t[2] } END { printf "%d", s * 100 + 0.5 }' "$T/times")
		[ -n "$least" ] && [ "$least" -le "$now" ] || least=$now
	done
}

timed() {
	# The shell's own words for it, in minutes and seconds.
	( faultline -q "$1"; code=$?; times >"$T/raw"; exit $code )
	code=$?
	sed -n 2p "$T/raw" | awk '{ print "user " $1; print "sys " $2 }' >"$T/times"
	return $code
}

# linear NAME SMALL LARGE: four times as much takes at most seven times as long; a start costs the same for both.
linear() {
	hundredths "$2"
	small=$least
	hundredths "$3"
	[ "$least" -le $((small * 7 + 20)) ] || problem "$1: $small hundredths of a second, four times as much takes $least"
}

it "2,000 events of 250 devices, and four times both: no more than the work is"
many 250 2000 >small.log
many 1000 8000 >large.log
linear devices small.log large.log
rm -f large.db
run faultline ingest -q -d large.db large.log
code 0
is "$(ask large.db 'SELECT count(*) > 900 FROM incident')" 1 "incidents"

it "250 power-ons in one capture, and four times as many"
boots 250 >small.log
boots 1000 >large.log
linear power-ons small.log large.log
rm -f large.db
run faultline ingest -q -d large.db large.log
code 0
is "$(ask large.db 'SELECT count(*) FROM boot')" 1000 "power-ons"
