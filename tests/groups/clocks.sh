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

it "Xen's calendar beside the host's lines: as much less certain as it may run away up to the farthest stamp"
sed 's/^(XEN) \[VT-D\]/(XEN) [2023-05-06 10:01:00] [VT-D]/' vtd.log >date.log
xen_date() { echo "(XEN) [2023-05-06 $1] [VT-D]DMAR:[DMA Write] Request device [0000:00:05.0] fault addr 3c000148"; }
xen_date 10:01:10 >date-near.txt
xen_date 21:01:00 >date-far.txt
for file in near far; do
	take "date-$file.db" date.log "date-$file.txt"
	is "$(boots "date-$file.db") $(joins "date-$file.db")" "1 host base; xen-date order; xen-date order" "$file"
done
# Eleven hours: 500 ppm of that on either side.
width() { ask "$1" "SELECT max(offset_hi - offset_lo) FROM clock WHERE kind = 'xen-date'"; }
is "$(($(width date-far.db) - $(width date-near.db)))" 39590000000 "what it may run away"

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

# ---- ticks -------------------------------------------------------------------

# Linux started 1.5 s after the ticks did: 2000 of them are a microsecond.
tick() { printf '[%016x] ' $(($1 * 2000)); }
xen_start() {
	cat <<'EOF'
(XEN) [000000003b9aca00] Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021
(XEN) [000000003b9acb00] CPU Vendor: Intel, Family 6 (0x6), Model 44 (0x2c), Stepping 1 (raw 000206c1)
(XEN) [000000003b9acc00] Detected 2000.000 MHz processor.
(XEN) [000000003b9acd00] *** Building a PV Dom0 ***
EOF
}
refused() { echo "(XEN) $(tick "$1")[VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr $2"; }
{ xen_start
  echo '[    0.000000] Linux version 6.1.0 (a@b) (gcc version 12.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020'
  echo '[   60.000000] tick'
  refused 61700000 3b000148
  echo '[   60.300000] tick'
  echo '[   80.000000] tick'
  refused 81600000 3b001148
  echo '[   80.200000] tick'; } >ticks.log
{ xen_start; refused 91500000 3c000148; } >ticks-xl.txt

it "Xen's ticks are a clock where Xen prints how fast they count; no surer than that rate holds"
take ticks.db ticks.log ticks-xl.txt
is "$(boots ticks.db) $(joins ticks.db)" "1 host base; xen-raw ticks" joins
is "$(inside ticks.db -1500000000 2500000000 xen-raw)" 1 offset
# 2 s and 0.3 s of the order of lines, and 500 ppm of the 90 s to the stamp that is farthest away.
is "$(ask ticks.db "SELECT offset_hi - offset_lo > 1000000000 FROM clock WHERE kind = 'xen-raw'")" 1 "the error of the rate"
is "$(ask ticks.db "SELECT base_lo < 90000000000 AND base_hi > 90000000000 AND base_hi - base_lo < 2500000000 FROM v_fault WHERE iova = 0x3c000148")" 1 "the fault that only the ring shows"
run faultline report -q -d ticks.db clocks
out 'ticks at 2000.000 MHz'
run faultline ingest -q -d ticks.db ticks-xl.txt
is "$(inside ticks.db -1500000000 2500000000 xen-raw)" 1 "read again"

it "but not without the rate, by a wrong one, or where they were set anew or the machine slept"
# Without the clocks of guests, which nothing joins.
joined_only() { joins "$1" | sed 's/; guest not//g'; }
not_joined() {
	sed "$1" ticks.log >no.log
	sed "$1" ticks-xl.txt >no-xl.txt
	take no.db no.log no-xl.txt
	is "$(joined_only no.db)" "host base; xen-raw not" "$2"
}
not_joined '/Detected/d' "no rate"
run faultline report -q -d no.db clocks
out 'not joined: ticks, whose rate is not told'
not_joined 's/Detected 2000/Detected 1000/' "another rate"
not_joined 's/Detected 2000.000/Detected 0000.001/' "no machine's rate"
not_joined 's/^(XEN) \(\[[0-9a-f]*\]\) Detected/(d1) (XEN) \1 Detected/' "a guest's rate"
not_joined '/Detected/i (XEN) [000000003b9acbf0] TSC ADJUST set to fffffffc5a3e12c8 on boot CPU - clearing' "set anew"
not_joined '/Detected/a (XEN) [000000003b9acc10] TSC warp detected, disabling TSC_RELIABLE' "two counts"
not_joined '/Building/a (XEN) [000000003b9acd10] Preparing system for ACPI S3 state.' "a sleep"
is "$(faultline -q --fact xen.cpu_mhz=2000.000 report -d no.db clocks | grep -c 'ticks at')" 0 "the user's word is no line"

it "a rate of Arm's; a line that was replayed, or a guest's, shows no moment"
sed -e 's/Detected.*/Generic Timer IRQ: phys=30 hyp=26 virt=27 Freq: 2000000 KHz/' -e '/CPU Vendor/d' ticks.log >arm.log
sed -e 's/Detected.*/Generic Timer IRQ: phys=30 hyp=26 virt=27 Freq: 2000000 KHz/' -e '/CPU Vendor/d' ticks-xl.txt >arm-xl.txt
take arm.db arm.log arm-xl.txt
is "$(inside arm.db -1500000000 2500000000 xen-raw)" 1 arm
sed '/DMAR/s/^/(d1) /' ticks.log >no.log
take no.db no.log ticks-xl.txt
is "$(joined_only no.db)" "host base; xen-raw not" "a guest's lines"

it "the first lines of a boot have ticks where the others have Xen's clock: the two are joined, within what passed between"
LC_ALL=C grep -a '^(XEN)' "$root/samples/lab/vtd-hole/console.log" | tr -d '\r' >early.txt
# What has ticks throughout: 64.1 s of them.
echo '(XEN) [00000026bf4d0000] [VT-D]DMAR:[DMA Write] Request device [0000:00:05.0] fault addr 3b000148' >later.txt
take early.db early.txt later.txt
is "$(joins early.db)" "xen-raw ticks; xen-boot base; xen-raw ticks" joins
# Line 96 was printed at 0.318368 s of ticks, line 97 at 0.279170 s of Xen's clock.
is "$(inside early.db -39200000 200000000 xen-raw)" 1 offset
take few.db early.txt
is "$(joins few.db)" "xen-raw not; xen-boot base" "where nobody asks"
sed '/Detected/d' early.txt >no.txt
take no.db no.txt later.txt
is "$(joins no.db)" "xen-raw not; xen-boot base; xen-raw not" "no rate"

it "ticks alone are nanoseconds where their rate is known, and as they were where not"
take alone.db ticks-xl.txt
is "$(joins alone.db) $(ask alone.db "SELECT t_lo || ' ' || t_hi FROM iommu_fault")" "xen-raw base 91500000000 91500000001" "with its rate"
sed '/Detected/d' ticks-xl.txt >no.txt
take no.db no.txt
is "$(joins no.db) $(ask no.db "SELECT t_lo || ' ' || t_hi FROM iommu_fault")" "xen-raw not 183000000000 183000000001" "without"

it "ticks that no machine counts do no harm"
sed "s/\[$(printf %016x 183000000000)\]/[7ffffffffffffffe]/" ticks-xl.txt >huge.txt
sed 's/Detected 2000.000/Detected 1.000/' huge.txt >huge-slow.txt
for file in huge.txt huge-slow.txt; do
	take huge.db "$file"
	is "$(ask huge.db "SELECT typeof(t_lo) || ' ' || typeof(t_hi) FROM iommu_fault")" "integer integer" "$file"
done

# ---- Xen's clock in a line of its own ----------------------------------------

# The kernel started 3.25 s after Xen; its console has no stamps of Xen's, the ring that was read later has.
now="(XEN) 'q' pressed -> dumping domain info (now = 72250000000)"
sed -e '/VT-D/d' -e "/68.000000/a [   69.000000] tick\n$now\n[   69.100000] tick" vtd.log >plain.log
echo '(XEN) [   70.500000] [VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr 3b000148' >ring.txt

it "debug key q tells Xen's clock: it joins stamps of Xen's with a console that has none"
take now.db plain.log ring.txt marked.txt
is "$(joins now.db)" "host base; xen-boot now; trace-other anchor" joins
is "$(inside now.db -3250000000 2200000000 xen-boot)" 1 offset
run faultline report -q -d now.db clocks
out "Xen's clock in a line with another stamp"
run faultline -q plain.log ring.txt marked.txt
out "confirmed: $unmapped"

it "the form of old releases, and other keys"
for form in "'q' pressed -> dumping domain info (now=0x10:D26F8280)" "'H' pressed -> dumping heap info (now-0x10:D26F8280)" "'u' pressed -> dumping numa info (now = 72250000000)"; do
	sed "s/'q' pressed.*/$form/" plain.log >form.log
	take form.db form.log ring.txt marked.txt
	is "$(joins form.db) $(inside form.db -3250000000 2200000000 xen-boot)" "host base; xen-boot now; trace-other anchor 1" "$form"
done

it "not without that line, by a guest's, or by two that contradict each other"
for edit in "/'q' pressed/d" "/'q' pressed/s/^/(d1) /" "/69.100000/a [   80.000000] tick\n(XEN) 'q' pressed -> dumping domain info (now = 99250000000)\n[   80.100000] tick"; do
	sed "$edit" plain.log >no.log
	take no.db no.log ring.txt marked.txt
	is "$(joins no.db)" "host base; xen-boot not; trace-other anchor" "$edit"
	run faultline -q no.log ring.txt marked.txt
	not_out "confirmed: $unmapped"
	not_out "likely: $unmapped"
done

it "as wide as the lag of a console: what comes that near is not certain"
sed 's/t=165290000000 op=unmap hnd=5/t=166900000000 op=unmap hnd=5/' marked.txt >near.txt
run faultline -q plain.log ring.txt near.txt
not_out "confirmed: $unmapped"

it "what receives the line dates it: that clock is joined to Xen's, and by it to others"
{ echo "[2023-05-06 10:00:00.000000] (XEN) Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021"
  echo "[2023-05-06 10:01:10.000000] $now"
  echo "[2023-05-06 10:01:20.000000] (XEN) [VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr 3b000148"; } >outer.log
echo '(XEN) [   70.500000] [VT-D]DMAR:[DMA Write] Request device [0000:00:05.0] fault addr 3b000148' >xl-only.txt
take outer.db outer.log xl-only.txt
is "$(boots outer.db) $(joins outer.db)" "1 wall now; xen-boot base" joins
is "$(ask outer.db "SELECT base_lo <= 82250000000 AND base_hi >= 82250000000 AND base_hi - base_lo < 1100000000 FROM v_fault WHERE device = '0000:00:03.0'")" 1 "in Xen's time"
sed '/pressed/d' outer.log >no.log
take no.db no.log xl-only.txt
is "$(joins no.db)" "wall not; xen-boot base" "without that line"

it "a calendar that was set in between is as uncertain as that"
{ cat outer.log
  echo "[2023-05-06 10:05:00.000000] (XEN) 'q' pressed -> dumping domain info (now = 102250000000)"; } >set.log
take set.db set.log xl-only.txt
is "$(ask set.db "SELECT offset_hi - offset_lo > 200000000000 FROM clock WHERE kind = 'wall'")" 1 "wide"
