#!/bin/sh
# piece    grants
# title    ftrace: every grant that is mapped and unmapped with its frame, bounces, DMA mappings
# arch     x86-64, arm64, arm
# kernels  4.20 on: whole batches. 4.9 on: the first grant of each batch, the others are counted as hidden. Decided when it runs.
# needs    root in the domain with the back end (dom0), CONFIG_KPROBE_EVENTS; a POSIX sh with awk, grep and sed, busybox will do
# costs    Memory: 2 x FAULTLINE_KB for each processor (default 2 x 4096 KiB), kept until stop.
#        | Measured: a batch of grants takes 510 bytes of it, whatever its size, so 4096 KiB hold 8,200 batches. Computed from the event's
#        | fields: a DMA mapping takes 80 to 100. The oldest records make room for new ones.
#        | As text a batch is 0.4 KB (2 grants) to 1.2 KB; 140,000 batches are 59 MB, saved within a second.
#        | Time: 4 us to read and record the words of one probe, two probes for each batch of maps, one for unmaps (measured on uprobes,
#        | where reading is slower), and what a kprobe itself takes, which was not measured.
# gives    grant_op, dma_map, dma_bounce and (without Xen) iommu_map rows on printk's own clock: which grant a DMA fault hit, whether it had ended
# use      sh grants.sh start          before the traffic that faults
#        | sh grants.sh mark           as often as you like: an anchor in the trace and in the kernel's log
#        | sh grants.sh save FILE      right after the fault; ends the recording, - is standard output
#        | sh grants.sh status         which probes are there, and how often they were hit
#        | sh grants.sh stop           takes everything away again
#        | faultline console.log FILE
#
# FAULTLINE_KB        KiB of buffer for each processor, in each of the two buffers (4096)
# FAULTLINE_DEV       record DMA mappings of this device only, as ff0e0000.ethernet or 0000:03:00.0
# FAULTLINE_DMA=no    no DMA mappings at all: a busy network card maps 100,000 a second
# FAULTLINE_SETTLE    seconds that the recording goes on after save was said (2)
# FAULTLINE_GRANTS=no no kprobes, so no grants: where the kernel has none, or Xen is not there
# FAULTLINE_TRACEFS, FAULTLINE_KMSG, FAULTLINE_KALLSYMS, FAULTLINE_ARCH, FAULTLINE_KERNEL
#                     other places, and another machine than this one: for tests
#
# How it works:
#   Where no tracefs is mounted, start mounts it, and it stays; all else that start makes, stop takes away.
#   Two buffers of its own (tracefs instances), so that nobody else's trace is touched and DMA mappings, which are many, push out no grants.
#   Grants are seen where set_foreign_p2m_mapping() starts: Xen has answered by then, so handles, status and machine addresses are valid.
#   It is not called on x86 without CONFIG_XEN_PV (a dom0 that can only be PVH): there gnttab_map_refs() is watched as it returns, from Linux 6.9.
#   The words are struct gnttab_map_grant_ref (32 bytes) and struct gnttab_unmap_grant_ref (24) of Xen's public headers, the same on x86-64
#   and Arm. A record shows 15 maps, a second one 15 more, or 20 unmaps; n= tells how many there were, and faultline
#   counts the others as hidden.
#   Not seen: what was mapped before start; what Linux unmaps itself when its own tables refuse a frame; copies (GNTTABOP_copy), which are no DMA.
set -u

group=faultline
instances='faultline faultline-dma'
K=${FAULTLINE_KMSG:-/dev/kmsg}

say() { printf 'grants: %s\n' "$*" >&2; }
give_up() {
	say "$@"
	exit 2
}

# ---- where things are ---------------------------------------------------------

find_tracefs() {
	T=${FAULTLINE_TRACEFS:-}
	[ -z "$T" ] || return 0
	[ "$(id -u)" = 0 ] || give_up "only root may trace; run it as root: sudo sh grants.sh $*"
	for T in /sys/kernel/tracing /sys/kernel/debug/tracing; do
		[ ! -d "$T/events" ] || return 0
	done
	T=/sys/kernel/tracing
	mount -t tracefs nodev "$T" 2>/dev/null && return 0
	mount -t debugfs nodev /sys/kernel/debug 2>/dev/null
	T=/sys/kernel/debug/tracing
	[ -d "$T/events" ] || give_up "no tracefs here: the kernel is without CONFIG_TRACING, or this is a container." \
		"Without it 'xl debug-keys g' still shows the grants of one moment (faultline capture-kit debug-keys)."
}

# set TEXT FILE: writes, and is quiet about a refusal, which the caller tells.
set_file() { { printf '%s\n' "$1" >"$2"; } 2>/dev/null; }
add_line() { { printf '%s\n' "$1" >>"$2"; } 2>/dev/null; }

started() { [ -d "$T/instances/faultline" ]; }

# ---- anchors ------------------------------------------------------------------

# The same words in the trace, in the kernel's log, and in the trace again: the log got them between the two, so whoever reads both knows
# how far the clocks are from each other, at least and at most.
mark_trace() {
	for i in $instances; do
		[ ! -e "$T/instances/$i/trace_marker" ] || set_file "faultline: anchor $id $1" "$T/instances/$i/trace_marker"
	done
}

anchor() {
	id=$(date +%s).$$
	mark_trace before
	set_file "faultline: anchor $id" "$K" || say "$K takes nothing: the kernel's log has no anchor"
	mark_trace after
	say "anchor $id"
}

# ---- probes -------------------------------------------------------------------

has_symbol() {
	symbols=${FAULTLINE_KALLSYMS:-/proc/kallsyms}
	[ -r "$symbols" ] || return 0 # nobody knows; the kernel will refuse
	grep -q -e " $1\$" -e " $1	" "$symbols"
}

readme_has() { grep -q -e "$1" "$T/README" 2>/dev/null; }

# older MAJOR MINOR: is this kernel?
older() {
	v=${FAULTLINE_KERNEL:-$(uname -r)}
	major=${v%%.*}
	minor=${v#*.}
	minor=${minor%%[!0-9]*}
	case $major in '' | *[!0-9]*) return 1 ;; esac
	[ "$major" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "${minor:-0}" -lt "$2" ]; }
}

# What function arguments 1, 3, 4 and 5 are called: by number, or on older kernels by register.
name_arguments() {
	batches=
	if readme_has '<type>\\*\[<array-size>'; then
		batches=1
	fi
	if readme_has '[$]arg<N>'; then
		# shellcheck disable=SC2016
		a1='$arg1' a3='$arg3' a4='$arg4' a5='$arg5'
		return
	fi
	case ${FAULTLINE_ARCH:-$(uname -m)} in
	x86_64 | amd64) a1=%di a3=%dx a4=%cx a5=%r8 ;;
	aarch64 | arm64) a1=%x0 a3=%x2 a4=%x3 a5=%x4 ;;
	*) give_up "this kernel names no function arguments (\$arg1), and the registers of $(uname -m) are not known here." ;;
	esac
}

# probe EVENT FUNCTION DEFINITION…: the first definition that the kernel takes; tells which function it could not watch.
probe() {
	event=$1 function=$2
	shift 2
	if ! has_symbol "$function"; then
		return 1
	fi
	for definition; do
		if add_line "$definition" "$T/kprobe_events"; then
			say "$event: on $function"
			return 0
		fi
	done
	say "$event: the kernel refuses a probe on $function ($(tail -n 1 "$T/error_log" 2>/dev/null || echo 'no reason told'))"
	return 1
}

fields() { # of the first operation, by name: kernels that know no arrays
	printf '%s' "count=$a4:u32 host_addr=+0($a1):x64 flags=+8($a1):u32 ref=+12($a1):u32 dom=+16($a1):u16" \
		" status=+18($a1):s16 handle=+20($a1):u32 dev_bus_addr=+24($a1):x64"
}

probe_grants() {
	missing=
	entry=set_foreign_p2m_mapping
	if [ -n "$batches" ]; then
		if probe gnt_map $entry "p:$group/gnt_map $entry n=$a4:u32 w=+0($a1):x64[60]"; then
			probe gnt_map2 $entry "p:$group/gnt_map2 $entry n=$a4:u32 w=+480($a1):x64[60]"
		elif readme_has 'return probes support:.*[$]arg<N>' &&
			probe gnt_map gnttab_map_refs "r:$group/gnt_map gnttab_map_refs n=$a4:u32 w=+0($a1):x64[60]"; then
			probe gnt_map2 gnttab_map_refs "r:$group/gnt_map2 gnttab_map_refs n=$a4:u32 w=+480($a1):x64[60]"
		else
			missing=1
		fi
		probe gnt_unmap gnttab_unmap_refs "p:$group/gnt_unmap gnttab_unmap_refs n=$a4:u32 w=+0($a1):x64[60]" || missing=1
	else
		say "kernel older than 4.20: of each batch only the first grant is recorded"
		probe foreign $entry "p:$group/foreign $entry $(fields)" || missing=1
		probe unmap gnttab_unmap_refs "p:$group/unmap gnttab_unmap_refs count=$a4:u32 host_addr=+0($a1):x64 dev_bus_addr=+8($a1):x64 handle=+16($a1):u32" ||
			missing=1
	fi
	[ -z "$missing" ] && return
	if ! has_symbol gnttab_map_refs; then
		say "this kernel has no gnttab_map_refs: it is built without CONFIG_XEN, or maps no grants"
	else
		say "not every grant operation is seen on this kernel; grants-bpftrace watches gnttab_map_refs on every kernel"
	fi
}

# Before 6.12 there are no dma events: swiotlb-xen's own function tells the address that a device was given.
probe_dma() {
	[ ! -d "$T/events/dma" ] || return 0
	name=0 # where struct device keeps its kobject's name
	! older 5 1 || name=16
	if probe swx_map xen_swiotlb_map_page \
		"p:$group/swx_map xen_swiotlb_map_page dev=+0(+$name($a1)):string off=$a3:x64 sz=$a4:u64 dir=$a5:u32"; then
		# shellcheck disable=SC2016
		probe swx_map_ret xen_swiotlb_map_page "r:$group/swx_map_ret xen_swiotlb_map_page iova=\$retval:x64"
	else
		say "DMA mappings are not seen: no events dma:* (Linux 6.12 on), and no xen_swiotlb_map_page"
	fi
}

# ---- buffers ------------------------------------------------------------------

# The clock that is printk's own: trace_clock=perf is local_clock(), which printk calls, too. Both marks of an anchor were 7 to 24 us apart
# on a machine where local, ftrace's default, was 27 ms off and mono 13 ms. faultline takes the times of this trace for printk's.
set_clock() {
	set_file perf "$1/trace_clock" || say "the clock perf was refused: the trace's times are those of $(cat "$1/trace_clock" 2>/dev/null)"
}

make_instance() {
	d=$T/instances/$1
	if [ ! -d "$d" ] && ! mkdir "$d"; then
		take_away && say "nothing is left behind"
		give_up "cannot make $d: no memory, or a kernel without instances of tracefs (Linux 3.10 on)"
	fi
	set_file 0 "$d/tracing_on"
	set_file "${FAULTLINE_KB:-4096}" "$d/buffer_size_kb" ||
		say "the buffer has $(cat "$d/buffer_size_kb") KiB: ${FAULTLINE_KB:-4096} were refused, no memory?"
	set_clock "$d"
}

# switch_on INSTANCE EVENT [FILTER]
switch_on() {
	d=$T/instances/$1/events/$2
	[ -e "$d/enable" ] || return 1
	if [ -n "${3:-}" ] && ! set_file "$3" "$d/filter"; then
		say "$2: the filter '$3' was refused; everything is recorded"
	fi
	if set_file 1 "$d/enable"; then
		seen="$seen $2"
	else
		say "$2: could not be switched on"
		return 1
	fi
}

start() {
	if [ "${FAULTLINE_GRANTS:-}" != no ] && [ ! -e "$T/kprobe_events" ]; then
		give_up "the kernel has no kprobe events (CONFIG_KPROBE_EVENTS): no grant can be seen." \
			"'xl debug-keys g' shows the grants of one moment (faultline capture-kit debug-keys);" \
			"FAULTLINE_GRANTS=no records DMA mappings and bounces alone."
	fi
	! started || take_away
	seen=
	if [ "${FAULTLINE_GRANTS:-}" != no ]; then
		name_arguments
		probe_grants
		[ "${FAULTLINE_DMA:-}" = no ] || probe_dma
	fi
	make_instance faultline
	make_instance faultline-dma
	for e in gnt_map foreign unmap; do
		switch_on faultline "$group/$e"
	done
	# Back ends ask for nothing to be unmapped, too, after every request.
	switch_on faultline $group/gnt_unmap 'n > 0'
	switch_on faultline $group/gnt_map2 'n > 15'
	for e in swiotlb/swiotlb_bounced iommu/io_page_fault ras/aer_event; do
		switch_on faultline "$e"
	done
	if [ "${FAULTLINE_DMA:-}" != no ]; then
		only=${FAULTLINE_DEV:+"device == \"$FAULTLINE_DEV\""}
		for e in dma_map_page dma_unmap_page dma_map_phys dma_unmap_phys dma_map_resource dma_unmap_resource; do
			switch_on faultline-dma dma/$e "$only"
		done
		# Where Linux drives the IOMMU itself: they name no device, so no filter can hold them back.
		for e in attach_device_to_domain map unmap; do
			[ -n "${FAULTLINE_DEV:-}" ] || switch_on faultline-dma iommu/$e
		done
		switch_on faultline-dma $group/swx_map "${FAULTLINE_DEV:+"dev == \"$FAULTLINE_DEV\""}"
		switch_on faultline-dma $group/swx_map_ret
	fi
	if [ -z "$seen" ]; then
		take_away && say "nothing is left behind"
		give_up "nothing could be switched on: no grant and no DMA mapping would be seen"
	fi
	for i in $instances; do
		set_file 1 "$T/instances/$i/tracing_on" || say "$i: recording could not be switched on"
	done
	say "records:$seen"
	anchor
}

# ---- what was recorded --------------------------------------------------------

# sum WORDS: of all processors' statistics of one buffer
sum() { cat "$1"/per_cpu/cpu*/stats 2>/dev/null | awk -v what="$2" 'index($0, what ": ") == 1 { n += $NF } END { print n + 0 }'; }

probe_stats() { grep -e "^ *\(gnt_map\|gnt_map2\|gnt_unmap\|foreign\|unmap\|swx_map\|swx_map_ret\) " "$T/kprobe_profile" 2>/dev/null; }

# A processor whose oldest records were overwritten has seen less than the others: the trace is whole only from where the last of
# these begins.  What stands before is left out, as if recording had begun there.  Records that were lost anywhere else, because a
# probe was busy, could be the unmap of any grant: a line after each map says so, in ftrace's own words.
print_trace() {
	overwritten=
	for stats in "$1"/per_cpu/cpu*/stats; do
		[ -r "$stats" ] || continue
		cpu=${stats%/stats}
		! grep -q '^overrun: [1-9]' "$stats" || overwritten="$overwritten ${cpu##*cpu}"
	done
	# Read twice: first where each processor begins, then the lines.  Nothing is recorded any more.
	awk -v overwritten="$overwritten" -v lossy="$2" '
	function stamp(line) {
		if (!match(line, /\[[0-9][0-9][0-9]+\][^:]* [0-9]+\.[0-9]+: /))
			return 0
		line = substr(line, RSTART, RLENGTH - 2)
		cpu = substr(line, 2) + 0
		sub(/^.* /, "", line)
		word = line
		time = line + 0
		return 1
	}
	BEGIN {
		n = split(overwritten, list, " ")
		for (i = 1; i <= n; i++)
			late[list[i] + 0] = 1
	}
	pass == 1 {
		if (n && stamp($0) && cpu in late) {
			delete late[cpu]
			n--
			if (time > begin) {
				begin = time
				whole = word
			}
		}
		next
	}
	begin && !told { print "# faultline whole from: " whole; told = 1 }
	begin && stamp($0) && time < begin { left++; next }
	/^ *$/ { next }
	{ print }
	lossy && / (gnt_map2?|foreign): / && stamp($0) { printf "CPU:%d [LOST EVENTS]\n", cpu }
	END { if (left) printf "# faultline left out: %d\n", left }
	' pass=1 "$1/trace" pass=2 "$1/trace"
}

print_all() {
	for i in $instances; do
		d=$T/instances/$i
		[ -d "$d" ] || continue
		echo "# faultline trace_clock: $(sed 's/.*\[\(.*\)\].*/\1/' "$d/trace_clock")"
		echo "# faultline buffer: $i, $(cat "$d/buffer_size_kb") KiB a processor, Linux $(uname -r) $(uname -m)"
		for stats in "$d"/per_cpu/cpu*/stats; do
			[ -r "$stats" ] || continue
			cpu=${stats%/stats}
			sed -n "s/^\(entries\|overrun\|commit overrun\|dropped events\): /# faultline stats: ${cpu##*/} &/p" "$stats"
		done
		lost=$(($(sum "$d" 'dropped events') + $(sum "$d" 'commit overrun')))
		if [ "$i" = faultline ]; then
			probe_stats | sed 's/^ */# faultline probe: /'
			lost=$((lost + $(probe_stats | awk '$1 !~ /^swx/ { n += $3 } END { print n + 0 }')))
			[ "$lost" -eq 0 ] || say "$lost records were lost, nobody knows when: nothing in this trace will be certain"
		fi
		print_trace "$d" "${lost#0}" || return 1
	done
}

save() {
	file=${1:-}
	started || give_up "nothing was started; 'start' comes first"
	[ -n "$file" ] || give_up "save needs a FILE, or - for standard output"
	if [ "$file" != - ] && { [ -e "$file" ] || [ -L "$file" ]; }; then
		give_up "$file is there already; name another file"
	fi
	# Xen's clock and Linux's are joined to within a second: a recording that goes on behind the fault shows that nothing was mapped again.
	if [ "$(cat "$T/instances/faultline/tracing_on")" != 0 ]; then
		sleep "${FAULTLINE_SETTLE:-2}"
		anchor
	fi
	for i in $instances; do
		set_file 0 "$T/instances/$i/tracing_on"
	done
	if [ "$file" = - ]; then
		print_all || give_up "the trace was not printed to its end; save again"
		return
	fi
	(umask 077 && set -C && : >"$file") || give_up "$file cannot be made; name another place"
	if ! print_all >"$file"; then
		rm -f "$file"
		give_up "$file could not be written, and is not there. The buffers still hold all: save again, elsewhere."
	fi
	say "$file: $(grep -c '^[^#]' "$file") lines; recording has ended, 'stop' frees the buffers"
	n=$(awk '/^# faultline left out: / { n += $5 } END { print n + 0 }' "$file")
	[ "$n" -eq 0 ] || say "$n older records left out, as others of their time were overwritten; a larger FAULTLINE_KB keeps more"
}

# ---- the end ------------------------------------------------------------------

# Also what a start that failed half way has left.
take_away() {
	code=0
	for i in $instances; do
		d=$T/instances/$i
		[ -d "$d" ] || continue
		set_file 0 "$d/tracing_on"
		set_file 0 "$d/events/enable"
		rmdir "$d" || { say "$d is still there: does somebody read it?"; code=1; }
	done
	[ -r "$T/kprobe_events" ] || return $code
	probes=$(sed -n "s/^[pr][0-9]*:\($group\/[a-z_0-9]*\) .*/\1/p" "$T/kprobe_events")
	for e in $probes; do
		add_line "-:$e" "$T/kprobe_events" || { say "the probe $e is still there"; code=1; }
	done
	return $code
}

status() {
	if ! started; then
		say "not started"
		return 1
	fi
	for i in $instances; do
		d=$T/instances/$i
		echo "$i: recording $(cat "$d/tracing_on"), $(cat "$d/buffer_size_kb") KiB a processor," \
			"$(sum "$d" entries) records, $(sum "$d" overrun) overwritten, clock $(cat "$d/trace_clock")"
	done
	echo "probe, hits, missed:"
	probe_stats
}

case ${1:-} in
start)
	find_tracefs "$@"
	start
	;;
mark)
	find_tracefs "$@"
	started || give_up "nothing was started; 'start' comes first"
	anchor
	;;
save)
	find_tracefs "$@"
	save "${2:-}"
	;;
status)
	find_tracefs "$@"
	status
	;;
stop)
	find_tracefs "$@"
	take_away && say "nothing is left behind"
	;;
*)
	echo "Usage: sh grants.sh start | mark | save FILE | status | stop" >&2
	exit 2
	;;
esac
