# Traces: every form gives the same rows, convert writes what is read back to the same rows, and what was lost makes nothing certain.
cd "$T" || exit 2
blkback=$root/samples/xen-pv-blkback-grants/console.log

# All rows of a trace, without what is of its file.
rows_of() {
	ask "$1" "SELECT 'grant ' || op || '|' || ifnull(domain, '') || '|' || ifnull(mapper, 0) || '|' || ifnull(ref, '') || '|' || ifnull(handle, '') || '|' ||
		ifnull(bus_addr, ifnull(frame << 12, '')) || '|' || ifnull(host_addr, '') || '|' || ifnull(flags, '') || '|' || ifnull(status, '') || '|' || t_lo || '|' || t_hi
		FROM grant_op WHERE op IN ('map', 'unmap') AND handle IS NOT NULL ORDER BY t_lo, id"
	ask "$1" "SELECT 'dma ' || what || '|' || ifnull(dev, '') || '|' || dma || '|' || ifnull(size, '') || '|' || ifnull(dir, '') || '|' || ifnull(pa, '') || '|' || t_lo || '|' || t_hi
		FROM dma_map WHERE what IN ('map', 'unmap') ORDER BY t_lo, id"
	ask "$1" "SELECT 'bounce ' || dev || '|' || dev_addr || '|' || size || '|' || dma_mask || '|' || t_lo || '|' || t_hi FROM dma_bounce ORDER BY t_lo, id"
}

round_trip() {
	rm -f there.db back.db
	run faultline convert -q "$1"
	code 0
	cp out there.txt
	run faultline convert -q there.txt
	code 0
	same there.txt out "what was converted twice differs"
	faultline ingest -q -d there.db "$1" 2>/dev/null
	faultline ingest -q -d back.db there.txt
	rows_of there.db >there
	rows_of back.db >back
	same there back "rows that were converted differ"
}

# ---- one operation in every form ---------------------------------------------

form() {
	it "a map of a grant, written by $1"
	printf '%s\n' "$2" >form.log
	rm -f form.db
	run faultline ingest -q -d form.db form.log
	code 0
	is "$(ask form.db "SELECT domain || ' ' || ref || ' ' || handle || ' ' || (bus_addr >> 12) || ' ' || t_lo || ' ' || trust FROM grant_op")" \
		"1 8 5 8660171 68289912000 host" row
}
words='n=1 w={0x880001000,0x800000006,0x500000001,0x8424cb000}'
form tracefs "  vif1.0-q0-guest-2311  [002] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) $words"
form "tracefs with thread groups" "  vif1.0-q0-guest-2311    (   2311) [002] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) $words"
form "trace-cmd report" " vif1.0-q0-guest-2311  [002]    68.289912: gnt_map:              (ffff800080a1b2c0) $words"
form "perf script" " vif1.0-q0-guest  2311 [002]    68.289912: fl:gnt_map: (ffff800080a1b2c0) $words"
form "perf script with threads" " vif1.0-q0-guest  2311/2312 [002]    68.289912000: fl:gnt_map: (ffff800080a1b2c0) $words"
form bpftrace "gnt t=68289912000 op=map cpu=1 n=0/1 dom=1 ref=8 fl=0x6 host=0x880001000 hnd=0x5 bus=0x8424cb000 st=0 rc=0 comm=vif1.0-q0 guest"
form "bpftrace, keys in another order" "gnt t=68289912000 hnd=5 st=0 bus=0x8424cb000 ref=0x8 new=1 dom=1 op=map"
form "bpftrace as JSON" '{"type": "printf", "data": "gnt t=68289912000 op=map dom=1 ref=8 hnd=0x5 bus=0x8424cb000 st=0\n"}'

it "what only looks like a record is none"
cat >none.log <<END
gnt t=68289912000 op=map ref=8 hnd=0x5 bus=0x8424cb000
gnt t=68289912000 op=map dom=1 ref=8 hnd=zzz bus=0x8424cb000
gnt t=-5 op=map dom=1 ref=8 hnd=5 bus=0x8424cb000
gnt t=99999999999999999999 op=map dom=1 ref=8 hnd=5 bus=0x8424cb000
gnt t=1 op=mapped dom=1 ref=8 hnd=5
agnt t=1 op=map dom=1 ref=8 hnd=5
 vif1.0-q0-guest  2311 [002]    68.289912: gnt_map: (ffff800080a1b2c0) $words
 vif1.0-q0-guest  x/2312 [002]    68.289912: fl:gnt_map: (ffff800080a1b2c0) $words
{"type": "map", "data": "[    1.000000] macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK"}
END
run faultline ingest -q -d none.db none.log
code 0
is "$(ask none.db 'SELECT count(*) FROM grant_op')" 0 operations
is "$(ask none.db 'SELECT count(*) FROM device_error')" 0 errors

it "a guest's record is a guest's"
sed 's/^/(d1) /' form.log >guest.log
run faultline ingest -q -d guest.db guest.log
run faultline convert -q guest.log
not_out 'op=map'

it "a record that a program logs may be what a guest said: it is none"
sed 's/^/Nov 21 02:40:13 zcu102 evil[123]: /' form.log >program.log
echo "Nov 21 02:40:13 zcu102 evil[123]: x-1 [000] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) $words" >>program.log
echo "Nov 21 02:40:13 zcu102 evil[123]: gnt t=68289912000 op=map dom=1 ref=8 hnd=0x5 bus=0x8424cb000 st=0" >>program.log
rm -f program.db
run faultline ingest -q -d program.db program.log
code 0
is "$(ask program.db 'SELECT count(*) FROM grant_op')" 0 operations

it "a scatterlist is one mapping a segment"
echo '  kworker/0:1-24  [002] .....    68.289914: dma_map_sg: 0000:03:00.0 dir=TO_DEVICE nents=3/3 ents=2/2 dma_addrs={0xfdb6c000,0x8424cb000} sizes={0x2000,0x200} phys_addrs={0x1025e4000,0x1025e5000,0x880001000} attrs=' >sg.log
rm -f sg.db
run faultline ingest -q -d sg.db sg.log
is "$(ask sg.db "SELECT group_concat(printf('%x:%d', dma, size), ' ') FROM (SELECT * FROM dma_map ORDER BY id)")" "fdb6c000:8192 8424cb000:512" segments
sed 's/sizes={0x2000,0x200}/sizes={0x2000}/' sg.log >short.log
rm -f short.db
run faultline ingest -q -d short.db short.log
is "$(ask short.db "SELECT count(*) FROM dma_map")" 1 "segments, where one has no length"

it "an error that a tracepoint has is none that was printed"
echo '  irq/24-aerdrv-78    [000] .....    12.345678: aer_event: 0000:01:00.0 PCIe Bus Error: severity=Uncorrected, non-fatal, Unsupported Request, TLP Header={0x40000001,0x1f,0xfdb6c000,0x0}' >ras.log
rm -f ras.db
run faultline ingest -q -d ras.db ras.log
is "$(ask ras.db "SELECT what || ' ' || bdf || ' ' || severity || ' ' || says FROM pci_event")" "traced 0000:01:00.0 nonfatal Unsupported Request" event
is "$(ask ras.db "SELECT count(*) FROM pci_error")" 0 records

# ---- round trips -------------------------------------------------------------

it "the ftrace part of a capture and its dump agree, and survive convert"
round_trip "$blkback"
is "$(grep -c 'op=map' there.txt)" "$(ask there.db "SELECT count(*) FROM grant_op WHERE op = 'map'")" maps
run faultline query -q -d there.db -f csv "SELECT count(*) FROM grant_op AS o JOIN grant_snapshot AS s
	ON s.domain = o.domain AND s.ref = o.ref WHERE o.op = 'map' AND s.frame <> o.bus_addr >> 12
	AND s.line > o.line AND NOT EXISTS (SELECT 1 FROM grant_op AS l WHERE l.op = 'map' AND l.domain = o.domain AND l.ref = o.ref AND l.line BETWEEN o.line + 1 AND s.line)"
out_like '^0$'

it "empty batches close no grant: handle 0 stays live"
is "$(ask there.db "SELECT count(*) FROM grant_op WHERE op = 'unmap' AND count = 0 AND handle IS NOT NULL")" 0 "handles of empty batches"

it "a batch of which one operation is shown: the others are told as lost"
is "$(ask there.db "SELECT max(count - shown) FROM grant_op WHERE op = 'map'")" 10 "hidden operations"
grep -q 'op=lost n=10' there.txt || problem "convert does not tell the ten"

it "every form in one file survives convert"
{
	cat form.log
	echo "  vif1.0-q0-guest-2311  [002] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) n=2 w={0x880001000,0x800000006,0x500000001,0x8424cb000,0x880002000,0x2ff00000006,0xfffffffffffd0001,0x0}"
	echo "  vif1.0-q0-deall-2312  [000] .....    68.291333: gnt_unmap: (gnttab_unmap_refs+0x0/0x190) n=1 w={0x880001000,0x0,0x5}"
	echo "              ls 31957 [000]  1303.065122: dma:dma_map_page: ff0e0000.ethernet dir=TO_DEVICE dma_addr=8424cb148 size=74 phys_addr=880001148 attrs="
	echo "              ls-4486  [000]  1475.384792: dma_unmap_phys:      ff0e0000.ethernet dir=FROM_DEVICE dma_addr=8424cb148 size=74 attrs=NO_WARN"
	echo "vif1.0-q0-guest-2311  [002] b..2.  1476.289912: swiotlb_bounced: dev_name: 0000:00:0a.0 dma_mask=ffffffffffffffff dev_addr=9f2c617e size=90 FORCE"
	echo "gnt t=1477000000000 op=bounce dev=ff0e0000.ethernet dma=0x8424cb148 sz=1448 mask=0xffffffff"
	echo "gnt t=1478000000000 op=map dom=3 ref=9 hnd=7 self=2"
} >all.log
round_trip all.log
is "$(wc -l <there | tr -d " ")" 10 rows

it "convert without an operation says so"
echo "[    1.000000] nothing of a trace" >plain.log
run faultline convert plain.log
code 0
err 'no grant and no DMA operation'

# ---- what was lost -----------------------------------------------------------

it "lost records are a gap"
{
	echo "$(sed 's/^ *//' form.log)" | sed 's/^{.*//'
	echo "gnt t=68289912000 op=map dom=1 ref=8 hnd=0x5 bus=0x8424cb000 st=0"
	echo "CPU:1 [LOST 123 EVENTS]"
	echo "gnt t=68299912000 op=map dom=1 ref=9 hnd=0x6 bus=0x8424cc000 st=0"
} >lost.log
run faultline ingest -q -d lost.db lost.log
is "$(ask lost.db "SELECT what || ' ' || count || ' ' || cpu FROM loss")" "trace 123 1" loss
run faultline report gaps -d lost.db
out '123 records are missing from a trace'

# ---- Xen's own trace, binary -------------------------------------------------

# Words of a file, in the byte order of the machine that wrote it: order le|be.
order=le
words() {
	for word; do
		a=$(printf '\\%03o' $((word & 255))) b=$(printf '\\%03o' $((word >> 8 & 255)))
		c=$(printf '\\%03o' $((word >> 16 & 255))) d=$(printf '\\%03o' $((word >> 24 & 255)))
		if [ "$order" = le ]; then printf "$a$b$c$d"; else printf "$d$c$b$a"; fi
	done
}

# Two windows of two processors: domain 0 maps and unmaps a page of domain 1, records are lost, domain 5's page is mapped by nobody knows whom.
xentrace_file() {
	words 0x2001f003 0 100
	words 0x90021101 1000 1 0
	words 0x9010f001 2400 1 1
	words 0xb020100d 4800 1 0x1100014 0 3
	words 0xc001f001 5000 1 7 0 0x3b9aefe4 0
	words 0x9010f002 7200 1 1
	words 0x2001f003 1 16
	words 0x9010f001 3000 1 5
}
xentrace_rows() {
	ask "$1" "SELECT op || '|' || domain || '|' || ifnull(mapper, '?') || '|' || cpu || '|' || t_lo FROM grant_op ORDER BY t_lo"
	ask "$1" "SELECT what || '|' || count FROM loss"
}
cat >wanted <<END
xen-map|1|0|0|4294969696
xen-map|5|?|1|4294970296
xen-unmap|1|0|0|4294974496
trace|7
END

it "a binary trace of Xen, in both byte orders"
for order in le be; do
	xentrace_file >"$order.bin"
	rm -f "$order.db"
	run faultline ingest -d "$order.db" "$order.bin"
	code 0
	xentrace_rows "$order.db" >got
	same wanted got "rows of $order"
	is "$(ask "$order.db" 'SELECT lines FROM capture')" 8 "records and windows"
done
order=le

it "it tells no page: nothing is taken for a trace of grants"
is "$(ask le.db "SELECT count(*) FROM grant_op WHERE frame IS NOT NULL OR bus_addr IS NOT NULL OR handle IS NOT NULL")" 0 frames
is "$(ask le.db "SELECT count(*) FROM v_observed WHERE what = 'grant-trace'")" 0 "observed"
run faultline convert -q le.bin
not_out 'op=map'

it "its cycles are seconds, where Xen printed how fast they count"
sed 's/Detected [0-9.]* MHz/Detected 2000.000 MHz/' "$root/samples/xen-vtd-stray-dma/console.log" >mhz.log
rm -f mhz.db
faultline ingest -q -d mhz.db mhz.log le.bin
is "$(ask mhz.db "SELECT group_concat(op || ' ' || printf('%.7f', seconds), ' ') FROM (SELECT * FROM v_xen_trace ORDER BY cycles)")" "xen-map 0.0000000 xen-map 0.0000003 xen-unmap 0.0000024" seconds
is "$(ask le.db "SELECT count(*) FROM v_xen_trace WHERE seconds IS NOT NULL")" 0 "seconds without a frequency"

it "cut off anywhere: what was there is read, and the rest is told"
size=$(wc -c <le.bin)
at=12
while [ "$at" -lt "$size" ]; do
	head -c "$at" le.bin >cut.bin
	rm -f cut.db
	run faultline ingest -q -d cut.db cut.bin
	code 0
	lost=$(ask cut.db "SELECT count(*) FROM loss WHERE says LIKE 'the file ends%'")
	[ "$lost" -le 1 ] || problem "$lost ends at byte $at"
	at=$((at + 1))
done

it "a window whose records make no sense is left, the next one is read"
{
	words 0x2001f003 0 32
	words 0xffffffff 1 2 3 4 5 6 7
	words 0x2001f003 1 16
	words 0x9010f001 3000 1 5
} >bad.bin
run faultline ingest -q -d bad.db bad.bin
code 0
is "$(ask bad.db "SELECT op FROM grant_op")" xen-map operations
is "$(ask bad.db "SELECT offset_in || ': ' || says FROM loss")" "12: no record starts here; the rest of the window is left" loss

it "what Xen's tools print of such a trace"
cat >tools.log <<END
CPU0  1000002400 (+    2400)  page_grant_map      [ domid = 1 ]
CPU0  1000007200 (+    2200)  page_grant_unmap    [ domid = 1 ]
     0.000001000 x. d0v0 grant-map domain 1
     0.000003000 x. d0v0 grant-unmap domain 1
     0.000005001 x. d0v0 lost_records count 7 d0v0 (cur d0v0) first_tsc 1000009700
END
run faultline ingest -q -d tools.db tools.log
code 0
is "$(ask tools.db "SELECT group_concat(op, ' ') FROM grant_op")" "xen-map xen-unmap xen-map xen-unmap" operations
is "$(ask tools.db "SELECT count FROM loss")" 7 loss

# ---- clocks and gaps against verdicts ----------------------------------------

ended=$root/tests/cases/grant-ended-before/console.log
tr -d '\r' <"$ended" | sed '/^# tracer/,$d' >without.log
tr -d '\r' <"$ended" | sed -n '/^ .*\[00[01]\]/p' >trace.txt

# joined FILE: what each fault's grant is, and how sure.
joined() {
	rm -f joined.db
	faultline ingest -q -d joined.db "$1" 2>/dev/null
	ask joined.db "SELECT DISTINCT grant_state || ' ' || relation FROM fault_join WHERE grant_why = 'trace'"
}

it "a trace of printk's clock ends a grant; the same one of an unknown clock does not"
cat without.log trace.txt >known.log
is "$(joined known.log)" "ended certain" ftrace
faultline convert -q trace.txt >v1.txt
cat without.log v1.txt >unknown.log
is "$(joined unknown.log)" "live possible" "our own form"
sed 's/^  *\([^ ]*\)-\([0-9]*\)  *\(\[...\]\) ..... *\([0-9.]*\): /\1 \2 \3 \4: fl:/' trace.txt >perf.txt
cat without.log perf.txt >perf.log
is "$(joined perf.log)" "live possible" perf
run faultline -q unknown.log
not_out 'likely: A back end unmapped a grant'
sed 's/ t=6\([0-9]\)/ t=9\1/' v1.txt >later.txt
cat without.log later.txt >later.log
is "$(joined later.log)" "live possible" "another offset of that clock"

# A trace of a clock that is 20 s behind printk's, and the words that are in both: marked STAMP MARK-LINES
grep -v '^#' v1.txt | while read -r gnt t rest; do
	echo "$gnt t=$((${t#t=} - 20000000000)) $rest"
done >behind.txt
marked() {
	{
		cat without.log
		echo "[   $1] faultline: anchor 1612570000.77"
		echo "#gnttrace 1 clock=mono src=bpftrace"
		printf '%b' "$2"
		cat behind.txt
	} >marked.log
}

it "an anchor joins a trace of another clock: the grant had ended for certain"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.77\n'
is "$(joined marked.log)" "ended certain" "our own form"
is "$(ask joined.db "SELECT offset_lo || ' ' || offset_hi FROM clock WHERE kind = 'trace-other'" | tr -d '"')" "19996921369 20003079631" offset
run faultline report gaps -d joined.db
not_out 'nothing joins the clock'
echo "# faultline trace_clock: mono" >mono.txt
while read -r line; do echo "$line"; done <trace.txt | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9]+:$/) { sub(/:$/, "", $i); $i = sprintf("%.6f:", $i - 20) } print }' >>mono.txt
{
	cat without.log
	echo "[   61.000000] faultline: anchor 77"
	echo "     sh-1    [001] ..... 40.999990: tracing_mark_write: faultline: anchor 77 before"
	echo "     sh-1    [001] ..... 41.000010: tracing_mark_write: faultline: anchor 77 after"
	cat mono.txt
} >ftrace.log
is "$(joined ftrace.log)" "ended certain" ftrace

it "what is no anchor joins nothing"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.78\n'
is "$(joined marked.log)" "live possible" "other words"
run faultline report gaps -d joined.db
out 'nothing joins the clock of this trace'
marked 61.000000 'gnt t=40999990000 op=mark id=1612570000.77\n'
is "$(joined marked.log)" "live possible" "one instant: before or after is not known"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.77\n'
echo "[   65.000000] faultline: anchor 1612570000.77" >>marked.log
is "$(joined marked.log)" "live possible" "the same words twice"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.77\n'
sed 's/^\(.*faultline: anchor .*\)/(d1) \1/' marked.log >guest.log
is "$(joined guest.log)" "live possible" "a guest's words"
sed 's/clock=mono/clock=tsc/' marked.log >cycles.log
is "$(joined cycles.log)" "live possible" cycles
grep -v ' before$' ftrace.log >half.log
is "$(joined half.log)" "live possible" "only behind the log"

it "a trace that says that its clock is not printk's is not joined without an anchor"
grep -v 'faultline: anchor' ftrace.log >mono.log
is "$(joined mono.log)" "live possible" mono
sed 's/trace_clock: mono/trace_clock: perf/' mono.log | awk '/trace_clock/ { print; while ((getline line < "trace.txt") > 0) print line; exit } { print }' >perf.log
is "$(joined perf.log)" "ended certain" perf

it "what a trace says of its clock holds for no other trace beside it"
{
	cat without.log
	echo "# faultline trace_clock: perf"
	sed 's/^  *\([^ ]*\)-\([0-9]*\)  *\(\[...\]\) ..... *\([0-9.]*\): /\1 \2 \3 \4: fl:/' trace.txt
} >beside.log
is "$(joined beside.log)" "live possible" "perf script behind ftrace"
sed 's/^# faultline trace_clock: perf/#gnttrace 1 clock=local src=x/' beside.log >beside-v1.log
is "$(joined beside-v1.log)" "live possible" "perf script behind our own form"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.77\n'
echo "#gnttrace 1 clock=boot src=bpftrace" >>marked.log
is "$(joined marked.log)" "live possible" "two clocks of our own form"

it "an anchor far away holds less: clocks drift"
marked 61.000000 'gnt t=40999990000 res=20000 op=mark id=1612570000.77\n'
echo 'gnt t=9940999990000 op=map dom=1 ref=3 hnd=99 bus=0x1000' >>marked.log
is "$(joined marked.log)" "live possible" "within hours"

it "a grant that a trace saw live is live for certain, but not across lost records"
grep -v unmap: trace.txt >maps.txt
{
	cat without.log maps.txt
	echo "     ksoftirqd/1-16    [001] d.s2    82.301955: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=1 host_addr=0x3e5c4000 flags=6 ref=50 dom=1 status=0 handle=40 dev_bus_addr=0x8424cd000"
} >live.log
is "$(joined live.log)" "live certain" whole
sed 's/^\(.*82\.301955\)/CPU:0 [LOST 3 EVENTS]\n\1/' live.log >gap.log
is "$(joined gap.log)" "live possible" "with a gap"

