#!/bin/sh
# piece    debug-keys
# title    Xen's debug keys, in the order that keeps most: grants, domains, IOMMU tables, interrupts
# arch     any
# kernels  any, under Xen 4.1 or newer (xl debug-keys); which keys a Xen has is told below
# needs    root in dom0, xl; no tracing, no change of the running system
# costs    Console: g prints 90 bytes for each granted page in use, so 1,000 pages are 90 KB: 8 s of a serial line at 115,200 baud.
#        | q prints 1 to 2 KB for each domain, M 120 bytes for each MSI, Q 60 for each PCI device.
#        | o, which is sent on request only, prints a line for each page of each guest with a device: megabytes, minutes.
#        | While a key prints, one processor does nothing else, and other xl commands wait. Xen drops none of it on the serial line, whatever
#        | its level: it waits until the line has taken it.
#        | xl dmesg keeps what fits in Xen's ring: 16 KiB unless conring_size says more (faultline capture-kit xen-command-line).
# gives    grant_snapshot and grant_dump (which pages were granted, to whom, mapped by whom), domain_info, the machine's interrupts
# use      sh debug-keys.sh save FILE            while the faulting traffic runs: g q M i Q V
#        | sh debug-keys.sh save FILE gq         only these; o has to be named
#        | sh debug-keys.sh list                 the keys, and what each shows
#        | faultline console.log FILE            FILE alone will do, too
#
# FAULTLINE_XL, FAULTLINE_KMSG
#                     another xl, another place for anchors: for tests
#
# By hand, on the serial console: Ctrl-a three times gives the keyboard to Xen, then the keys, then Ctrl-a three times gives it back to
# dom0. With a shell: xl debug-keys g; xl dmesg. The serial capture is better evidence than xl dmesg: it has dom0's lines between
# Xen's, so the order is known, and nothing was overwritten.
#
# What is saved, in this order: all that is in Xen's ring before; then, for each key, what the ring has gained.  Where the ring was
# overwritten before it could be read, a line says so; the serial capture has the rest.  Around each key an anchor goes to dom0's log,
# so dom0's dmesg tells when each was pressed.  The keys that print least come last, except g, which matters most.
set -u

xl=${FAULTLINE_XL:-xl}
K=${FAULTLINE_KMSG:-/dev/kmsg}
every=gqMiQV

say() { printf 'debug-keys: %s\n' "$*" >&2; }
give_up() {
	say "$@"
	exit 2
}

# Key, who has it, what it shows.  Only keys that print: R reboots the machine, C and N crash it.
list() {
	cat <<'END'
g  all          grants in use: domain, reference, frame, how often and how it is mapped
q  all          domains: pages, who dies, virtual processors; the time of Xen's clock
M  x86          message signalled interrupts of every device: vector, target, masked or not
i  x86          interrupts: who is bound to which
Q  x86, Arm with PCI
                PCI devices: which domain has each, and its MSIs
V  x86          Intel: the IOMMUs' registers and remapped interrupts; AMD: the tables of remapped interrupts
o  x86          the IOMMU page tables of every guest that has a device, not of dom0; very long
e  all          event channels
m  all          free memory of Xen's heaps
END
}

ring() { "$xl" dmesg 2>/dev/null </dev/null; }

# What the second file has gained: the end of the first one stands at its start, as much of it as was not overwritten; the oldest line
# may be cut in two.  Status 3: less than three lines of it are left, so lines in between may be gone.
gained() {
	awk '
	NR == FNR { old[++n] = $0; next }
	{ new[++m] = $0 }
	function overlap(at,  i, first) {
		first = old[n - at + 1]
		if (substr(first, length(first) - length(new[1]) + 1) != new[1])
			return 0
		for (i = 2; i <= at; i++)
			if (new[i] != old[n - at + i])
				return 0
		return 1
	}
	END {
		for (at = n < m ? n : m; at > 0 && !overlap(at); at--)
			;
		for (i = at + 1; i <= m; i++)
			print new[i]
		exit at < 3 && at < n ? 3 : 0
	}' "$1" "$2"
}

anchor() {
	{ printf 'faultline: anchor %s\n' "$1" >"$K"; } 2>/dev/null || say "$K takes nothing: dom0's log has no anchor"
}

# Sent so, and not from the keyboard, a key has printed all when xl is back.
press() {
	key=$1
	mv "$scratch/new" "$scratch/before"
	id=$(date +%s).$$.$key
	anchor "$id"
	if ! "$xl" debug-keys "$key" 2>"$scratch/err" </dev/null; then
		say "key $key: xl refuses: $(head -n 1 "$scratch/err")"
		mv "$scratch/before" "$scratch/new"
		return
	fi
	ring >"$scratch/new"
	anchor "$id.done"
	gained "$scratch/before" "$scratch/new" >"$scratch/part"
	if [ $? -eq 3 ]; then
		say "key $key: Xen's ring was overwritten meanwhile: its first lines may be missing here; boot Xen with conring_size=4M"
		echo "# faultline: lines of Xen may be missing here: the console ring was overwritten"
	fi
	cat "$scratch/part"
	say "key $key: $(grep -c . "$scratch/part") lines"
}

save() {
	file=$1 keys=${2:-$every}
	case $keys in
	*[!gqMiQVoem]*) give_up "keys are g q M i Q V o e m; others do not only print (list tells what they show)" ;;
	esac
	if [ -e "$file" ] || [ -L "$file" ]; then
		give_up "$file is there already; name another file"
	fi
	command -v "$xl" >/dev/null 2>&1 || give_up "there is no xl here: this is no dom0. On the serial console: Ctrl-a three times, then the keys."
	scratch=$(mktemp -d "${TMPDIR:-/tmp}/faultline.XXXXXX") || give_up "no place for scratch files; TMPDIR names one"
	trap 'rm -rf "$scratch"' EXIT
	ring >"$scratch/new"
	[ -s "$scratch/new" ] || give_up "'$xl dmesg' prints nothing: not root, not dom0, or Xen's ring is empty"
	(umask 077 && set -C && cat "$scratch/new" >"$file") || give_up "$file cannot be written; name another place"
	while [ -n "$keys" ]; do
		rest=${keys#?}
		press "${keys%"$rest"}" >>"$file" || give_up "$file cannot be written to its end"
		keys=$rest
	done
	say "$file: $(grep -c . "$file") lines"
	grep -q 'Xen version' "$file" ||
		say "Xen's boot messages are not in its ring any more: give faultline the console's log from boot, too"
}

case ${1:-} in
save)
	[ -n "${2:-}" ] || give_up "save needs a FILE"
	save "$2" "${3:-}"
	;;
list) list ;;
*)
	echo "Usage: sh debug-keys.sh save FILE [KEYS] | list" >&2
	exit 2
	;;
esac
