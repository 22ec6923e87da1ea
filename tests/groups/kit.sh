# The capture kit: each piece is printed and written as it is, is sound shell, does on a mock of a kernel or of Xen what its top says, and what it saves is read back.

kit=$root/schema/kit
cd "$T" || return 1
mkdir -p bin

# ---- the command ---------------------------------------------------------------

it "capture-kit lists every piece with its title"
run faultline capture-kit
code 0
silent
for file in "$kit"/*; do
	name=${file##*/}
	out_like "^  ${name%.*} "
	out "$(sed -n 's/^# title *//p' "$file")"
done

for file in "$kit"/*; do
	name=${file##*/}
	it "${name%.*} is printed as it is"
	run faultline capture-kit "${name%.*}"
	code 0
	silent
	same "$file" out "what is printed differs from $name"
done

it "a piece that is not there, or two at once"
run faultline capture-kit grunts
code 2
no_output
err "no piece 'grunts'"
err "'faultline capture-kit' lists them"
run faultline capture-kit grants debug-keys
code 2
no_output
err '-o DIR'
run faultline capture-kit "$(printf 'a\033[2Jb')"
code 2
err 'a\x1b[2Jb'
run faultline capture-kit grants/../../fields
code 2

it "-o DIR writes all of them, scripts that can be run"
run sh -c 'umask 022; exec "$0" capture-kit -o all' "$FAULTLINE"
code 0
silent
cp out list
for file in "$kit"/*; do
	name=${file##*/}
	same "$file" "all/$name" "$name differs"
	has list 'the list' "all/$name"
	case $name in
	*.sh) is "$(ls -l "all/$name" | cut -c 1-10)" -rwxr-xr-x "mode of $name" ;;
	*) is "$(ls -l "all/$name" | cut -c 1-10)" -rw-r--r-- "mode of $name" ;;
	esac
done
is "$(ls -A all | wc -l | tr -d ' ')" "$(ls "$kit" | wc -l | tr -d ' ')" files

it "nothing is overwritten, and then nothing is written at all"
echo mine >all/grants.sh
rm all/debug-keys.sh all/xen-command-line.txt
run faultline capture-kit -o all
code 2
no_output
err 'all/dma-bpftrace.sh: File exists'
err 'nothing was written into all'
is "$(cat all/grants.sh)" mine "a file that was there"
[ ! -e all/debug-keys.sh ] || problem "half of the kit was left"

it "pieces by name, one of them twice"
run faultline capture-kit -o all debug-keys xen-command-line debug-keys
code 0
is "$(cat out)" "all/debug-keys.sh
all/xen-command-line.txt" list

it "a link is no place to write through, wherever it points"
mkdir link
ln -s ../nowhere link/grants.sh
run faultline capture-kit -o link grants
code 2
err 'link/grants.sh: File exists'
[ ! -e nowhere ] || problem "it was written through a link"

it "folders that cannot be one"
: >plain
run faultline capture-kit -o plain
code 2
err 'nothing was written into plain'
is "$(cat plain)" '' "a file that was there"
run faultline capture-kit -o no/such/place
code 2
err 'no/such/place: No such file'
run faultline capture-kit -o ''
code 2
err 'wants a folder'
run faultline capture-kit -o
code 2

it "names of folders that a terminal or an option parser would take for something else"
evil=$(printf 'e\033]0;x\007 $(touch touched)\n;')
run faultline capture-kit -o "$evil" grants
code 0
[ -f "$evil/grants.sh" ] || problem "not written"
LC_ALL=C grep -q "$(printf '[\033\007]')" out && problem "control bytes reach the terminal"
[ ! -e touched ] || problem "the name was run"
run faultline capture-kit --output=-rf grants
code 0
[ -f ./-rf/grants.sh ] || problem "not written"
run faultline capture-kit -o "$evil" grants
code 2
LC_ALL=C grep -q "$(printf '[\033\007]')" err && problem "control bytes reach the terminal"

it "no room: told, and nothing is left"
run sh -c 'ulimit -f 8; exec "$0" capture-kit -o full' "$FAULTLINE"
code 2
no_output
err 'nothing was written into full'
[ ! -e full ] || problem "something is left: $(ls full)"

it "--output is for capture-kit alone"
run faultline -o there "$root/samples/zynqmp-pv-network/console.log"
code 2
no_output
err 'is for capture-kit'
[ ! -e there ] || problem "a folder was made"

it "check tells a piece whose top is not whole"
mkdir -p tree/parsers
cp -R "$root/schema" tree/schema
cp -R "$root/parsers/messages" tree/parsers/messages
chmod -R u+w tree
run faultline --data tree check
code 0
sed '/^# costs/d' "$kit/debug-keys.sh" >tree/schema/kit/debug-keys.sh
run faultline --data tree check
code 1
err 'schema/kit/debug-keys.sh'
err "lacks 'costs'"
cp "$kit/debug-keys.sh" tree/schema/kit/debug-keys.sh
cp "$kit/grants.sh" tree/schema/kit/other.sh
run faultline --data tree check
code 1
err 'file and piece have different names'

# ---- sound shell ---------------------------------------------------------------

for shell in sh dash "busybox sh"; do
	if ! command -v "${shell%% *}" >/dev/null 2>&1; then
		skip "$shell can read every script" "no ${shell%% *} here"
		continue
	fi
	it "$shell can read every script"
	for file in "$kit"/*.sh; do
		# shellcheck disable=SC2086
		run $shell -n "$file"
		code 0
		silent
	done
done

if command -v shellcheck >/dev/null 2>&1; then
	it "shellcheck finds nothing in any script"
	run shellcheck "$kit"/*.sh
	code 0
else
	skip "shellcheck finds nothing in any script" "no shellcheck here"
fi

it "scripts say how they are used, and end with 2"
for file in "$kit"/*.sh; do
	run sh "$file"
	code 2
	no_output
	err 'Usage: sh '
done

# ---- a mock of tracefs ---------------------------------------------------------

# In tracefs an instance comes with its files and goes with them.
real_mkdir=$(command -v mkdir) real_rmdir=$(command -v rmdir)
cat >bin/mkdir <<END
#!/bin/sh
"$real_mkdir" "\$@" || exit
case \$1 in */instances/*) cp -R "$T/instance/." "\$1" ;; esac
END
cat >bin/rmdir <<END
#!/bin/sh
case \$1 in */instances/*) rm -r "\$1" ;; *) exec "$real_rmdir" "\$@" ;; esac
END
chmod +x bin/*

# What the kernel's own README says since 6.9, since 4.20, and before.
# shellcheck disable=SC2016
readme_new='	     fetcharg: (%<register>|$<efield>), @<address>, $stack, $retval, $comm, $arg<N>,
	     kernel return probes support: $retval, $arg<N>, $comm
	     type: u64, x64, string, symbol, <type>\[<array-size>\]'
readme_4_20='	     fetcharg: %<register>, @<address>, $stack, $retval, $comm, $arg<N>
	     type: u64, x64, string, symbol, <type>\[<array-size>\]'
readme_old='	     fetcharg: %<register>, @<address>, $stack, $retval, $comm
	     type: u64, x64, string, symbol'

event() { # NAME…: with the files that an instance has for it
	for e; do
		"$real_mkdir" -p "instance/events/$e" "fs/events/$e"
		echo 0 >"instance/events/$e/enable"
		echo none >"instance/events/$e/filter"
	done
}

# kernel README SYMBOLS: a mock in fs
kernel() {
	rm -rf fs instance
	"$real_mkdir" -p fs/instances fs/events instance/per_cpu/cpu0 instance/per_cpu/cpu1
	printf '%s\n' "$1" >fs/README
	: >fs/kprobe_events
	: >fs/kprobe_profile
	: >symbols
	for symbol in $2; do
		echo "ffffffff81000000 T $symbol" >>symbols
	done
	for f in trace_marker trace buffer_size_kb; do : >instance/$f; done
	echo '[local] global perf mono' >instance/trace_clock
	echo 1 >instance/tracing_on
	echo 1 >instance/events_enable
	for cpu in 0 1; do
		printf 'entries: 3\noverrun: 0\ncommit overrun: 0\nbytes: 100\ndropped events: 0\n' >instance/per_cpu/cpu$cpu/stats
	done
	event faultline/gnt_map faultline/gnt_map2 faultline/gnt_unmap faultline/foreign faultline/unmap faultline/swx_map faultline/swx_map_ret \
		swiotlb/swiotlb_bounced iommu/io_page_fault
	echo 1 >instance/events/enable
	rm -rf fs/events/faultline
}

grants() {
	env PATH="$T/bin:$PATH" FAULTLINE_TRACEFS="$T/fs" FAULTLINE_KMSG="$T/kmsg" FAULTLINE_KALLSYMS="$T/symbols" \
		FAULTLINE_ARCH="${arch:-x86_64}" FAULTLINE_KERNEL="${release:-6.18.1}" sh "$kit/grants.sh" "$@"
}

# Nobody waits here; how long it would have been is in sleep.log.
mkdir -p bin
printf '#!/bin/sh\necho "$*" >>"%s/sleep.log"\n' "$T" >bin/sleep
chmod +x bin/sleep
: >sleep.log

xen_symbols='set_foreign_p2m_mapping gnttab_map_refs gnttab_unmap_refs xen_swiotlb_map_page'
enabled() { (cd fs/instances && grep -l 1 */events/*/*/enable | sed 's|/events/|: |; s|/enable||' | LC_ALL=C sort | tr '\n' ' '); }
: >kmsg

it "grants, Linux 6.18: whole batches by argument, and the events of the DMA layer"
kernel "$readme_new" "$xen_symbols"
event dma/dma_map_phys dma/dma_unmap_phys ras/aer_event
run grants start
code 0
no_output
cat >wanted <<'END'
p:faultline/gnt_map set_foreign_p2m_mapping n=$arg4:u32 w=+0($arg1):x64[60]
p:faultline/gnt_map2 set_foreign_p2m_mapping n=$arg4:u32 w=+480($arg1):x64[60]
p:faultline/gnt_unmap gnttab_unmap_refs n=$arg4:u32 w=+0($arg1):x64[60]
END
same wanted fs/kprobe_events "other probes"
is "$(enabled)" "faultline-dma: dma/dma_map_phys faultline-dma: dma/dma_unmap_phys faultline-dma: faultline/swx_map faultline-dma: faultline/swx_map_ret faultline: faultline/foreign faultline: faultline/gnt_map faultline: faultline/gnt_map2 faultline: faultline/gnt_unmap faultline: faultline/unmap faultline: iommu/io_page_fault faultline: ras/aer_event faultline: swiotlb/swiotlb_bounced " events
is "$(cat fs/instances/faultline/events/faultline/gnt_map2/filter)" 'n > 15' "filter of the second half"
is "$(cat fs/instances/faultline/trace_clock)" perf clock
is "$(cat fs/instances/faultline/tracing_on) $(cat fs/instances/faultline-dma/tracing_on)" "1 1" recording
is "$(cat fs/instances/faultline/buffer_size_kb)" 4096 "buffer"

it "an anchor is the same in the trace and in the kernel's log, and new at each mark"
first=$(cat kmsg)
is "$(cat fs/instances/faultline/trace_marker)" "$first after" "in the trace"
is "$(cat fs/instances/faultline-dma/trace_marker)" "$first after" "in the other trace"
run grants mark
code 0
is "$(cat fs/instances/faultline/trace_marker)" "$(cat kmsg) after" "in the trace"
[ "$(cat kmsg)" != "$first" ] || problem "the same anchor twice"
grep -q '^faultline: anchor [0-9.]*$' kmsg || problem "no anchor: $(cat kmsg)"

it "started twice is started once; stop takes all away, and may be said twice"
run grants start
code 0
grep -c '^-:faultline/' fs/kprobe_events >count
is "$(cat count)" 3 "probes that were taken away first"
: >fs/kprobe_events
run grants start
code 0
sed 's/^p:\([^ ]*\) .*/-:\1/' wanted | cat wanted - >both
run grants stop
code 0
same both fs/kprobe_events "other probes are left"
is "$(ls fs/instances)" '' instances
err 'nothing is left behind'
: >fs/kprobe_events
run grants stop
code 0
run grants mark
code 2
err "'start' comes first"

it "a script that comes through a pipe, as by ssh, does the same"
kernel "$readme_new" "$xen_symbols"
event dma/dma_map_phys
run_from "$kit/grants.sh" env PATH="$T/bin:$PATH" FAULTLINE_TRACEFS="$T/fs" FAULTLINE_KMSG="$T/kmsg" FAULTLINE_KALLSYMS="$T/symbols" sh -s start
code 0
same wanted fs/kprobe_events "other probes"
run_from "$kit/grants.sh" env PATH="$T/bin:$PATH" FAULTLINE_TRACEFS="$T/fs" FAULTLINE_KMSG="$T/kmsg" sh -s save -
code 0
out '# faultline trace_clock: perf'

it "a device, a size, and no DMA"
kernel "$readme_new" "$xen_symbols"
event dma/dma_map_page dma/dma_unmap_page
FAULTLINE_KB=512 FAULTLINE_DEV=ff0e0000.ethernet run grants start
code 0
is "$(cat fs/instances/faultline-dma/events/dma/dma_map_page/filter)" 'device == "ff0e0000.ethernet"' filter
is "$(cat fs/instances/faultline-dma/buffer_size_kb)" 512 size
FAULTLINE_DMA=no run grants start
code 0
is "$(cat fs/instances/faultline-dma/events/dma/dma_map_page/enable)" 0 "a DMA event"

it "save lets the recording go on for a moment, once"
kernel "$readme_new" "$xen_symbols"
run grants start
: >sleep.log
run grants save first.txt
code 0
run grants save second.txt
is "$(cat sleep.log)" 2 seconds
: >sleep.log
run grants start
FAULTLINE_SETTLE=0 run grants save third.txt
is "$(cat sleep.log)" 0 "seconds, as told"
rm -f first.txt second.txt third.txt

it "the tables of Linux's own IOMMU, which name no device"
kernel "$readme_new" "$xen_symbols"
event iommu/map iommu/unmap iommu/attach_device_to_domain
FAULTLINE_GRANTS=no run grants start
code 0
tables() { enabled | grep -o 'faultline-dma: iommu/[a-z_]*' | tr '\n' ' '; }
is "$(tables)" "faultline-dma: iommu/attach_device_to_domain faultline-dma: iommu/map faultline-dma: iommu/unmap " events
FAULTLINE_GRANTS=no FAULTLINE_DEV=ff0e0000.ethernet run grants start
is "$(tables)" "" "events of one device"

it "grants, arm64 that names no arguments: registers"
kernel "$(printf '%s' "$readme_4_20" | sed 's/, \$arg<N>//')" "$xen_symbols"
arch=aarch64 release=5.10.0 run grants start
code 0
cat >wanted <<'END'
p:faultline/gnt_map set_foreign_p2m_mapping n=%x3:u32 w=+0(%x0):x64[60]
p:faultline/gnt_map2 set_foreign_p2m_mapping n=%x3:u32 w=+480(%x0):x64[60]
p:faultline/gnt_unmap gnttab_unmap_refs n=%x3:u32 w=+0(%x0):x64[60]
p:faultline/swx_map xen_swiotlb_map_page dev=+0(+0(%x0)):string off=%x2:x64 sz=%x3:u64 dir=%x4:u32
r:faultline/swx_map_ret xen_swiotlb_map_page iova=$retval:x64
END
same wanted fs/kprobe_events "other probes"

it "grants, x86-64 with Linux 4.14: the first of each batch, and the names of devices elsewhere"
kernel "$readme_old" "$xen_symbols"
arch=x86_64 release=4.14.336 run grants start
code 0
err 'only the first grant'
cat >wanted <<'END'
p:faultline/foreign set_foreign_p2m_mapping count=%cx:u32 host_addr=+0(%di):x64 flags=+8(%di):u32 ref=+12(%di):u32 dom=+16(%di):u16 status=+18(%di):s16 handle=+20(%di):u32 dev_bus_addr=+24(%di):x64
p:faultline/unmap gnttab_unmap_refs count=%cx:u32 host_addr=+0(%di):x64 dev_bus_addr=+8(%di):x64 handle=+16(%di):u32
p:faultline/swx_map xen_swiotlb_map_page dev=+0(+16(%di)):string off=%dx:x64 sz=%cx:u64 dir=%r8:u32
r:faultline/swx_map_ret xen_swiotlb_map_page iova=$retval:x64
END
same wanted fs/kprobe_events "other probes"

it "grants, x86-64 without CONFIG_XEN_PV: the return of gnttab_map_refs, where the kernel keeps arguments until then"
kernel "$readme_new" "gnttab_map_refs gnttab_unmap_refs"
run grants start
code 0
cat >wanted <<'END'
r:faultline/gnt_map gnttab_map_refs n=$arg4:u32 w=+0($arg1):x64[60]
r:faultline/gnt_map2 gnttab_map_refs n=$arg4:u32 w=+480($arg1):x64[60]
p:faultline/gnt_unmap gnttab_unmap_refs n=$arg4:u32 w=+0($arg1):x64[60]
END
same wanted fs/kprobe_events "other probes"
not_err 'not every grant'
kernel "$readme_4_20" "gnttab_map_refs gnttab_unmap_refs"
release=5.10.0 run grants start
code 0
not_out gnt_map
grep -q gnt_map fs/kprobe_events && problem "a probe whose words are not valid yet"
err 'grants-bpftrace'

it "a function that is not there is told, the others are watched"
kernel "$readme_new" "set_foreign_p2m_mapping gnttab_map_refs"
run grants start
code 0
err 'not every grant operation is seen'
err 'xen_swiotlb_map_page'
is "$(grep -c gnt_map fs/kprobe_events)" 2 probes
kernel "$readme_new" ""
run grants start
code 0
err 'without CONFIG_XEN'

it "probes that the kernel refuses are told, tracepoints go on"
kernel "$readme_new" "$xen_symbols"
rm fs/kprobe_events
mkdir fs/kprobe_events
run grants start
code 0
err 'gnt_map: the kernel refuses'
err 'swiotlb/swiotlb_bounced'

it "no kprobe events: says what to do, and leaves nothing"
kernel "$readme_new" "$xen_symbols"
rm fs/kprobe_events
run grants start
code 2
err 'CONFIG_KPROBE_EVENTS'
err 'debug-keys'
is "$(ls fs/instances)" '' instances
FAULTLINE_GRANTS=no run grants start
code 0
run grants stop
code 0
is "$(ls fs/instances)" '' instances

it "nothing at all to record: says so, and leaves nothing"
kernel "$readme_new" ""
rm -r instance/events/faultline instance/events/swiotlb instance/events/iommu
run grants start
code 2
err 'nothing could be switched on'
is "$(ls fs/instances)" '' instances

it "a start that fails half way takes away what it made"
kernel "$readme_new" "$xen_symbols"
cp bin/mkdir mkdir-that-works
printf '#!/bin/sh\ncase $1 in */faultline-dma) echo "mkdir: no memory" >&2; exit 1 ;; esac\nexec "%s" "$@"\n' "$T/mkdir-that-works" >bin/mkdir
run grants start
code 2
err 'cannot make'
err 'nothing is left behind'
is "$(ls fs/instances)" '' instances
is "$(grep -c "^-:" fs/kprobe_events)" 5 "probes that were taken away"
mv mkdir-that-works bin/mkdir

it "not root, or no tracefs: says so"
cat >bin/id <<'END'
#!/bin/sh
echo 1000
END
chmod +x bin/id
run env PATH="$T/bin:$PATH" sh "$kit/grants.sh" start
code 2
err 'only root'
rm bin/id

# ---- what is saved -------------------------------------------------------------

map_line="  vif1.0-q0-guest-2311  [000] .....    68.289912: gnt_map: (set_foreign_p2m_mapping+0x0/0x118) n=2 w={0x880001000,0x800000006,0x500000001,0x8424cb000,0x880002000,0x2ff00000006,0xfffffffffffd0001,0x0}"
ret_line="      1.xvda-0-157     [001] .....    69.903250: gnt_map: (xen_blkbk_map+0x1c2/0x5a0 <- gnttab_map_refs) n=1 w={0x880003000,0x900000002,0x600000001,0x8424cc000}"
unmap_line="  vif1.0-q0-deall-2312  [000] .....    70.291333: gnt_unmap: (gnttab_unmap_refs+0x0/0x190) n=1 w={0x880001000,0x0,0x5}"
dma_line="  vif1.0-q0-guest-2311  [000] .....    68.290914: dma_map_phys: ff0e0000.ethernet dir=TO_DEVICE dma_addr=8424cb148 size=74 phys_addr=880001148 attrs="

recorded() {
	kernel "$readme_new" "$xen_symbols"
	event dma/dma_map_phys
	grants start 2>/dev/null
	printf '%s\n' '# tracer: nop' '#' "$map_line" '' "$ret_line" "$unmap_line" >fs/instances/faultline/trace
	echo "              sh-1     [000] ...1.    70.500000: tracing_mark_write: $(cat kmsg)" >>fs/instances/faultline/trace
	printf '%s\n' '# tracer: nop' '#' "$dma_line" >fs/instances/faultline-dma/trace
	printf '  gnt_map   2  0\n  gnt_unmap   1  0\n  other_probe  7  7\n' >fs/kprobe_profile
	rm -f saved saved.db
}

it "what save writes is read: grants, DMA, the anchor, and nothing is left over"
recorded
run grants save saved
code 0
no_output
has saved "the saved trace" '# faultline trace_clock: perf'
has saved "the saved trace" '# faultline probe: gnt_map   2  0'
has_not saved "the saved trace" other_probe
is "$(cat fs/instances/faultline/tracing_on) $(cat fs/instances/faultline-dma/tracing_on)" "0 0" recording
run faultline ingest -q -d saved.db saved
code 0
is "$(ask saved.db "SELECT group_concat(op || ' ' || ifnull(ref, handle) || ' ' || t_lo, ' + ') FROM (SELECT * FROM grant_op ORDER BY line, id)")" \
	"map 8 68289912000 + map 767 68289912000 + map 9 69903250000 + unmap 5 70291333000" grants
is "$(ask saved.db "SELECT dev || ' ' || (dma >> 12) || ' ' || t_lo FROM dma_map")" "ff0e0000.ethernet 8660171 68290914000" "DMA mappings"
is "$(ask saved.db 'SELECT count(*) FROM loss')" 0 losses
run faultline explain-line saved
out 'trace.mark'
is "$(ask saved.db 'SELECT group_concat(text) FROM unclaimed WHERE reason IS NULL')" '' "lines that nothing recognises"

it "saved again, to standard output; a file that is there is left alone"
run grants save -
code 0
sed '/trace_clock\|buffer:/d' saved >want
sed '/trace_clock\|buffer:/d' out >got
same want got "standard output has something else"
echo mine >there
run grants save there
code 2
err 'there already'
is "$(cat there)" mine file
ln -s nowhere-saved dangling
run grants save dangling
code 2
run grants save
code 2
err 'save needs a FILE'
run grants save no/such/folder/file
code 2
err 'cannot be made'

it "where one processor's records were overwritten, the trace begins where all of them are there"
recorded
sed -i.old 's/^overrun: 0/overrun: 500/' fs/instances/faultline/per_cpu/cpu1/stats
run grants save saved
code 0
err '1 older records left out'
has saved "the saved trace" '# faultline whole from: 69.903250'
run faultline ingest -q -d saved.db saved
is "$(ask saved.db "SELECT group_concat(op || ' ' || ifnull(ref, handle), ' + ') FROM (SELECT * FROM grant_op ORDER BY line, id)")" "map 9 + unmap 5" grants

it "records that a probe missed make nothing certain"
recorded
printf '  gnt_map   2  0\n  gnt_unmap   1  4\n' >fs/kprobe_profile
run grants save saved
code 0
err '4 records were lost'
run faultline ingest -q -d saved.db saved
is "$(ask saved.db "SELECT group_concat(what || ' ' || cpu, ' + ') FROM loss")" "trace 0 + trace 1" losses
run grants status
code 0
out 'gnt_unmap   1  4'

it "a console and what save wrote are joined: the grant had ended before the fault, and that is certain"
ended=$root/tests/cases/grant-ended-before/console.log
tr -d '\r' <"$ended" | sed '/^# tracer/,$d' >console.log
recorded
tr -d '\r' <"$ended" | sed -n '/^ .*\[00[01]\]/p' >fs/instances/faultline/trace
cp fs/instances/faultline/trace unmarked
for edge in before after; do
	echo "              sh-1     [000] ...1.    90.500000: tracing_mark_write: faultline: anchor 90.5 $edge" >>fs/instances/faultline/trace
done
run grants save saved
code 0
run faultline ingest -q -d joined.db console.log saved
code 0
is "$(ask joined.db "SELECT DISTINCT grant_state || ' ' || relation FROM fault_join WHERE grant_why = 'trace'")" "ended certain" "the fault's grant"
rm -f unmarked.db
faultline ingest -q -d unmarked.db console.log unmarked
is "$(ask unmarked.db "SELECT DISTINCT grant_state || ' ' || relation FROM fault_join WHERE grant_why = 'trace'")" "ended possible" "of a trace that may have ended before the fault"
sed -i.old 's/^overrun: 0/overrun: 500/' fs/instances/faultline/per_cpu/cpu0/stats
sed '/\[000\]/!d' fs/instances/faultline/trace | tail -n 1 >last
sed '/\[000\]/d' fs/instances/faultline/trace | cat - last >short
cp short fs/instances/faultline/trace
rm -f saved joined.db
run grants save saved
code 0
run faultline ingest -q -d joined.db console.log saved
is "$(ask joined.db "SELECT count(*) FROM fault_join WHERE grant_why = 'trace' AND relation = 'certain'")" 0 "certain although records are gone"

# ---- debug keys ----------------------------------------------------------------

# A Xen whose ring holds $ring lines: each key adds lines to it.
cat >bin/xl <<'END'
#!/bin/sh
cd "$XEN" || exit
case $1 in
dmesg) tail -n "$(cat size)" ring ;;
debug-keys)
	echo "$2" >>keys
	case $2 in
	g)
		echo "(XEN) [   20.000001] gnttab_usage_print_all [ key 'g' pressed"
		echo "(XEN) [   20.000002]       -------- active --------       -------- shared --------"
		echo "(XEN) [   20.000003] [ref] localdom mfn      pin          localdom gmfn     flags"
		echo "(XEN) [   20.000004] grant-table for remote d1 (v1)"
		echo "(XEN) [   20.000005]   1 frames (64 max), 0 maptrack frames (1024 max)"
		echo "(XEN) [   20.000006] [0x008]      0 0x8424cb 0x00000002          0 0x01f2cb 0x19"
		echo "(XEN) [   20.000007] gnttab_usage_print_all ] done"
		;;
	V) echo "xl: no such key" >&2; exit 1 ;;
	*) echo "(XEN) [   21.000000] '$2' pressed" ;;
	esac >>ring
	;;
esac
END
chmod +x bin/xl
xen() {
	rm -rf xen
	mkdir xen
	echo "$1" >xen/size
	: >xen/keys
	{
		echo "(XEN) Xen version 4.14.1 (build@host) (gcc 9.3.0) debug=n  Mon Jan  1 00:00:00 UTC 2021"
		for i in 1 2 3; do echo "(XEN) [   1$i.000000] line $i"; done
	} >xen/ring
}
debug_keys() { env PATH="$T/bin:$PATH" XEN="$T/xen" FAULTLINE_KMSG="$T/kmsg" sh "$kit/debug-keys.sh" "$@"; }

it "debug-keys presses the keys in order and saves each line once"
xen 1000
run debug_keys save keys.log
code 0
is "$(tr -d '\n' <xen/keys)" gqMiQV keys
same xen/ring keys.log "not what Xen printed"
err 'key V: xl refuses: xl: no such key'
err 'key g: 7 lines'
grep -q '^faultline: anchor [0-9.]*\.V$' kmsg || problem "no anchor: $(cat kmsg)"
run faultline ingest -q -d keys.db keys.log
code 0
is "$(ask keys.db "SELECT domain || ' ' || ref || ' ' || frame FROM grant_snapshot")" "1 8 8660171" grants

it "lines that were overwritten between are told, in the file, too"
xen 3
run debug_keys save few.log g
code 0
err "ring was overwritten"
err 'conring_size'
has few.log "the saved file" '# faultline: lines of Xen may be missing here'
err "boot messages are not in its ring"
xen 10
run debug_keys save some.log qg
code 0
not_err 'was overwritten meanwhile'
same xen/ring some.log "not what Xen printed"
printf '%s\n' one two three four >before
printf '%s\n' hree four five >after
sed -n '/^gained() {/,/^}/p' "$kit/debug-keys.sh" >gained.sh
run sh -c '. ./gained.sh; gained before after'
code 3
is "$(cat out)" five "behind two lines, the first one cut"

it "keys that do more than print are refused, and so are files that are there"
for key in R C N gR 0 '*' ';'; do
	rm -f no.log
	: >xen/keys
	run debug_keys save no.log "$key"
	code 2
	is "$(cat xen/keys)" '' "keys that were pressed"
	[ ! -e no.log ] || problem "$key: a file was made"
done
run debug_keys save keys.log
code 2
err 'there already'
run debug_keys list
code 0
out_like '^g  '
FAULTLINE_XL=no-such-xl run debug_keys save no.log
code 2
err 'there is no xl here'

# ---- bpftrace ------------------------------------------------------------------

# One that prints what it is told to.
cat >bin/bpftrace <<'END'
#!/bin/sh
echo "$2" >"$BPF/program"
echo 'Attaching 6 probes...'
cat "$BPF/lines"
END
printf '#!/bin/sh\necho 0\n' >bin/id
chmod +x bin/bpftrace bin/id
printf 'Timer List Version: v0.10\nHRTIMER_MAX_CLOCK_BASES: 8\nnow at 68289912044 nsecs\n' >timers
mkdir -p bpf
cat >bpf/lines <<'END'
gnt t=68290101551 op=map cpu=1 pid=10373 n=0/1 dom=1 ref=8 fl=0x6 host=0x880001000 hnd=0x5 bus=0x8424cb000 st=0 rc=0 comm=vif1.0-q0-guest
Lost 42 events
gnt t=68291333010 op=unmap cpu=0 pid=10374 n=0/1 hnd=0x5 host=0x880001000 bus=0x0 comm=vif1.0-q0-deall
gnt t=68291333012 op=dmap cpu=1 pid=10373 dev=ff0e0000.ethernet dir=1 dma=0x8424cb148 phys=0x880001148 sz=74 comm=vif1.0-q0-guest
END

bpftrace_piece() {
	piece=$1
	shift
	env PATH="$T/bin:$PATH" BPF="$T/bpf" FAULTLINE_TRACEFS="$T/fs" FAULTLINE_KMSG="$T/kmsg" FAULTLINE_TIMERS="$T/timers" \
		FAULTLINE_KERNEL="${release:-6.18.1}" sh "$kit/$piece.sh" "$@"
}

for piece in grants-bpftrace dma-bpftrace; do
	it "$piece: what bpftrace prints is kept, what it lost is told, anchors have a clock"
	kernel "$readme_new" "$xen_symbols"
	event dma/dma_map_phys dma/dma_unmap_phys
	rm -f bpf.log bpf.db
	run bpftrace_piece $piece run bpf.log 1
	code 0
	no_output
	run faultline ingest -q -d bpf.db bpf.log
	code 0
	is "$(ask bpf.db "SELECT group_concat(op || ' ' || handle, ' + ') FROM grant_op")" "map 5 + unmap 5" grants
	is "$(ask bpf.db "SELECT dev FROM dma_map")" ff0e0000.ethernet "DMA mappings"
	is "$(ask bpf.db "SELECT count FROM loss")" 42 losses
	is "$(sed -n 1p bpf.log | cut -c 1-36)" "#gnttrace 1 clock=mono src=bpftrace " header
	is "$(grep -c '^gnt t=68289912044 res=1 op=mark id=[0-9.]*$' bpf.log)" 2 anchors
	is "$(tail -n 1 bpf.log | sed 's/.* id=/faultline: anchor /')" "$(cat kmsg)" "anchor in the kernel's log"
	run bpftrace_piece $piece mark bpf.log
	code 0
	is "$(grep -c 'op=mark' bpf.log)" 3 anchors
	run bpftrace_piece $piece run bpf.log
	code 2
	err 'there already'
	run bpftrace_piece $piece run other.log 1x
	code 2
	[ ! -e other.log ] || problem "a file was made"

	it "$piece: a clock that cannot be read gives no anchor in the trace, only in the log"
	rm -f bpf.log
	run env PATH="$T/bin:$PATH" BPF="$T/bpf" FAULTLINE_TRACEFS="$T/fs" FAULTLINE_KMSG="$T/kmsg" FAULTLINE_TIMERS="$T/nothing" sh "$kit/$piece.sh" run bpf.log
	code 0
	grep -q 'op=mark' bpf.log && problem "an anchor without a clock"
	err 'tells no time'
done

it "grants-bpftrace: loops where the kernel allows them, bounces where it has the event"
run bpftrace_piece grants-bpftrace show
code 0
out 'while ($i < 256)'
out 'tracepoint:swiotlb:swiotlb_bounced'
not_out unroll
release=5.2.21 run bpftrace_piece grants-bpftrace show
out 'unroll(20)'
not_out while
rm -r fs/events/swiotlb
run bpftrace_piece grants-bpftrace show
not_out swiotlb

it "dma-bpftrace: the events of this kernel, of one device"
run bpftrace_piece dma-bpftrace show
out 'tracepoint:dma:dma_map_phys'
not_out dma_map_page
not_out dma_map_sg
kernel "$readme_new" ''
event dma/dma_map_page dma/dma_map_sg
echo '	field:int full_ents;	offset:16;	size:4;	signed:1;' >fs/events/dma/dma_map_sg/format
FAULTLINE_DEV=0000:03:00.0 run bpftrace_piece dma-bpftrace show
out 'tracepoint:dma:dma_map_page /str(args->device) == "0000:03:00.0"/'
out 'tracepoint:dma:dma_map_sg /str(args->device)'
not_out dma_map_phys
FAULTLINE_DEV='x"/ { system("id") }' run bpftrace_piece dma-bpftrace show
code 2
not_out system
err 'no name of a device'
kernel "$readme_old" ''
rm -f none.log
release=5.10.1 run bpftrace_piece dma-bpftrace run none.log
code 2
err '6.12'
[ ! -e none.log ] || problem "a file was made"

# ---- this machine's own kernel -------------------------------------------------

# Uprobes on a process stand for kprobes: what is fetched, recorded, printed and saved is the kernel's, and the scripts' own.
mock=$T/grant-mock
# The place of a function in the file: its address, moved as the segment with the code is.
place() {
	address=$(nm "$mock" | sed -n "s/^0*\([0-9a-f]*\) T $1\$/0x\1/p")
	# shellcheck disable=SC2046
	set -- $(readelf -lW "$mock" | sed -n 's/^ *LOAD *\(0x[0-9a-f]*\) \(0x[0-9a-f]*\) .* R E .*/\1 \2/p')
	[ -n "$address" ] && [ $# -eq 2 ] && printf '0x%x' $((address - $2 + $1))
}

why_not_real() {
	if [ "$(id -u)" -ne 0 ]; then
		echo "not root"
	elif ! ${CC:-cc} -O1 -o "$mock" "$root/tests/grant-mock.c" 2>/dev/null || ! place gnttab_map_refs >/dev/null 2>&1; then
		echo "no cc, nm or readelf that fits"
	elif [ "$(uname -m)" != x86_64 ] && [ "$(uname -m)" != aarch64 ]; then
		echo "no registers known for $(uname -m)"
	fi
}

real_grants() { env FAULTLINE_GRANTS=no sh "$kit/grants.sh" "$@"; }

real_ftrace() {
	it "grants, on this kernel: starts, marks, saves and stops; its clock is printk's"
	run real_grants start
	code 0
	run real_grants mark
	code 0
	id=$(sed -n 's/.*anchor //p' err)
	trace=$(sed -n "s/.* \([0-9.]*\): tracing_mark_write: faultline: anchor $id before\$/\1/p" $FS/instances/faultline/trace)
	log=$(dmesg 2>/dev/null | sed -n "s/^\[ *\([0-9.]*\)\] faultline: anchor $id\$/\1/p")
	[ -n "$trace" ] || problem "no anchor $id in the trace"
	if [ -n "$log" ]; then
		awk -v a="$trace" -v b="$log" 'BEGIN { d = b - a; exit !(d > -0.001 && d < 0.05) }' || problem "anchor at $trace in the trace, at $log in the log"
	fi

	it "the probes of grants, as uprobes on this kernel: every grant of a batch is read"
	kernel "$(printf '%s' "$readme_4_20" | sed 's/, \$arg<N>//')" "$xen_symbols"
	arch=$(uname -m) release=5.10.0 grants start 2>/dev/null
	grep -v swx_map fs/kprobe_events | while read -r head function rest; do
		echo "$head $mock:$(place "$function") $rest" >>$FS/uprobe_events || echo "$head"
	done >refused 2>&1
	[ ! -s refused ] || problem "refused:" "$(shown refused)"
	for e in gnt_map gnt_map2 gnt_unmap; do
		cp fs/instances/faultline/events/faultline/$e/filter filter
		[ "$(cat filter)" = none ] || cat filter >$FS/instances/faultline/events/faultline/$e/filter
		echo 1 >$FS/instances/faultline/events/faultline/$e/enable
	done
	"$mock" 100 3
	"$mock" 1 20
	rm -f real real.db
	run real_grants save real
	code 0
	for e in gnt_map gnt_map2 gnt_unmap; do
		echo 0 >$FS/instances/faultline/events/faultline/$e/enable
		echo "-:faultline/$e" >>$FS/uprobe_events
	done
	run real_grants stop
	code 0
	[ ! -e $FS/instances/faultline ] || problem "an instance is left"
	sed -e 's/\(gnt_map2*: (\)0x[0-9a-f]*)/\1set_foreign_p2m_mapping+0x0\/0x118)/' -e 's/\(gnt_unmap: (\)0x[0-9a-f]*)/\1gnttab_unmap_refs+0x0\/0x70)/' real >real.log
	run faultline ingest -q -d real.db real.log
	code 0
	is "$(ask real.db "SELECT op || ' ' || count(*) || ' ' || count(DISTINCT ifnull(ref, handle)) || ' ' || sum(handle = 4294967295) FROM grant_op GROUP BY op" | tr '\n' ' ')" \
		"map 320 20 2 unmap 320 20 0 " "operations, different ones, refused ones"
	is "$(ask real.db "SELECT count(*) FROM grant_op WHERE op = 'map' AND status = 0 AND (domain <> 1 OR bus_addr <> 0x8424cb000 + (ref - 8) * 4096 OR handle <> ref - 3 OR flags <> 6)")" 0 "wrong operations"
	bytes=$(sed -n 's/^# faultline stats: cpu[0-9]* entries: //p' real | awk '{ n += $1 } END { print n }')
	[ "$bytes" -ge 203 ] || problem "only $bytes records"
}

real_bpftrace() {
	it "the program of grants-bpftrace, as uprobes on this kernel"
	sh "$kit/grants-bpftrace.sh" show | sed -e "s|kretprobe:|uretprobe:$mock:|" -e "s|^kprobe:|uprobe:$mock:|" >real.bt
	BPFTRACE_PERF_RB_PAGES=512 limited 60 bpftrace -c "$mock 1 300" real.bt >real.bpf 2>real.err </dev/null
	rm -f real.db
	run faultline ingest -q -d real.db real.bpf
	code 0
	is "$(ask real.db "SELECT op || ' ' || count(*) || ' ' || count(DISTINCT ifnull(ref, handle)) || ' ' || sum(handle = 4294967295) FROM grant_op GROUP BY op" | tr '\n' ' ')" \
		"map 256 256 36 unmap 256 256 0 " "operations, different ones, refused ones"
	is "$(ask real.db "SELECT count(*) FROM grant_op WHERE op = 'map' AND status = 0 AND (domain <> 1 OR bus_addr <> 0x8424cb000 + (ref - 8) * 4096 OR handle <> ref - 3 OR flags <> 6)")" 0 "wrong operations"
	is "$(ask real.db "SELECT group_concat(count, ' + ') FROM loss")" "44 + 44" "operations beyond 256"
	[ ! -s real.bpf ] || [ "$problems" -eq 0 ] || problem "bpftrace said:" "$(shown real.err)"
}

# Where start has made its instance.
find_instance() {
	for FS in /sys/kernel/tracing /sys/kernel/debug/tracing; do
		[ ! -d $FS/instances/faultline ] || return 0
	done
	return 1
}

rm -f bin/id
why=$(why_not_real)
mounted=
[ ! -d /sys/kernel/tracing/events ] || mounted=1
if [ -z "$why" ] && find_instance; then
	why="a recording is going on"
fi
if [ -z "$why" ] && ! real_grants start >/dev/null 2>err; then
	why=$(head -n 1 err)
fi
if [ -z "$why" ] && ! { find_instance && [ -w $FS/uprobe_events ]; }; then
	real_grants stop 2>/dev/null
	why="no uprobe events"
fi
if [ -z "$why" ]; then
	real_ftrace
else
	skip "grants on this kernel" "$why"
fi
if [ -z "$why" ] && command -v bpftrace >/dev/null 2>&1; then
	real_bpftrace
else
	skip "grants-bpftrace on this kernel" "${why:-no bpftrace here}"
fi
# As it was found.
[ -n "$mounted" ] || umount /sys/kernel/tracing 2>/dev/null || :
