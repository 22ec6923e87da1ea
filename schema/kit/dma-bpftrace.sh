#!/bin/sh
# piece    dma-bpftrace
# title    bpftrace: every DMA mapping, with the address that the device was given
# arch     any
# kernels  6.12 on, whose events dma:* it reads: dma_map_page until 6.17, dma_map_phys from 6.18, dma_map_sg where it tells its length.
#        | Before, the piece grants watches swiotlb-xen itself. Decided when it runs.
# needs    root in the domain that has the device, bpftrace 0.13 or newer (run with 0.17), CONFIG_BPF_EVENTS; no kprobes, no BTF
# costs    120 to 160 bytes of text for each mapping and each unmapping, written as they come: a network card with 100,000 packets a
#        | second gives 28 MB a second. Name the device, and keep it short.
#        | Memory: 2 MiB of buffer for each processor, and about 110 MB for bpftrace itself.
#        | Time: 7 us for each line, as in grants-bpftrace; its own events were attached, and not seen at work.
# gives    dma_map rows: which physical page stands behind the address of a fault, whether the device still had it. The clock is
#        | CLOCK_MONOTONIC, which is not printk's: faultline tells no order to a fault from it. The ftrace piece, grants, does.
# use      sh dma-bpftrace.sh run FILE [SECONDS]    until ^C, or so long
#        | FAULTLINE_DEV=0000:03:00.0 sh dma-bpftrace.sh run FILE
#        | sh dma-bpftrace.sh mark FILE             from another shell: an anchor in FILE and in the kernel's log
#        | sh dma-bpftrace.sh show                  the program that would run here
#        | faultline console.log FILE
#
# FAULTLINE_DEV       record this device only, as ff0e0000.ethernet or 0000:03:00.0
# FAULTLINE_KMSG, FAULTLINE_TIMERS, FAULTLINE_TRACEFS
#                     other places: for tests
#
# A scatter list is told up to its 32nd piece; n= has how many there were. That part was compiled and attached on 6.18, and not seen at
# work. Unmapped scatter lists are not told: their event has no DMA addresses.
# An anchor is made by the shell: the kernel's monotonic clock, which is also bpftrace's nsecs, is read from /proc/timer_list before and
# after a line goes to the log. The record has the first reading as t, and as res how far the second one was: 1 to 2 ms.
set -u

K=${FAULTLINE_KMSG:-/dev/kmsg}
CLOCK=${FAULTLINE_TIMERS:-/proc/timer_list}

say() { printf 'dma-bpftrace: %s\n' "$*" >&2; }
give_up() {
	say "$@"
	exit 2
}

find_tracefs() {
	T=${FAULTLINE_TRACEFS:-/sys/kernel/tracing}
	[ -d "$T/events" ] || T=/sys/kernel/debug/tracing
	[ -d "$T/events" ] || T=
}

# ---- the program --------------------------------------------------------------

has_event() { [ -n "$T" ] && [ -d "$T/events/dma/$1" ]; }
has_field() { grep -q " $2;" "$T/events/dma/$1/format" 2>/dev/null; }

# Only a device's name that cannot end the string or the program.
filter() {
	case ${FAULTLINE_DEV:-} in
	'') ;;
	*[!A-Za-z0-9.:_@,-]*) give_up "'$FAULTLINE_DEV' is no name of a device" ;;
	*) printf '/str(args->device) == "%s"/' "$FAULTLINE_DEV" ;;
	esac
}

map() { # EVENT
	! has_event "$1" || cat <<END
tracepoint:dma:$1 $only
{
	printf("gnt t=%llu op=dmap cpu=%d pid=%d dev=%s dir=%d dma=0x%llx phys=0x%llx sz=%llu comm=%s\n",
		nsecs, cpu, pid, str(args->device), args->dir, args->dma_addr, args->phys_addr, (uint64)args->size, comm);
}
END
}

unmap() { # EVENT
	! has_event "$1" || cat <<END
tracepoint:dma:$1 $only
{
	printf("gnt t=%llu op=dunmap cpu=%d pid=%d dev=%s dir=%d dma=0x%llx sz=%llu comm=%s\n",
		nsecs, cpu, pid, str(args->device), args->dir, args->addr, (uint64)args->size, comm);
}
END
}

# The physical address belongs to a piece only while no pieces were merged; else it is left out.
map_list() {
	has_event dma_map_sg && has_field dma_map_sg full_ents || return 0
	cat <<END
tracepoint:dma:dma_map_sg $only
{
	\$dma = (uint64)args->dma_addrs;
	\$phys = (uint64)args->phys_addrs;
	\$size = (uint64)args->lengths;
	\$n = (uint64)args->full_ents;
	\$i = (uint64)0;
	while (\$i < 32) {
		if (\$i >= \$n) { break; }
		if (args->full_ents == args->full_nents) {
			printf("gnt t=%llu op=dmap cpu=%d pid=%d n=%d/%d dev=%s dir=%d dma=0x%llx phys=0x%llx sz=%u\n", nsecs, cpu, pid, \$i, \$n,
				str(args->device), args->dir, *(uint64 *)(\$dma + 8 * \$i), *(uint64 *)(\$phys + 8 * \$i), *(uint32 *)(\$size + 4 * \$i));
		} else {
			printf("gnt t=%llu op=dmap cpu=%d pid=%d n=%d/%d dev=%s dir=%d dma=0x%llx sz=%u\n", nsecs, cpu, pid, \$i, \$n,
				str(args->device), args->dir, *(uint64 *)(\$dma + 8 * \$i), *(uint32 *)(\$size + 4 * \$i));
		}
		\$i++;
	}
}
END
}

program() {
	only=$(filter) || exit 2
	for e in page phys resource; do
		map dma_map_$e
		unmap dma_unmap_$e
	done
	map_list
	[ -z "${1:-}" ] || echo "interval:s:$1 { exit(); }"
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
	has_event dma_map_page || has_event dma_map_phys ||
		give_up "this kernel has no events dma:* (Linux 6.12 on); the piece 'grants' watches swiotlb-xen on older ones"
	filter >/dev/null
	(umask 077 && set -C && : >"$file") || give_up "$file cannot be made; name another place"
	trap : INT TERM
	record "${2:-}" >>"$file"
	n=$(grep -c '^gnt t=[0-9]* op=\(dmap\|dunmap\|lost\)' "$file")
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
	echo "Usage: sh dma-bpftrace.sh run FILE [SECONDS] | mark FILE | show" >&2
	exit 2
	;;
esac
