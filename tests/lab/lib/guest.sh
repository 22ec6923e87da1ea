# Guests of a Xen machine.  Their kernel and image travel in dom0's.

# with_guest: before boot; dom0's image carries a kernel and an image for guests.
with_guest() {
	initrd_of x86
	mkdir -p "$here/overlay/guest"
	cp "$(file_of x86 'boot/vmlinuz-*')" "$here/overlay/guest/kernel"
	cp "$image" "$here/overlay/guest/initrd"
}

# guest NAME [KERNEL-OPTIONS], more lines of its configuration from standard input: creates it and waits until it is up.
guest() {
	guest_name=$1
	shift
	{
		echo "name = \"$guest_name\""
		echo 'kernel = "/guest/kernel"'
		echo 'ramdisk = "/guest/initrd"'
		echo "extra = \"console=hvc0 lab.agent=hvc0 lab.printk=3 $*\""
		echo "memory = ${guest_memory:-160}"
		echo 'vcpus = 1'
		echo 'on_crash = "destroy"'
		cat
	} >"$here/$guest_name.cfg"
	on "echo $(base64 -w 0 <"$here/$guest_name.cfg") | base64 -d >/etc/xen/$guest_name.cfg; xl create /etc/xen/$guest_name.cfg" >/dev/null
	on "wait-guest $guest_name" >/dev/null
}

# in_guest NAME COMMAND: what it printed, and its status.
in_guest() {
	guest_name=$1
	shift
	on "in-guest $guest_name $(printf '%s\n' "$*" | base64 -w 0)"
}

domain_of() { on "xl domid $1"; }

# The frame that the newest dump of debug key g shows for a grant: granted_frame DOMAIN REF
granted_frame() {
	on 'xl debug-keys g' >/dev/null
	quiet
	console | tr -d '\r' | sed 's/^(XEN) \(\[[ 0-9.]*\] \)*//' | awk -v domain="$1" -v ref="$(printf '[0x%03x]' "$2")" '
		/gnttab_usage_print_all \[/ { frame = "" }
		/^grant-table for remote d/ { at = substr($4, 2) }
		$1 == ref && at == domain { frame = $3 }
		END { print frame }'
}

# assignable DEVICE: dom0 gives it up, so that a guest may have it.
assignable() { on "modprobe xen-pciback; xl pci-assignable-add $1" >/dev/null; }

# A frame of a guest, by way of a page that it offers and nobody maps: frame_of GUEST
frame_of() {
	at=$(in_guest "$1" 'modprobe xen-gntalloc; grant offer 0 >/tmp/refs & sleep 2; cat /tmp/refs')
	on "grant map $(domain_of "$1") $at >/tmp/map & echo \$! >/tmp/pid; sleep 2" >/dev/null
	granted_frame "$(domain_of "$1")" "$at"
	on 'kill $(cat /tmp/pid)' >/dev/null
}

# with_kit: before boot; faultline's own capture scripts are below /kit.
with_kit() {
	for piece in grants grants-bpftrace debug-keys; do
		if [ -n "${FAULTLINE:-}" ]; then
			"$FAULTLINE" capture-kit "$piece"
		else
			cat "$root/schema/kit/$piece.sh"
		fi | put "kit/$piece.sh"
	done
}

# traced_frame DOMAIN [live]: one that the kit's recording has seen granted, and unmapped since (live: mapped now): frame and reference.
traced_frame() {
	on "grant-frames $1" | awk -v live="${2:-}" '(live != "") == ($3 > 0) { print $1, $2 }' >"$here/frames"
	traced=$(wc -l <"$here/frames")
	[ "$traced" -gt 0 ] || return 0
	random 1 "$traced"
	sed -n "${random}p" "$here/frames"
}

# recorded NAME COMMAND: what a guest does with the kit's recording on.  A probe that comes while the processor is in another one is missed,
# and of such a trace nothing is certain: then once more.
recorded() {
	for recording in 1 2 3 4 5; do
		on "sh /kit/grants.sh start" >/dev/null
		in_guest "$@" >/dev/null
		missed=$(on "sh /kit/grants.sh status" | awk '$1 ~ /^gnt_/ { n += $3 } END { print n + 0 }')
		[ "$missed" -gt 0 ] || return 0
	done
	fail "a probe was missed in each of $recording recordings"
}
