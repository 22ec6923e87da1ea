#!/bin/sh
# piece    grants-bpftrace
# title    bpftrace: every grant that is mapped and unmapped, up to 256 of a batch, and bounces
# arch     x86-64, arm64
# kernels  5.3 on: batches of up to 256. 4.9 on: 20 of each batch. Also where gnttab_map_refs is all there is to watch (x86, PVH dom0).
# needs    root in the domain with the back end (dom0), bpftrace 0.13 or newer (run with 0.17), CONFIG_KPROBES, CONFIG_BPF_EVENTS; no BTF
# costs    100 to 150 bytes of text for each grant and each unmap, written as they come: 10,000 of each in a second are 2.5 MB.
#        | Memory: 2 MiB of buffer for each processor, and 111 MB for bpftrace itself (measured, 0.17).
#        | Time: 7 us for each grant and each unmap (measured between the lines of a batch), and the probe itself, which was not measured.
#        | 20,000 batches of 3 in a row, mapped and unmapped, were recorded without a loss.
# gives    grant_op and dma_bounce rows. The clock is CLOCK_MONOTONIC, which is not printk's: faultline tells which page was granted
#        | and where, but says of no fault that it came before or after. The ftrace piece, grants, does.
# use      sh grants-bpftrace.sh run FILE [SECONDS]    until ^C, or so long
#        | sh grants-bpftrace.sh mark FILE             from another shell: an anchor in FILE and in the kernel's log
#        | sh grants-bpftrace.sh show                  the program that would run here
#        | faultline console.log FILE
#
# FAULTLINE_KMSG, FAULTLINE_TIMERS, FAULTLINE_TRACEFS, FAULTLINE_KERNEL
#                     other places, and another kernel than this one: for tests
#
# A bpftrace program cannot write to the kernel's log, and printk's time is not its own. So an anchor is made here, by the shell: the
# kernel's monotonic clock, which is also bpftrace's nsecs, is read from /proc/timer_list before and after a line goes to the log. The
# record has the first reading as t, and as res how far the second one was: 1 to 2 ms.
set -u

K=${FAULTLINE_KMSG:-/dev/kmsg}
CLOCK=${FAULTLINE_TIMERS:-/proc/timer_list}

say() { printf 'grants-bpftrace: %s\n' "$*" >&2; }
give_up() {
	say "$@"
	exit 2
}

older() { # MAJOR MINOR: is this kernel?
	v=${FAULTLINE_KERNEL:-$(uname -r)}
	major=${v%%.*}
	minor=${v#*.}
	minor=${minor%%[!0-9]*}
	case $major in '' | *[!0-9]*) return 1 ;; esac
	[ "$major" -lt "$1" ] || { [ "$major" -eq "$1" ] && [ "${minor:-0}" -lt "$2" ]; }
}

find_tracefs() {
	T=${FAULTLINE_TRACEFS:-/sys/kernel/tracing}
	[ -d "$T/events" ] || T=/sys/kernel/debug/tracing
	[ -d "$T/events" ] || T=
}

# ---- the program --------------------------------------------------------------

# Struct gnttab_map_grant_ref and gnttab_unmap_grant_ref of Xen's public headers.
structs() {
	cat <<'END'
struct grant_map { uint64_t host; uint32_t flags; uint32_t ref; uint16_t dom; int16_t status; uint32_t handle; uint64_t bus; };
struct grant_unmap { uint64_t host; uint64_t bus; uint32_t handle; int16_t status; };
END
}

# Loops need Linux 5.3; before, 20 operations are written out one by one.
loops() {
	if older 5 3; then
		cat
	else
		sed 's/unroll(20) {/while ($i < 256) { if ($i >= $n) { break; }/'
	fi
}

# What Xen returned is there only when the function returns; its arguments are there only when it starts.
body() {
	cat <<'END'
kprobe:gnttab_map_refs { @ops[tid] = arg0; @count[tid] = arg3; }
kretprobe:gnttab_map_refs /@ops[tid]/
{
	$m = (struct grant_map *)@ops[tid];
	$n = (uint64)@count[tid];
	$i = (uint64)0;
	unroll(20) {
		if ($i < $n) {
			printf("gnt t=%llu op=map cpu=%d pid=%d n=%d/%d dom=%d ref=%u fl=0x%x host=0x%llx hnd=0x%x bus=0x%llx st=%d rc=%d comm=%s\n",
				nsecs, cpu, pid, $i, $n, $m->dom, $m->ref, $m->flags, $m->host, $m->handle, $m->bus, $m->status, (int32)retval, comm);
			$m = $m + 1;
		}
		$i++;
	}
	if ($n > $i) { printf("gnt t=%llu op=lost n=%d cpu=%d\n", nsecs, $n - $i, cpu); }
	delete(@ops[tid]);
	delete(@count[tid]);
}
kprobe:gnttab_unmap_refs
{
	$u = (struct grant_unmap *)arg0;
	$n = (uint64)arg3;
	$i = (uint64)0;
	unroll(20) {
		if ($i < $n) {
			printf("gnt t=%llu op=unmap cpu=%d pid=%d n=%d/%d hnd=0x%x host=0x%llx bus=0x%llx comm=%s\n",
				nsecs, cpu, pid, $i, $n, $u->handle, $u->host, $u->bus, comm);
			$u = $u + 1;
		}
		$i++;
	}
	if ($n > $i) { printf("gnt t=%llu op=lost n=%d cpu=%d\n", nsecs, $n - $i, cpu); }
}
END
}

bounces() {
	cat <<'END'
tracepoint:swiotlb:swiotlb_bounced
{
	printf("gnt t=%llu op=bounce cpu=%d pid=%d dev=%s mask=0x%llx dma=0x%llx sz=%llu\n",
		nsecs, cpu, pid, str(args->dev_name), args->dma_mask, args->dev_addr, (uint64)args->size);
}
END
}

program() {
	structs
	body | loops
	[ ! -d "${T:-/nowhere}/events/swiotlb/swiotlb_bounced" ] || bounces
	[ -z "${1:-}" ] || echo "interval:s:$1 { exit(); }"
	echo 'END { clear(@ops); clear(@count); }'
}

# ---- running it ---------------------------------------------------------------

now() { sed -n '/^now at/{s/^now at \([0-9]*\).*/\1/p;q;}' "$CLOCK" 2>/dev/null; }

mark() {
	id=$(date +%s).$$
	before=$(now)
	{ printf 'faultline: anchor %s\n' "$id" >"$K"; } 2>/dev/null || say "$K takes nothing: the kernel's log has no anchor"
	after=$(now)
	if [ -n "$before" ] && [ -n "$after" ]; then
		echo "gnt t=$before res=$((after - before + 1)) op=mark id=$id"
		say "anchor $id"
	else
		say "$CLOCK tells no time (it is root's): anchor $id is in the kernel's log only"
	fi
}

# Records that bpftrace itself dropped, as it tells, become records of that; nothing else is changed.
losses() {
	awk '
	match($0, /^gnt t=[0-9]+/) { t = substr($0, 7, RLENGTH - 6) }
	/^Lost [0-9]+ events/ { printf "gnt t=%s op=lost n=%d\n", t == "" ? 0 : t, $2; next }
	/^gnt t=/ { print }'
}

record() {
	echo "#gnttrace 1 clock=mono src=bpftrace arch=$(uname -m) kver=$(uname -r)"
	mark
	# ^C ends bpftrace, which then prints what it still has: its reader goes on until then.
	BPFTRACE_PERF_RB_PAGES=${BPFTRACE_PERF_RB_PAGES:-512} bpftrace -e "$(program "$1")" </dev/null |
		(trap '' INT TERM; losses)
	mark
}

run() {
	file=$1
	[ "$(id -u)" = 0 ] || give_up "only root may trace; run it as root"
	command -v bpftrace >/dev/null 2>&1 || give_up "there is no bpftrace here; the piece 'grants' needs none"
	case ${2:-} in *[!0-9]*) give_up "'$2' is no number of seconds" ;; esac
	if [ -e "$file" ] || [ -L "$file" ]; then
		give_up "$file is there already; name another file"
	fi
	(umask 077 && set -C && : >"$file") || give_up "$file cannot be made; name another place"
	trap : INT TERM
	record "${2:-}" >>"$file"
	n=$(grep -c '^gnt t=[0-9]* op=\(map\|unmap\|bounce\|lost\)' "$file")
	say "$file: $n records"
	[ "$n" -gt 0 ] || say "nothing was recorded: no traffic, or bpftrace told above what it lacks"
}

find_tracefs
case ${1:-} in
run)
	[ -n "${2:-}" ] || give_up "run needs a FILE"
	run "$2" "${3:-}"
	;;
mark)
	[ -f "${2:-}" ] || give_up "mark needs the FILE that 'run' writes"
	mark >>"$2"
	;;
show) program ;;
*)
	echo "Usage: sh grants-bpftrace.sh run FILE [SECONDS] | mark FILE | show" >&2
	exit 2
	;;
esac
