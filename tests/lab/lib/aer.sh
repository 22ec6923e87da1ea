# PCIe errors, injected by QEMU into a network card behind a root port.  Its firmware leaves AER to Linux.  (With pcie_ports=native Linux's own
# hotplug takes the port too, and finds no card.)  QEMU 7.2: only virtio's devices let a driver switch their error reports on; no message of a
# corrected error reaches the port; the port has no DPC.

# card_behind_port: before boot; the port is $port ("rp" for the monitor), the card, 0000:01:00.0, is "card".
card_behind_port() {
	device port pcie-root-port,id=rp,chassis=1
	devices="$devices -netdev user,id=net -device virtio-net-pci,netdev=net,romfile=,id=card,bus=rp,aer=on,disable-legacy=on"
	card=0000:01:00.0
}

# The driver has the card.
start_card() {
	seen 'AER: enabled with IRQ'
	on "modprobe -a virtio_pci virtio_net; [ -e /sys/bus/pci/devices/$card/driver ]; ip link set eth0 up" >/dev/null
}

# inject card|rp ERROR [DWORD DWORD DWORD DWORD]: the words of QEMU's monitor, and the header of the packet.
inject() { monitor "pcie_aer_inject_error $*"; }

# dword NUMBER: of a packet's header, as Linux shall print it: QEMU keeps its bytes the other way round.
dword() {
	word=$(($1))
	printf '0x%08x' "$(((word & 0xff) << 24 | (word & 0xff00) << 8 | (word >> 8 & 0xff00) | (word >> 24 & 0xff)))"
}

# $bar is the bus address of the card's registers.
card_bar() { bar=$(on "sed -n 5p /sys/bus/pci/devices/$card/resource" | cut -d ' ' -f 1); }
