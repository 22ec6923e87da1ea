# What a Linux without Xen is asked to do: drivers, traces, requests that stay under way.

# beside VARIABLE NEIGHBOUR MODEL[,OPTION…]: function 1 of the slot of a device that is there; both are in one IOMMU group.
beside() {
	beside_slot=${2#0000:00:}
	beside_slot=${beside_slot%.0}
	devices=$(printf '%s\n' "$devices" | sed "s/,addr=0x$beside_slot\( \|\$\)/,multifunction=on,addr=0x$beside_slot\1/")
	devices="$devices -device $3,addr=0x$beside_slot.1"
	eval "$1=0000:00:$beside_slot.1"
}

# give_driver BDF DRIVER: also one that does not know the device, as vfio-pci and pci-stub.
give_driver() {
	on "modprobe $2; cd /sys/bus/pci/devices/$1; [ ! -e driver ] || echo $1 >driver/unbind
		echo $2 >driver_override; echo $1 >/sys/bus/pci/drivers_probe; [ -e driver ]" >/dev/null
}

# trace_start: what the recipe records without Xen.
trace_start() { on 'FAULTLINE_GRANTS=no sh /kit/grants.sh start' >/dev/null; }

# trace_save NAME: ends the recording; the trace is kept as NAME.
trace_save() {
	on 'rm -f /run/trace; sh /kit/grants.sh save /run/trace; sh /kit/grants.sh stop' >/dev/null
	pull /run/trace "$1"
}

# What is mapped and not unmapped yet in a trace of iommu/map and iommu/unmap, one address a line, from standard input.
still_mapped() {
	sed -n -E 's/.* (map|unmap): IOMMU: iova=0x0*([0-9a-f]+) .*/\1 \2/p' | awk '
		$1 == "map" { if (!($2 in live)) order[++n] = $2; live[$2] = 1 }
		$1 == "unmap" { live[$2] = 0 }
		END { for (i = 1; i <= n; i++) if (live[order[i]]) print order[i] }'
}
