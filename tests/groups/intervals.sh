# Grant intervals: what a trace's maps and unmaps come to, and what is not known of them; the same rows whatever the order they were read in.
cd "$T" || exit 2
blkback=$root/samples/xen-pv-blkback-grants/console.log

# take DB FILE…: reads them as the captures of one machine.
take() {
	db=$1
	shift
	rm -f "$db"
	run faultline ingest -q -d "$db" "$@"
	code 0
}

# Intervals of a database, without what is of its files.
rows_of() {
	ask "$1" "SELECT state || '|' || n || '|' || mapper || '|' || ifnull(handle, '') || '|' || ifnull(domain, '') || '|' || ifnull(ref, '') || '|' || ifnull(frame, '') || '|' ||
		ifnull(flags, '') || '|' || ifnull(map_lo, '') || '|' || ifnull(map_hi, '') || '|' || ifnull(end_lo, '') || '|' || ifnull(end_hi, '') || '|' || gap || '|' || unshown
		FROM v_grant_interval" | LC_ALL=C sort
}

states() { ask "$1" "SELECT state || ' ' || sum(n) FROM grant_interval GROUP BY state ORDER BY state" | paste -s -d ' ' -; }

# Records of ftrace: map TIME COUNT REF HANDLE PAGE, unmap TIME COUNT HANDLE, lost.
map() {
	echo " vif1.0-q0-guest-581   [001] ...1.    $1: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=$2 host_addr=0x3e5c7000 flags=6 ref=$3 dom=1 status=0 handle=$4 dev_bus_addr=0x${5}000"
}
unmap() { echo " vif1.0-q0-deall-583   [000] d..1    $1: unmap: (gnttab_unmap_refs+0x0/0x70) count=$2 host_addr=0x3e5c7000 dev_bus_addr=0x0 handle=$3"; }
lost() { echo "CPU:0 [LOST 3 EVENTS]"; }

# ---- a real capture ----------------------------------------------------------

it "refs, frames, mappers and access of the trace are those of the dump, row by row"
take blkback.db "$blkback"
ask blkback.db "SELECT printf('d%d ref %d frame 0x%x by d%d handle %d flags 0x%x: ', i.domain, i.ref, i.frame, i.mapper, i.handle, i.flags)
		|| CASE WHEN s.ref IS NULL THEN 'not dumped'
			WHEN s.frame = i.frame AND s.mapper = i.mapper AND s.gframe = i.frame AND s.pin & 0xff > 0 AND i.ro = 0 THEN 'the same' ELSE 'differs' END AS says
	FROM v_grant_interval AS i LEFT JOIN grant_snapshot AS s ON s.domain = i.domain AND s.ref = i.ref
	WHERE i.state NOT IN ('unknown', 'left') ORDER BY i.handle" | tr -d '"' >got
cat >wanted <<END
d1 ref 1 frame 0x3f601 by d0 handle 0 flags 0x1001a: the same
d1 ref 0 frame 0x3f602 by d0 handle 2 flags 0x1001a: the same
d1 ref 9 frame 0x3b2aa by d0 handle 5 flags 0x2: the same
d1 ref 10 frame 0x3b2a9 by d0 handle 6 flags 0x2: the same
d1 ref 21 frame 0x3b29e by d0 handle 17 flags 0x2: the same
END
same wanted got "trace and dump differ"

it "the batch of 11 is one known grant and ten unknown ones; with the batch of 5 they are what else the dump has, and one older grant"
is "$(ask blkback.db "SELECT sum(i.n * (i.state <> 'unknown')) || ' known ' || sum(i.n * (i.state = 'unknown')) || ' unknown'
	FROM grant_interval AS i JOIN grant_op AS o ON o.id = i.map_op WHERE o.count = 11")" "1 known 10 unknown" "batch of 11"
is "$(ask blkback.db "SELECT count(*) FROM grant_interval WHERE state = 'unknown' AND frame IS NOT NULL")" 0 "frames of unknown grants"
is "$(ask blkback.db "SELECT (SELECT count(*) FROM grant_snapshot WHERE domain = 1) || ' = ' || (SELECT count(*) FROM grant_interval WHERE map_op AND state <> 'unknown') || ' + '
	|| (SELECT sum(n) FROM grant_interval WHERE map_op AND state = 'unknown') || ' + 1' AS says")" "20 = 5 + 14 + 1" "rows of the dump"
is "$(states blkback.db)" "closed 3 left 1 open 2 unknown 29" states
is "$(ask blkback.db "SELECT DISTINCT unshown FROM grant_interval WHERE state = 'open'")" 15 "unmaps that may be the end of the two"
run faultline report -q -d blkback.db gaps
out '29 operations of batches in traces are not shown'

it "the dozens of empty batches close nothing; one of a single grant does"
is "$(ask blkback.db "SELECT count(*) > 24 FROM grant_op WHERE op = 'unmap' AND count = 0")" 1 "empty batches"
is "$(ask blkback.db "SELECT count(*) FROM grant_interval AS i JOIN grant_op AS e ON e.id = i.end_op WHERE e.count = 0")" 0 "ends by empty batches"
is "$(ask blkback.db "SELECT end_line FROM v_grant_interval WHERE handle = 0")" 1618 "end of handle 0"
sed '688s/count=0/count=1/' "$blkback" >one.log
take one.db one.log
is "$(ask one.db "SELECT end_line FROM v_grant_interval WHERE handle = 0 AND state = 'closed'")" 688 "end of handle 0 with one batch of one"

it "converted to our own form, the same grants come back; what a batch hides is a gap then"
grants="SELECT state || '|' || mapper || '|' || handle || '|' || ifnull(domain, '') || '|' || ifnull(ref, '') || '|' || ifnull(frame, '') || '|' || ifnull(flags, '')
	FROM v_grant_interval WHERE state <> 'unknown' ORDER BY state, handle"
run faultline convert -q "$blkback"
cp out back.txt
take back.db back.txt
ask blkback.db "$grants" >there
ask back.db "$grants" >back
same there back "grants that were converted differ"
is "$(ask back.db "SELECT DISTINCT gap FROM grant_interval WHERE state <> 'left'")" 1 "gap of grants that a batch was in"

# ---- what is not known -------------------------------------------------------

it "each state: left, reused, closed, open; a failed operation is none; lost records are a gap of what was mapped then"
{
	echo " x-1 [000] .....     1.000001: gnttab_unmap: (gnttab_unmap_refs+0x0/0x1d0) handle=9 frame=0x900 status=0"
	map 2.000001 1 1 1 100
	map 2.500001 1 2 2 200
	lost
	map 3.000001 1 3 2 300
	map 4.000001 1 4 4294967295 0 | sed 's/status=0/status=-3/'
	unmap 5.000001 1 1
} >states.txt
take states.db states.txt
ask states.db "SELECT state || ' ' || handle || ' ' || printf('%x', frame) || ' ' || gap FROM v_grant_interval" >got
cat >wanted <<END
left 9 900 0
reused 2 200 1
closed 1 100 1
open 2 300 0
END
same wanted got "states"
run faultline report -q -d states.db intervals
code 0
out 'its handle was mapped again; its unmap was not seen; records were lost meanwhile'
out 'unmapped; its map was not seen'

it "traces of clocks that nobody knows are not paired with each other"
echo "gnt t=1000 op=map dom=1 ref=8 hnd=5 bus=0x100000 st=0" >a.txt
echo "gnt t=2000 op=unmap hnd=5" >b.txt
take apart.db a.txt b.txt
is "$(states apart.db)" "left 1 open 1" "two files"
cat a.txt b.txt >ab.txt
take together.db ab.txt
is "$(states together.db)" "closed 1" "one file"

it "a batch in two lines hides what neither shows"
words=$(awk 'BEGIN { for (i = 0; i < 15; i++) printf "%s0x%x,0x%x00000002,0x%x00000001,0x%x000", i ? "," : "", 4096 * (i + 1), i + 1, i + 1, 256 + i }')
{
	echo " x-1 [002] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) n=18 w={$words}"
	echo " x-1 [002] .....    68.289913: gnt_map2: (set_foreign_p2m_mapping+0x0/0x118) n=18 w={0x10000,0x1000000002,0x1000000001,0x110000,0x11000,0x1100000002,0x1100000001,0x111000}"
} >both.txt
take both.db both.txt
is "$(states both.db)" "open 17 unknown 1" both
sed 1q both.txt >half.txt
take half.db half.txt
is "$(states half.db)" "open 15 unknown 3" "the first alone"

it "a number of operations that no batch has does no harm"
sed 's/count=1 \(.*handle=1 dev\)/count=9223372036854775807 \1/' states.txt >huge.txt
take huge.db huge.txt
is "$(states huge.db)" "closed 1 left 1 open 1 reused 1 unknown 4294967295" states
run faultline -q huge.txt
code 0

# ---- two ways, the same rows -------------------------------------------------

# A trace of 2000 operations on two processors: handles are used again, some unmaps and records are missing, some batches are not shown.
awk 'BEGIN {
	for (i = 0; i < 2000; i++) {
		h = i * 7 % 40
		t = sprintf("%d.%06d", 10 + int(i / 50), i % 50 * 20000 + 1)
		if (!live[h] || i % 97 == 0) {
			live[h] = 1
			printf " m-1 [%03d] .....    %s: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=%d host_addr=0x%x000 flags=%d ref=%d dom=1 status=0 handle=%d dev_bus_addr=0x%x000\n", i % 2, t, i % 53 ? 1 : 4, h, i % 3 ? 2 : 6, i % 512, h, 4096 + i * 31 % 900
		} else {
			live[h] = i % 89 == 0
			if (i % 89)
				printf " u-2 [%03d] .....    %s: unmap: (gnttab_unmap_refs+0x0/0x70) count=%d host_addr=0x%x000 dev_bus_addr=0x0 handle=%d\n", i % 2, t, i % 61 ? 1 : 3, h, h
			if (i % 83 == 0)
				printf " u-2 [%03d] .....    %s: unmap: (gnttab_unmap_refs+0x0/0x70) count=1 host_addr=0x%x000 dev_bus_addr=0x0 handle=%d\n", i % 2, t, h, h
		}
	}
}' >whole.txt
echo '[    9.000000] Linux version 5.10.0 (a@b) (gcc) #1 SMP' >linux.txt
take whole.db linux.txt whole.txt
rows_of whole.db >whole

it "the trace for that has every state"
is "$(ask whole.db "SELECT group_concat(state, ' ') FROM (SELECT DISTINCT state FROM grant_interval ORDER BY state)")" "closed left open reused unknown" states

it "one file a processor: the same rows"
grep '\[000\]' whole.txt >cpu0.txt
grep '\[001\]' whole.txt >cpu1.txt
take cpus.db linux.txt cpu0.txt cpu1.txt
rows_of cpus.db >cpus
same whole cpus "rows differ"
take cpus.db cpu1.txt linux.txt cpu0.txt
rows_of cpus.db >cpus
same whole cpus "rows differ in another order of files"

it "one processor's records behind the other's in one file: the same rows"
cat cpu1.txt cpu0.txt >behind.txt
take behind.db linux.txt behind.txt
rows_of behind.db >behind
same whole behind "rows differ"

it "halves in two files, the second one first, with lost records: the same rows"
awk 'NR % 300 == 7 { print "CPU:0 [LOST 5 EVENTS]" } { print }' whole.txt >lost.txt
sed -n '1,900p' lost.txt >first.txt
sed -n '901,$p' lost.txt >second.txt
take lost.db linux.txt lost.txt
rows_of lost.db >lost
is "$(ask lost.db "SELECT sum(gap) > 50 FROM grant_interval")" 1 "gaps"
take halves.db linux.txt second.txt first.txt
rows_of halves.db >halves
same lost halves "rows differ"

it "what is stored already makes no second rows"
take later.db linux.txt whole.txt
run faultline ingest -q -d later.db linux.txt whole.txt
code 0
rows_of later.db >later
same whole later "rows differ"

# ---- against verdicts --------------------------------------------------------

ended=$root/tests/cases/grant-ended-before/console.log
tr -d '\r' <"$ended" | sed '/^# tracer/,$d' >console.log
tr -d '\r' <"$ended" | sed -n '/^ .*\[00[01]\]/p' >trace.txt
sed -n 1,3p trace.txt >maps.txt

# joined FILE…: what each fault's grant is, how sure, and how many operations that hangs on.
joined() {
	take joined.db "$@"
	ask joined.db "SELECT DISTINCT ifnull(grant_state, 'none') || ' ' || ifnull(relation, '-') || ' ' || ifnull(unshown, 0) FROM fault_join ORDER BY 1"
}

it "an unmap counts as long as the trace goes on: on the same console behind the fault, or with records after it"
cat console.log trace.txt >behind.log
is "$(joined behind.log)" "ended certain 0" "behind the faults"
is "$(joined console.log trace.txt)" "ended possible 0" "a file that ends before the faults"
{ cat trace.txt; map 90.000001 1 77 50 851de; } >longer.txt
is "$(joined console.log longer.txt)" "ended certain 0" "a file that ends after the faults"

it "between two traces nobody was looking"
{ map 50.000001 1 77 50 851de; cat maps.txt; } >early.txt
{ map 80.000001 1 78 51 851df; map 90.000001 1 79 52 851dd; } >late.txt
is "$(joined console.log early.txt late.txt)" "live possible 0" "a hole"
cat early.txt late.txt >one.txt
is "$(joined console.log one.txt)" "live certain 0" "none"

it "a handle that is mapped again was given back before"
{ cat maps.txt; for n in 31 32 33; do map 64.0000$n 1 8$n $n 851de; done; map 90.000001 1 79 52 851dd; } >reuse.txt
is "$(joined console.log reuse.txt)" "ended possible 0" reused
{ cat maps.txt; for n in 41 42 43; do map 64.0000$n 1 8$n $n 851de; done; map 90.000001 1 79 52 851dd; } >other.txt
is "$(joined console.log other.txt)" "live certain 0" "other handles"

it "of several grants of a page the last one before the fault counts"
{ cat maps.txt; for n in 31 32 33; do unmap 62.5000$n 1 $n; done; cat maps.txt | sed 's/ 62\.30/ 62.70/; s/ref=4/ref=14/'; sed -n '4,$p' trace.txt; map 90.000001 1 79 52 851dd; } >again.txt
is "$(joined console.log again.txt)" "ended certain 0" "join"
is "$(ask joined.db "SELECT group_concat(grant_ref, ' ') FROM (SELECT grant_ref FROM fault_join ORDER BY fault)")" "142 144 146" refs

it "a page that no map shows may be among those that a batch does not show"
{ map 60.000001 12 77 50 851de; map 90.000001 1 79 52 851dd; } >hidden.txt
is "$(joined console.log hidden.txt)" "none - 11" "a batch of 12"
run faultline -q console.log hidden.txt
out 'which pages the 11 maps are for that the trace does not show of its batches'
run faultline why -q -d joined.db arm-grant-not-in-iommu-p2m
out '11 maps of batches that no line shows may be of it'
{ map 60.000001 1 77 50 851de; map 90.000001 1 79 52 851dd; } >shown.txt
is "$(joined console.log shown.txt)" "none - 0" "a batch of 1"
run faultline -q console.log shown.txt
not_out 'which pages'
{ map 80.000001 12 77 50 851de; map 90.000001 1 79 52 851dd; } >after.txt
is "$(joined console.log after.txt)" "none - 0" "a batch of 12 after the faults"

it "a page that a batch may have mapped a second time had not ended for certain; nor when the batch was before"
{ map 62.000001 3 60 50 851de; cat trace.txt; map 90.000001 1 79 52 851dd; } >before.txt
is "$(joined console.log before.txt)" "ended certain 0" "a batch before the grants"
{ map 63.000001 3 60 50 851de; cat trace.txt; map 90.000001 1 79 52 851dd; } | sort -k 4 >twice.txt
is "$(joined console.log twice.txt)" "ended possible 0" "a batch while they are mapped"

it "that a page is mapped after the fault does not show that it was not before"
{ map 60.000001 1 60 50 851de; sed 's/ 62\.30/ 82.30/' maps.txt; } >after.txt
is "$(joined console.log after.txt)" "later possible 0" "mapped after the faults"

it "a grant that an unmap of a batch may have ended is not live for certain"
{ cat maps.txt; unmap 64.000001 6 99; map 90.000001 1 79 52 851dd; } >batch.txt
is "$(joined console.log batch.txt)" "live possible 5" "a batch of 6"
run faultline -q console.log batch.txt
out 'unmaps of batches that no line shows may be its own'
{ cat maps.txt; unmap 64.000001 1 99; map 90.000001 1 79 52 851dd; } >single.txt
is "$(joined console.log single.txt)" "live certain 0" "a batch of 1"

it "what a trace shows at a time that nobody knows may have ended the grant of another"
{ cat maps.txt; map 90.000001 1 79 52 851dd; } >joined.txt
is "$(joined console.log joined.txt)" "live certain 0" "one trace"
echo 'gnt t=1000 op=unmap hnd=31' >unknown.txt
is "$(joined console.log joined.txt unknown.txt)" "live possible 0" "beside one of another clock"

it "a grant of a dump may have ended by an unmap whose map was not seen; not by one before the dump"
dumped() {
	cat <<-END
	(XEN) Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021
	(XEN) Xen-e820 RAM map:
	(XEN)  [0000000000100000, 000000007ffdffff] (usable)
	(XEN) CPU Vendor: Intel, Family 6 (0x6), Model 44 (0x2c), Stepping 1 (raw 000206c1)
	(XEN) *** Building a PV Dom0 ***
	[    0.000000] Linux version 6.1.0 (a@b) (gcc version 12.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020
	[   60.000000] tick
	(XEN) gnttab_usage_print_all [ key 'g' pressed
	(XEN)       -------- active --------       -------- shared --------
	(XEN) [ref] localdom mfn      pin          localdom gmfn     flags
	(XEN) grant-table for remote d1 (v1)
	(XEN) [0x008]      0 0x3b000 0x00000001          0 0x03b000 0x19
	(XEN) gnttab_usage_print_all ] done
	[   60.500000] tick
	[   66.000000] tick
	(XEN) [VT-D]DMAR:[DMA Write] Request device [0000:00:03.0] fault addr 3b000148
	[   68.000000] tick
	END
	unmap "$1" 1 7
	map 90.000001 1 79 52 851dd
}
dumped 50.000001 >left.log
is "$(joined left.log)" "live certain 0" "before the dump"
dumped 63.000001 >left.log
is "$(joined left.log)" "ended possible 0" "between dump and fault"
dumped 75.000001 >left.log
is "$(joined left.log)" "live certain 0" "behind the fault"

it "a fault before dom0's first line is not dated by the power-on before it"
{
	sed '/smmu@.*iova/,$d' console.log
	echo '[ 5000.000000] tick'
	sed '/Booting Linux/,$d' console.log
	grep -m 1 'iova=0x8424cb148' console.log
	sed -n '/Booting Linux/,/iova=0x8424cb148/p' console.log
	cat trace.txt
} >restarted.log
take restarted.db restarted.log
is "$(ask restarted.db "SELECT ifnull(lo, 'open') || ' ' || (hi / 1000000) FROM v_join_fault ORDER BY line LIMIT 1")" "open 1000" "when the first fault was"
is "$(ask restarted.db "SELECT count(*) || ' ' || grant_state FROM fault_join GROUP BY grant_state ORDER BY 1")" "1 ended
1 later" "one before, one after"

it "nor is one of a power-on without a stamp by the next one, wherever in the file that begins"
banner='(XEN) Xen version 4.14.1 (a@b) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021'
filler() { awk -v kib="$1" 'BEGIN { for (i = 0; i < kib * 16; i++) print "nothing that anybody knows, and nothing that is dated, no. 0000" }'; }
for kib in 1 740 760 850 865 880 890 1020; do
	{
		filler "$kib"
		echo "$banner"
		grep -m 1 'iova=0x8424cb148' console.log
		filler 40
		echo "$banner"
		echo '[    0.000000] Linux version 5.4.0 (a@b) (gcc version 9.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020'
		filler 500
	} >next.log
	take next.db next.log
	is "$(ask next.db "SELECT count(*) || ' ' || count(t_lo) || ' ' || count(t_hi) FROM iommu_fault")" "1 0 0" "behind $kib KiB"
done

# ---- linear ------------------------------------------------------------------

it "a page that was granted 50,000 times, and 3,000 faults of it: seconds, not hours"
awk 'BEGIN {
	for (i = 0; i < 50000; i++) {
		t = 50 + i * 0.0004
		printf " k-16 [001] d.s2    %.6f: foreign: (set_foreign_p2m_mapping+0x0/0xd8) count=1 host_addr=0x3e5c7000 flags=6 ref=42 dom=1 status=0 handle=31 dev_bus_addr=0x8424cb000\n", t
		printf " k-58 [000] d..1    %.6f: unmap: (gnttab_unmap_refs+0x0/0x70) count=%d host_addr=0x3e5c7000 dev_bus_addr=0x0 handle=31\n", t + 0.0002, i % 2 + 1
	}
}' >hot.txt
awk '/^\(XEN\) smmu.*iova=0x8424cb148/ && !done { for (i = 0; i < 3000; i++) print; done = 1; next } { print }' console.log >hot.log
take hot.db hot.log hot.txt
is "$(ask hot.db "SELECT grant_state || ' ' || relation || ' ' || (unshown > 0) || ' ' || count(*) FROM fault_join WHERE grant_state IS NOT NULL GROUP BY grant_state, relation, unshown > 0")" "live possible 1 3000" join
is "$(ask hot.db "SELECT sum(n) FROM grant_interval WHERE state = 'unknown'")" 25000 "operations not shown"
