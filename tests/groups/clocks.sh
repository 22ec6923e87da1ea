# Clocks: how those of several captures of one boot are joined, what the user may pin, and that what several captures show counts once.
cd "$T" || exit 2

# take DB OPTION|FILE…: reads them as the captures of one machine.
take() {
	db=$1
	shift
	rm -f "$db"
	run faultline ingest -q -d "$db" "$@"
	code 0
}

boots() { ask "$1" "SELECT count(DISTINCT boot) FROM segment WHERE boot IS NOT NULL"; }
# What counts: refused accesses, complaints of devices, full pools.
counted() {
	for table in iommu_fault device_error swiotlb_full; do
		ask "$1" "SELECT count(*) FROM $table AS x JOIN segment AS g ON g.id = x.segment"
	done | paste -s -d ' ' -
}
# How each clock that is not the base's own is joined.
joins() { ask "$1" "SELECT kind || ' ' || ifnull(joined_by, 'not') FROM clock ORDER BY id" | paste -s -d ';' - | sed 's/;/; /g'; }
inside() { ask "$1" "SELECT max(offset_lo <= $2 AND offset_hi >= $2 AND offset_hi - offset_lo <= $3) FROM clock WHERE kind = '$4'"; }

# ---- one boot, several captures ----------------------------------------------

smmu='arm-smmu fd800000.smmu: Unhandled context fault: fsr=0x402, iova=0x8424cb148, fsynr=0xb0001, cbfrsynra=0x874, cb=0'
hresp='macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK'
full='macb ff0e0000.ethernet: swiotlb buffer is full (sz: 4096 bytes), total 32768 (slots), used 32768 (slots)'

cat >dmesg.txt <<END
[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x410fd034]
[    0.000000] Linux version 5.4.0-xilinx-v2020.1 (oe-user@oe-host) (gcc version 9.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020
[    0.073982] software IO TLB: mapped [mem 0x4bc00000-0x4c000000] (4MB)
[    9.925113] macb ff0e0000.ethernet eth0: link up (1000/Full)
[   68.290307] $smmu
[   68.290391] $hresp
[   70.112233] $full
[   71.290307] $smmu
[   71.290355] $hresp
[   90.000017] $hresp
END
# A console shows less: from warnings on.
grep -v 'link up' dmesg.txt >serial.log
# What loggers make of it, from when they were started on; the second one says nothing of printk's time.
tail -n +4 dmesg.txt | sed 's/^/Nov 21 02:40:13 zcu102 kernel: /' >stamped.log
logged() {
	awk -v start="$1" '{ t = substr($0, 2, 12) + start; s = int(t); sub(/^\[[^]]*\] /, ""); printf "Nov 21 %02d:%02d:%02d zcu102 kernel: %s\n", int(s / 3600), int(s / 60) % 60, s % 60, $0 }'
}
tail -n +4 dmesg.txt | logged 9600.2 >journal.txt
json() {
	awk '{ t = substr($0, 2, 12); sub(/^\[[^]]*\] /, ""); printf "{\"__REALTIME_TIMESTAMP\":\"%.0f\",\"_SOURCE_MONOTONIC_TIMESTAMP\":\"%.0f\",\"_TRANSPORT\":\"kernel\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"%s\"}\n", (1795000000 + t) * 1e6, t * 1e6, $0 }'
}
tail -n +4 dmesg.txt | json >journal.json

it "dmesg beside the console: one boot, each line once"
take both.db serial.log dmesg.txt
is "$(boots both.db)" 1 boots
is "$(counted both.db)" "2 3 1" "faults, complaints, full pools"
is "$(joins both.db)" "host base; host same" joins

it "with a journal of the same lines, in each form"
for file in stamped.log journal.txt journal.json; do
	take "$file.db" serial.log dmesg.txt "$file"
	is "$(boots "$file.db")" 1 "boots with $file"
	is "$(counted "$file.db")" "2 3 1" "faults, complaints, full pools with $file"
done
run faultline -q serial.log dmesg.txt journal.txt journal.json
code 0
out '2 translation faults, read, iova 0x8424cb148'

it "in any order, one after the other, and read once more"
take order.db journal.txt serial.log dmesg.txt
is "$(boots order.db) $(counted order.db)" "1 2 3 1" "journal first"
run faultline ingest -q -d order.db serial.log
code 0
is "$(boots order.db) $(counted order.db)" "1 2 3 1" "read again"

it "the same lines at other times are of another power-on, and count"
sed '/^\[    0/!s/\(\.[0-9][0-9]\)[0-9]/\17/' dmesg.txt >other.txt
take two.db serial.log other.txt
is "$(boots two.db) $(counted two.db)" "2 4 6 2" "two"
run faultline -q serial.log other.txt
out '2 power-ons in these captures'

it "lines of the first moment alone show nothing: they are alike in every boot"
head -n 3 dmesg.txt >early.txt
take early.db serial.log early.txt
is "$(boots early.db)" 2 boots

it "a console that is another boot's is not the boot of dom0's log, though the kernel is the same"
{ echo '(XEN) Xen version 4.14.1 (a@b) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021'
  sed '2a [    0.000002] Xen 4.14 support found' dmesg.txt; } >xen.log
sed '2a [    0.000002] Xen 4.14 support found' dmesg.txt >dom0.txt
take same.db xen.log dom0.txt
is "$(boots same.db) $(counted same.db)" "1 2 3 1" "the same boot"
sed '/^\[    0/!s/\(\.[0-9][0-9]\)[0-9]/\17/' dom0.txt >dom0-other.txt
take differ.db xen.log dom0-other.txt
is "$(boots differ.db)" 2 "another boot"

it "halves of a log that was rotated are no copies of each other"
head -n 5 journal.txt >journal.1
{ grep Unhandled journal.txt | sed 's/02:41/02:51/'; echo "Nov 21 02:52:00 zcu102 kernel: macb ff0e0000.ethernet eth0: link down"; echo "Nov 21 02:52:01 zcu102 kernel: usb 1-1: device descriptor read/64, error -71"; } >journal.2
take rotated.db journal.1 journal.2
is "$(ask rotated.db "SELECT count(*) FROM same_line")" 0 "lines"

it "a trace that a console shows and a file holds is one trace"
sed -n '/^ .*\[00[01]\]/p' "$root/tests/cases/grant-ended-before/console.log" | tr -d '\r' >trace.txt
tr -d '\r' <"$root/tests/cases/grant-ended-before/console.log" >console.log
take traced.db console.log trace.txt
is "$(ask traced.db "SELECT count(*) || ' ' || min(state) || ' ' || max(state) FROM grant_interval")" "3 closed closed" intervals
run faultline -q console.log trace.txt
out 'A back end unmapped a grant'

# ---- real captures -----------------------------------------------------------

# What a user may save beside the console: dom0's log, and Xen's ring.
dom0_of() { tr -d '\r' <"$1" | LC_ALL=C grep -a '^\['; }
xl_of() { tr -d '\r' <"$1" | LC_ALL=C grep -a '^(XEN)'; }
told_of() {
	ask "$1" "SELECT kind || ' ' || n || ' ' || device FROM incident ORDER BY id"
	ask "$1" "SELECT cause || ' ' || grade FROM verdict ORDER BY cause, grade"
	ask "$1" "SELECT count(*) FROM pci_error AS x JOIN segment AS g ON g.id = x.segment"
}

it "a console with dom0's log and xl dmesg of the same boot tells what it tells alone, in any order"
for sample in zynqmp-pv-network xen-pv-blkback-grants lab/vtd-storm-few lab/aer-injected; do
	log=$root/samples/$sample/console.log
	dom0_of "$log" >dom0.txt
	xl_of "$log" >xl.txt
	take alone.db "$log"
	told_of alone.db >alone
	[ -s xl.txt ] || cp dom0.txt xl.txt
	for files in "$log dom0.txt" "$log xl.txt dom0.txt" "dom0.txt xl.txt $log"; do
		take with.db $files
		is "$(boots with.db)" 1 "boots of $sample"
		told_of with.db >with
		same alone with "$sample differs with others beside it"
	done
done

it "beside dom0's log of another boot of the same machine and kernel it is another boot"
for pair in vtd-granted-live:vtd-storm-few vtd-stamps-none:vtd-strict vtd-hole:vtd-relaxed; do
	dom0_of "$root/samples/lab/${pair#*:}/console.log" >dom0.txt
	take pair.db "$root/samples/lab/${pair%:*}/console.log" dom0.txt
	is "$(boots pair.db) $(ask pair.db "SELECT count(*) FROM same_line")" "2 0" "$pair"
done

# ---- calendars ---------------------------------------------------------------

it "a journal's calendar is joined by lines that stand in dmesg, too; within a second and what its stamps leave open"
# The kernel started at 02:40:00.2, which the first line's stamp, 9.9 s later, has as 02:40:10.
first=$(ask journal.txt.db "SELECT min(outer_lo) FROM line_text")
is "$(inside journal.txt.db "(9800000000 - $first)" 4000000000 wall-yearless)" 1 "offset"
is "$(joins journal.txt.db)" "host base; host same; wall-yearless logged" joins
run faultline report -q -d journal.txt.db clocks
code 0
out 'lines with the stamps of both'
out 'journal.txt:1'

it "lines that come again do not join it: which of them is which?"
grep -e Unhandled -e HRESP journal.txt >again.txt
take again.db serial.log dmesg.txt again.txt
is "$(counted again.db) $(joins again.db)" "2 3 1 host base; host same; wall-yearless not" "lines, and joins"
grep -e Unhandled -e HRESP -e full journal.txt >full.txt
take full.db serial.log dmesg.txt full.txt
is "$(joins full.db)" "host base; host same; wall-yearless not" "one that comes once"
grep -e Unhandled -e HRESP -e full -e link journal.txt >link.txt
take link.db serial.log dmesg.txt link.txt
is "$(joins link.db)" "host base; host same; wall-yearless logged" "two that come once"

it "without them it is not joined, and that is told"
grep -v -e Unhandled -e HRESP -e swiotlb -e link journal.txt >rest.txt
echo 'Nov 21 02:41:09 zcu102 kernel: macb ff0e0000.ethernet eth0: link down' >>rest.txt
echo 'Nov 21 02:41:10 zcu102 kernel: arm-smmu fd800000.smmu: Unhandled context fault: fsr=0x402, iova=0x999000, fsynr=0xb0001, cbfrsynra=0x874, cb=0' >>rest.txt
take rest.db serial.log rest.txt
is "$(joins rest.db)" "host base; wall-yearless not" joins
run faultline report -q -d rest.db gaps
out "nothing joins its clock with that of the boot's other captures"
run faultline report -q -d rest.db clocks
out 'not joined: its order is that of its lines only'

it "calendars of two loggers are two clocks"
{ echo 'Nov 21 02:40:01 zcu102 kernel: Linux version 5.4.0 (oe-user@oe-host) (gcc version 9.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020'; grep -e Unhandled journal.txt; } >one.txt
grep -e Unhandled journal.txt | sed 's/02:4/03:4/; s/8424cb148/8424cc148/' >other-zone.txt
take zones.db one.txt other-zone.txt
is "$(boots zones.db) $(joins zones.db)" "1 wall-yearless base; wall-yearless not" joins

# ---- pinned by the user ------------------------------------------------------

cat >vtd.log <<'END'
(XEN) Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021
(XEN) Xen-e820 RAM map:
(XEN)  [0000000000100000, 000000007ffdffff] (usable)
(XEN) CPU Vendor: Intel, Family 6 (0x6), Model 44 (0x2c), Stepping 1 (raw 000206c1)
(XEN) *** Building a PV Dom0 ***
[    0.000000] Linux version 6.1.0 (a@b) (gcc version 12.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020
[   60.000000] tick
[   61.000000] faultline: anchor a.1
[   67.000000] tick
(XEN) [VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr 3b000148
[   68.000000] tick
[   99.000000] faultline: anchor a.2
END
cat >mono.txt <<'END'
#gnttrace 1 clock=mono src=bpftrace
gnt t=162300000000 op=map dom=1 ref=8 fl=0x2 host=0x3e5c7000 hnd=5 bus=0x3b000000 st=0
gnt t=162400000000 op=dmap dev=0000:00:03.0 dir=2 dma=0x3b000148 phys=0x3e5c7148 sz=74
gnt t=165290000000 op=unmap hnd=5
gnt t=190000000000 op=unmap hnd=6
END
sed '2i gnt t=160999900000 res=200000 op=mark id=a.1
$a gnt t=198999900000 res=200000 op=mark id=a.2' mono.txt >marked.txt
unmapped='A back end unmapped a grant while the device still used the page'

it "what anchors join is confirmed; what the user pins is likely at most; an error as wide as the distance leaves it possible"
run faultline -q vtd.log marked.txt
out "confirmed: $unmapped"
run faultline -q vtd.log mono.txt
not_out "confirmed: $unmapped"
not_out "likely: $unmapped"
run faultline -q --clock mono.txt=-100.0 vtd.log mono.txt
out "likely: $unmapped"
out 'its clock was told by the user'
run faultline -q --clock mono.txt=-100+-5 vtd.log mono.txt
not_out "likely: $unmapped"
run faultline -q --clock mono.txt=-90+-0.1 vtd.log mono.txt
not_out "likely: $unmapped"

it "the user's word stands before anchors, and holds down what they had confirmed"
run faultline -q --clock marked.txt=-100.0 vtd.log marked.txt
out "likely: $unmapped"

it "it is remembered by ingest and report, and forgotten when told so"
take pinned.db --clock mono.txt=-100+-0.25 vtd.log mono.txt
is "$(ask pinned.db "SELECT offset_lo || ' ' || offset_hi FROM told_clock")" "-100250000000 -99750000000" "what was told"
run faultline report -q -d pinned.db
out "likely: $unmapped"
run faultline ingest -q -d pinned.db vtd.log
run faultline report -q -d pinned.db clocks
out 'told by the user'
run faultline report -q -d pinned.db --clock mono.txt=none
not_out "likely: $unmapped"
run faultline report -q -d pinned.db
not_out "likely: $unmapped"
run faultline report -q -d pinned.db --clock "mono.txt=-100.0"
out "likely: $unmapped"
run faultline report -q -d pinned.db
out "likely: $unmapped"

it "an offset has the error of its last digit, or the one that is given"
for pair in "12=11000000000 13000000000" "-12.5=-12600000000 -12400000000" "+0.25=240000000 260000000" "1795000000.123456=1795000000123455000 1795000000123457000" \
	"-12.5+-0.2=-12700000000 -12300000000" "5+-0=5000000000 5000000000"; do
	take digits.db --clock "mono.txt=${pair%=*}" vtd.log mono.txt
	is "$(ask digits.db "SELECT offset_lo || ' ' || offset_hi FROM told_clock")" "${pair#*=}" "${pair%=*}"
done

it "a wrong spelling is told: what it is, and what is wanted"
for wrong in mono.txt mono.txt= =5 mono.txt=x mono.txt=1. mono.txt=.5 mono.txt=1e3 mono.txt=5s mono.txt=5+- mono.txt=5+--1 mono.txt=1.0000000001 mono.txt=99999999999999999999 mono.txt=9223372036; do
	run faultline -q --clock "$wrong" vtd.log mono.txt
	code 2
	err "--clock wants FILE=SECONDS"
	no_output
done
run faultline query -q -d pinned.db --clock mono.txt=1 'SELECT 1'
code 2
err '--clock is for ingest, report and why'

it "a capture that is not there is told, and nothing is stored; a base clock cannot be pinned"
run faultline -q --clock nope.txt=5 vtd.log mono.txt
code 2
err "--clock: no capture 'nope.txt' here; there are: vtd.log, mono.txt"
rm -f nothing.db
run faultline ingest -q -d nothing.db --clock nope.txt=5 vtd.log
code 2
is "$(ask nothing.db "SELECT count(*) FROM capture")" 0 captures
run faultline -q --clock vtd.log=5 vtd.log
code 0
err 'there is nothing to pin'

it "a short name that two captures have is told"
mkdir -p a b
cp mono.txt a/same.txt
sed 's/hnd=6/hnd=7/' mono.txt >b/same.txt
run faultline -q --clock same.txt=5 vtd.log a/same.txt b/same.txt
code 2
err "several captures are called 'same.txt'"
run faultline -q --clock a/same.txt=-100.0 vtd.log a/same.txt b/same.txt
code 0
