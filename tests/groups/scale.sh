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

# crowd WHAT COUNT: one power-on in which many witnesses meet as many refused accesses, each of a device of its own.
#   nested: all addresses lie in all ranges   low: all are the lower half of all granted pages   slept: as many sleeps before them
#   group: all devices are in one group, each with a range, half of them with a domain of their own   bars: as nested, of registers
crowd() {
	awk -v what="$1" -v count="$2" '
	function bdf(i) { return sprintf("%02x:%02x.%d", int(i / 256) % 256, int(i / 8) % 32, i % 8) }
	BEGIN {
		linux = what == "group" || what == "bars"
		if (linux)
			print "[    0.000000] Linux version 5.4.0 (a@b) (gcc (Debian 12.2.0-14) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) #1 SMP"
		else
			print "(XEN) [    0.000000] Xen version 4.14.1 (a@b) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021"
		if (what == "low") {
			print "(XEN) [    1.000000] gnttab_usage_print_all [ key '\''g'\'' pressed"
			print "(XEN) [    1.000000]       -------- active --------       -------- shared --------"
			print "(XEN) [    1.000000] [ref] localdom mfn      pin          localdom gmfn     flags"
			print "(XEN) [    1.000000] grant-table for remote d1 (v1)"
		}
		for (i = 0; i < count; i++) {
			if (what == "nested")
				printf "(XEN) [    0.100000] [VT-D] RMRR: [%x,%x]\n", 16777216 + i * 4096, 2147483647 - i * 4096
			else if (what == "low")
				printf "(XEN) [    1.000000] [0x%03x]      0 0x%x424cb 0x00000100          0 0x0424cb 0x0d\n", i + 8, i % 4095 + 1
			else if (what == "slept")
				printf "(XEN) [%5d.000000] Entering ACPI S3 state.\n(XEN) [%5d.500000] Finishing wakeup from ACPI S3 state.\n", i + 9, i + 9
			else if (what == "bars")
				printf "[    0.100000] pci 0000:%s: reg 0x10: [mem 0x%x-0x%x 64bit pref]\n", bdf(i), 16777216 + i * 4096, 2147483647 - i * 4096
			else {
				printf "[    0.100000] DMAR: RMRR base: 0x%016x end: 0x%016x\n", 268435456 + i * 65536, 268443647 + i * 65536
				printf "[    0.200000] pci 0000:%s: Adding to iommu group 7\n", bdf(i)
				if (i % 2)
					printf "[    0.300000] pci 0000:%s: DMAR: Device uses a private identity domain.\n", bdf(i)
			}
		}
		for (i = 0; i < count; i++)
			if (what == "low")
				printf "(XEN) [    2.000000] smmu: /smmu@%x: Unhandled context fault: fsr=0x402, iova=0x424cb148, fsynr=0x3, cb=0\n", 4000000 + i
			else if (linux)
				printf "[  100.000000] DMAR: [DMA Read] Request device [%s] fault addr %x [fault reason 06] PTE Read access is not set\n", bdf(i), 268435456 + i * 65536
			else {
				printf "(XEN) [%5d.000000] [VT-D]DMAR:[DMA Read] Request device [0000:%s] fault addr %x\n", count + i + 9, bdf(i), 1073741824 + i * 4096
				printf "(XEN) [%5d.000000] [VT-D]DMAR: reason 06 - PTE Read access is not set\n", count + i + 9
			}
	}'
}

for what in nested bars low slept group; do
	it "500 witnesses and 500 refused accesses, and four times both: $what"
	crowd $what 500 >small.log
	crowd $what 2000 >large.log
	linear "$what" small.log large.log
	rm -f large.db
	run faultline ingest -q -d large.db large.log
	code 0
	is "$(ask large.db "SELECT count(*) FROM incident")" 2000 "incidents"
	case $what in
	nested) is "$(ask large.db "SELECT count(*) || ' ' || max(hits) FROM fault_place WHERE class = 'rmrr'")" '16000 1' "places" ;;
	bars) is "$(ask large.db "SELECT count(*) FROM fault_place WHERE class = 'bar'")" 16000 "places" ;;
	low) is "$(ask large.db "SELECT count(*) FROM fault_twin")" 32000 "pages of that lower half" ;;
	slept) is "$(ask large.db "SELECT count(*) FROM verdict_clue WHERE clue = 'woken'")" 2000 "wakes that are cited" ;;
	group) is "$(ask large.db "SELECT count(*) FROM verdict_clue WHERE clue = 'group-moved'")" 2000 "groups that are cited" ;;
	esac
done
