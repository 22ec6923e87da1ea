# One machine under QEMU's emulation: started, told what to do over its second serial port, and stopped.  Its first one is the capture.

# ---- what a scenario says before it boots -----------------------------------------

machine=        # xen-vtd, xen-amdvi, xen-plain, x86-vtd, x86-amdvi, x86-plain, arm-smmuv3, arm-zcu102
xen_options=
linux_options=
memory=2048
devices=        # arguments of QEMU
slots=          # of bus 0, in use

# random LOW HIGH: a number that the seed decides, another one at each call.
random_state=
random() {
	[ -n "$random_state" ] || random_state=$(($(printf '%s' "$scenario $seed" | cksum | cut -d ' ' -f 1) % 2147483647))
	random_state=$((random_state * 48271 % 2147483647))
	random=$(($1 + random_state % ($2 - $1 + 1)))
}

# A slot of bus 0 that nothing has yet.
free_slot() {
	while :; do
		random 3 28
		case " $slots " in *" $random "*) continue ;; esac
		slots="$slots $random"
		slot=$(printf '%02x' "$random")
		return
	done
}

# device VARIABLE MODEL[,OPTION…]: on bus 0; its address as Linux and Xen write it goes to the variable.
device() {
	free_slot
	devices="$devices -device $2,addr=0x$slot"
	eval "$1=0000:00:$slot.0"
}

test_device() { device "$1" edu,dma_mask=0xffffffffffffffff; }

# nvme_disk VARIABLE [OPTION…]: 64 MiB; options of QEMU's -drive, as throttling.iops-total=20.
nvme_disk() {
	truncate -s 64M "$here/disk.$1"
	devices="$devices -drive if=none,id=$1,format=raw,file=$here/disk.$1${2:+,$2}"
	device "$1" "nvme,serial=$1,drive=$1"
}

network_card() {
	devices="$devices -netdev user,id=$1"
	device "$1" "${2:-e1000e},netdev=$1,romfile="
}

# A file of the machine: put PATH, from standard input; executable when it begins with #!.
put() {
	mkdir -p "$here/overlay/$(dirname "$1")"
	cat >"$here/overlay/$1"
	[ "$(head -c 2 "$here/overlay/$1")" != '#!' ] || chmod +x "$here/overlay/$1"
}

# ---- starting and stopping ----------------------------------------------------------

initrd_of() {
	image=$work/$1.cpio.gz
	(
		until mkdir "$work/image.lock" 2>/dev/null; do [ -d "$work" ] || exit 1; sleep 1; done
		trap 'rmdir "$work/image.lock"' EXIT
		[ -e "$image" ] || make_image "$1" "$image"
	) || exit 1
}

make_initrd() {
	initrd_of "$1"
	cat "$image" >"$here/initrd"
	[ ! -d "$here/overlay" ] || pack "$here/overlay" >>"$here/initrd"
}

x86_arguments() {
	kernel=$(file_of x86 'boot/vmlinuz-*')
	set -- -m "$memory" -machine q35,kernel-irqchip=split
	case $machine in
	*-vtd) set -- "$@" -device "intel-iommu,${iommu_options:-intremap=off}" ;;
	*-amdvi) set -- "$@" -device "amd-iommu${iommu_options:+,$iommu_options}" ;;
	esac
	case $machine in
	xen-*)
		make_initrd xen
		[ -e "$here/xen" ] || gzip -dc "$(file_of xen 'boot/xen-*-amd64.gz')" >"$here/xen"
		set -- "$@" -cpu "${processor:-Westmere}" -kernel "$here/xen" -initrd "$kernel console=hvc0 earlyprintk=xen lab.agent=ttyS1 $linux_options,$here/initrd"
		set -- "$@" -append "com1=115200,8n1 console=com1 loglvl=all guest_loglvl=all dom0_mem=$((memory / 2))M,max:$((memory / 2))M $xen_options"
		;;
	*)
		make_initrd x86
		set -- "$@" -cpu "${processor:-max}" -kernel "$kernel" -initrd "$here/initrd" -append "console=ttyS0 lab.agent=ttyS1 $linux_options"
		;;
	esac
	emulate usr/bin/qemu-system-x86_64 "$@"
}

# The ZynqMP's tree from Debian's kernel. QEMU has no firmware of the platform, which clocks, resets and pins would need: the serial ports and the
# network get fixed clocks. The emulated PHY has address 23.
zcu102_tree() {
	cp "$(file_of arm 'usr/lib/linux-image-*/xilinx/zynqmp-zcu102-rev1.0.dtb')" "$here/tree.dtb"
	clock=$(of_tree fdtget "$here/tree.dtb" /pss_ref_clk phandle)
	for node in serial@ff000000 serial@ff010000 ethernet@ff0e0000; do
		names=$(of_tree fdtget "$here/tree.dtb" "/axi/$node" clock-names)
		of_tree fdtput "$here/tree.dtb" "/axi/$node" clocks $(for name in $names; do echo "$clock"; done)
		for property in power-domains pinctrl-names pinctrl-0 resets reset-names; do
			of_tree fdtput -d "$here/tree.dtb" "/axi/$node" "$property" 2>/dev/null || :
		done
	done
	of_tree fdtput "$here/tree.dtb" /axi/ethernet@ff0e0000/ethernet-phy@c reg 23
}

of_tree() (of_host_set=tree of_host "usr/bin/$1" "$@")

arm_arguments() {
	kernel=$(file_of arm 'boot/vmlinuz-*')
	make_initrd arm
	if [ "$machine" = arm-zcu102 ]; then
		zcu102_tree
		emulate usr/bin/qemu-system-aarch64 -M xlnx-zcu102 -m "$memory" -kernel "$kernel" -initrd "$here/initrd" -dtb "$here/tree.dtb" \
			-nic user -nic user -nic user -nic user \
			-append "console=ttyPS0,115200 earlycon lab.agent=ttyPS1 fw_devlink=permissive deferred_probe_timeout=1 $linux_options"
		return
	fi
	case $machine in
	arm-smmuv3) set -- -M virt,iommu=smmuv3,gic-version=3 -cpu "${processor:-cortex-a57}" ;;
	arm-plain) set -- -M virt,gic-version=3 -cpu "${processor:-cortex-a57}" ;;
	esac
	set -- "$@" -m "$memory" -kernel "$kernel" -initrd "$here/initrd" -append "console=ttyAMA0 lab.agent=vport0p1 $linux_options"
	emulate usr/bin/qemu-system-aarch64 "$@"
}

# No window, no network but what the scenario names, and an end in any case.
emulate() {
	program=$1
	shift
	rm -f "$here"/agent.in "$here"/agent.out "$here"/monitor.in "$here"/monitor.out "$here/qemu.pid"
	mkfifo "$here/agent.in" "$here/agent.out" "$here/monitor.in" "$here/monitor.out" || give_up "no named pipes in $here"
	case $machine in
	arm-smmuv3 | arm-plain) second='-device virtio-serial-device -device virtserialport,chardev=agent' ;;
	*) second='-serial chardev:agent' ;;
	esac
	case $machine in
	*-amdvi)
		rm -f "$here/bus.in" "$here/bus.out"
		mkfifo "$here/bus.in" "$here/bus.out"
		set -- "$@" -chardev "pipe,id=qtest,path=$here/bus" -qtest chardev:qtest -qtest-log none
		;;
	esac
	r=$cache/roots/host/usr
	(of_host "$program" "${program##*/}" -L "$r/share/qemu" -L "$r/share/seabios" -L "$r/lib/ipxe/qemu" "$@" $devices -smp "${processors:-1}" -display none -no-reboot -nodefaults \
		-pidfile "$here/qemu.pid" -chardev "file,id=console,path=$here/console.part,append=on" -serial chardev:console \
		-chardev "pipe,id=agent,path=$here/agent" $second \
		-chardev "pipe,id=monitor,path=$here/monitor" -mon chardev=monitor,mode=readline \
		>"$here/qemu.log" 2>&1 </dev/null) &
	qemu=$!
	(
		sleep "${limit:-600}" &
		trap 'kill $! 2>/dev/null; exit' TERM
		wait $!
		kill -KILL "$qemu" 2>/dev/null
	) >/dev/null 2>&1 &
	guard=$!
	until [ -s "$here/qemu.pid" ]; do
		kill -0 "$qemu" 2>/dev/null || fail "QEMU does not start" "$(tail -n 3 "$here/qemu.log")"
		sleep 0.2
	done
	# Both ends are held while the pipes are opened: no waiting for a QEMU that is gone, and an end of file when it goes.
	exec 7<>"$here/agent.out" 8<>"$here/monitor.out"
	exec 3<>"$here/agent.in" 4<"$here/agent.out" 5<>"$here/monitor.in" 6<"$here/monitor.out"
	exec 7>&- 8>&-
	case $machine in *-amdvi) exec 9<>"$here/bus.out" 7<>"$here/bus.in" 8<"$here/bus.out" 9>&- ;; esac
	cat <&6 >"$here/monitor.log" &
	monitor_log=$!
}

# Boots, and waits until the agent is there.
boot() {
	: >>"$here/console.part"
	: >"$here/console.log"
	case $machine in
	arm-*) arm_arguments ;;
	*) x86_arguments ;;
	esac
	while IFS= read -r answer <&4; do
		case $answer in *'= ready'*) return ;; esac
	done
	fail "the machine did not come up"
}

# Starts, and does not wait: for machines that are not meant to come up.
boot_only() {
	: >>"$here/console.part"
	case $machine in
	arm-*) arm_arguments ;;
	*) x86_arguments ;;
	esac
}

halt() {
	[ -n "${qemu:-}" ] || return 0
	kill "$qemu" 2>/dev/null || :
	wait "$qemu" 2>/dev/null || :
	kill "$guard" "$monitor_log" 2>/dev/null || :
	wait "$guard" "$monitor_log" 2>/dev/null || :
	exec 3>&- 4<&- 5>&- 6<&- 7>&- 8<&-
	qemu=
}

# ---- telling it ---------------------------------------------------------------------

# try COMMAND: in the machine; what it printed, and its status.
try() {
	printf '%s\n' "$(printf '%s\n' "$*" | base64 -w 0)" >&3 2>/dev/null || fail "the machine is gone: $*"
	: >"$here/answer"
	while IFS= read -r answer <&4; do
		case $answer in
		'= '*)
			printf '> %s\n%s\n' "$*" "$answer" >>"$here/agent.log"
			base64 -d <"$here/answer" 2>/dev/null | tee -a "$here/agent.log"
			return "${answer#= }"
			;;
		esac
		printf '%s\n' "$answer" >>"$here/answer"
	done
	fail "the machine did not answer: $*"
}

on() {
	try "$@" >"$here/said" || fail "status $? in the machine: $*" "$(head -n 5 "$here/said")"
	cat "$here/said"
}

dma() { on "dma $*" >/dev/null; }
monitor() { printf '%s\n' "$*" >&5; sleep 1; }

# seen REGEX [SECONDS]: what the machine must print.
seen() {
	wait_left=$((${2:-20} * 2))
	until LC_ALL=C grep -q -a -E -e "$1" "$here/console.part"; do
		[ $wait_left -gt 0 ] || fail "the console does not show /$1/ within ${2:-20} s"
		kill -0 "$qemu" 2>/dev/null || [ $wait_left -le 4 ] || wait_left=4
		wait_left=$((wait_left - 1))
		sleep 0.5
	done
}

not_seen() {
	! LC_ALL=C grep -a -E -e "$1" "$here/console.part" >"$here/said" || fail "the console shows /$1/" "$(head -n 2 "$here/said")"
}

# What the pattern's first line captures: taken REGEX-WITH-GROUP, from standard input or the console.
taken() { LC_ALL=C sed -n -E "s/^.*$1.*\$/\\1/p" | tr -d '\r' | head -n 1; }
console() { cat "$here/console.part"; }

# pull FILE NAME: a file of the machine, kept beside the capture.
pull() { on "gzip -c '$1' | base64" | base64 -d | gzip -d >"$here/$2"; }

# bus readl ADDRESS | writel ADDRESS VALUE: on the machine's bus, past its processors (QEMU's qtest protocol); what was read.
bus() {
	printf '%s\n' "$*" >&7
	while read -r verdict value <&8; do
		case $verdict in
		OK) echo "$value" ; return ;;
		FAIL | ERR) fail "bus: $*: $verdict $value" ;;
		esac
	done
	fail "bus: no answer: $*"
}

# QEMU's AMD IOMMU refuses what its tables refuse, but reports no leaf that is not there, and never moves its log's tail
# (amdvi_page_walk() and amdvi_log_event() of 7.2): the record that the specification asks for is put there by hand.
# The domain is the one of the device's table entry.  amd_report DEVICE ADDRESS read|write [FLAGS]
amd_report() {
	amd_slot=${1#*:*:}
	amd_id=$((0x${amd_slot%.*} << 3))
	amd_entry=$((($(bus readq 0xfed80000) & 0x000ffffffffff000) + amd_id * 32))
	amd_domain=$(($(bus readq $((amd_entry + 8))) & 0xffff))
	amd_tail=$(($(bus readq 0xfed82018)))
	amd_at=$((($(bus readq 0xfed80010) & 0x000ffffffffff000) + amd_tail))
	[ "$3" = write ] && amd_flags=0x20 || amd_flags=0
	bus writel "$amd_at" $amd_id >/dev/null
	bus writel $((amd_at + 8)) $(($2 & 0xffffffff)) >/dev/null
	bus writel $((amd_at + 12)) $(($2 >> 32)) >/dev/null
	bus writel $((amd_at + 4)) $((2 << 28 | ${4:-$amd_flags} << 16 | amd_domain)) >/dev/null
	bus writeq 0xfed82018 $((amd_tail + 16)) >/dev/null
	# Its MSI capability: 0x60 of 00:01.0, below the q35's configuration window.
	bus writel "$(bus readl 0xb0008064)" "$(bus readl 0xb000806c)" >/dev/null
}
