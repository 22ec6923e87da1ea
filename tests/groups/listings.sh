# Listings: files that are known by all of their lines; what they say, and what looks like one and is none.
cd "$T" || exit 2
sample=$root/samples/zynqmp-pv-network/console.log
vtd=$root/samples/xen-vtd-stray-dma/console.log

# What a file is taken for, and why it is left.
taken() { ask "$1" "SELECT form || ifnull(' (' || why || ')', '') FROM input WHERE name = '$2'"; }

# reads FILE FORM: it is a listing, alone, and all of its database is $T/one.db.
reads() {
	rm -f one.db
	run faultline ingest -d one.db "$1"
	code 0
	is "$(taken one.db "$1")" "$2" "taken for"
}

# is_text FILE: no row comes of it.
is_text() {
	rm -f one.db
	run faultline ingest -d one.db "$1"
	code 0
	is "$(taken one.db "$1")" text "taken for"
	is "$(ask one.db "SELECT (SELECT count(*) FROM memory_range) + (SELECT count(*) FROM symbol) + (SELECT count(*) FROM kernel_config)
		+ (SELECT count(*) FROM pci_device) + (SELECT count(*) FROM interrupt) + (SELECT count(*) FROM listing_line) AS n")" "$2" rows
}

cat >iomem <<'END'
00000000-00000fff : Reserved
00001000-0009fbff : System RAM
0009fc00-000fffff : Reserved
  000f0000-000fffff : System ROM
00100000-bfffffff : System RAM
  01000000-02209987 : Kernel code
c0001000-eebfffff : PCI Bus 0000:00
eec00000-febfffff : Reserved
  eec00000-eecfffff : PCI ECAM 0000 [bus 00-00]
    eec00000-eecfffff : PCI Bus 0000:00
100000000-1ffffffff : System RAM
200000000-2ffffffff : PCI Bus 0000:00
  200000000-20007ffff : 0000:00:04.0
    200000000-20007ffff : virtio-pci-modern
END

# ---- each of them --------------------------------------------------------------

it "/proc/iomem: each range, how deep it is, and its own line of the file"
reads iomem /proc/iomem
is "$(ask one.db "SELECT count(*) FROM memory_range WHERE kind = 'iomem' AND inclusive AND speaker = 'file'")" 14 ranges
is "$(ask one.db "SELECT line || ' ' || depth || ' ' || start || ' ' || \"end\" || ' ' || usage FROM memory_range WHERE line = 10")" \
	"10 2 4005560320 4006608895 PCI Bus 0000:00" "line 10"
is "$(ask one.db "SELECT text FROM line_text WHERE line = 4")" "  000f0000-000fffff : System ROM" "the text as it stands there"
is "$(ask one.db "SELECT offset FROM memory_range WHERE line = 2")" 29 "where it stands"
is "$(ask one.db "SELECT bdf || ' ' || first || ' ' || last || ' ' || space FROM v_resource WHERE bdf IS NOT NULL")" \
	"0000:00:04.0 8589934592 8590458880 unknown" "of a device"

it "/proc/iomem with line ends of another system, and cut short"
sed 's/$/\r/' iomem >dos
reads dos /proc/iomem
is "$(ask one.db "SELECT count(*) FROM memory_range")" 14 ranges
head -c 240 iomem >cut
reads cut /proc/iomem
is "$(ask one.db "SELECT lines - matched FROM capture")" 1 "lines that nothing claims"

it "hidden addresses: told, with what to do, and no row"
sed 's/[0-9a-f]\{8,\}-[0-9a-f]\{8,\}/00000000-00000000/' iomem >hidden
rm -f one.db
run faultline ingest -d one.db hidden
code 3
err 'hidden: /proc/iomem, and its addresses are hidden; left out; read it as root'
is "$(taken one.db hidden)" "/proc/iomem (its addresses are hidden)" "taken for"
is "$(ask one.db "SELECT count(*) FROM memory_range")" 0 ranges
is "$(ask one.db "SELECT count(*) FROM capture")" 0 captures

it "one address that is not hidden: it is read"
sed '5s/00000000-00000000/00100000-bfffffff/' hidden >nearly
reads nearly /proc/iomem

cat >interrupts <<'END'
           CPU0       CPU1
 11:       1823          7     GICv2  30 Level     arch_timer
 16:          0          2  DMAR-MSI   0-edge      dmar0
 36:          5    2596564 PCI-MSIX-0000:00:02.0   1-edge      virtio1-req.0
 64:        812         11  xen-pirq    -msi       nvme0q0
NMI:          0          0   Non-maskable interrupts
ERR:          3
END

it "/proc/interrupts: who raises each, for whom, and how often in all"
reads interrupts /proc/interrupts
is "$(ask one.db "SELECT count FROM v_interrupt WHERE irq = '36'")" 2596569 "of both processors"
is "$(ask one.db "SELECT bdf FROM v_interrupt WHERE irq = '36'")" 0000:00:02.0 device
is "$(ask one.db "SELECT chip || ' ' || handlers || ' ' || count FROM v_interrupt WHERE handlers = 'dmar0'")" "DMAR-MSI dmar0 2" "VT-d"
is "$(ask one.db "SELECT chip || ' ' || handlers FROM v_interrupt WHERE irq = '64'")" "xen-pirq nvme0q0" "through Xen"
is "$(ask one.db "SELECT count FROM v_interrupt WHERE irq = 'ERR'")" 3 errors
run faultline report -d one.db interrupts
code 0
out virtio1-req.0

it "/proc/softirqs is like it, and is none"
cat >softirqs <<'END'
                    CPU0       CPU1
          HI:          0          1
       TIMER:      65871      86502
      NET_TX:          3          1
END
is_text softirqs 0

cat >config <<'END'
#
# Automatically generated file; DO NOT EDIT.
# Linux/arm64 5.4.0 Kernel Configuration
#
CONFIG_ARM64=y
CONFIG_XEN_DOM0=y

#
# Drivers
#
CONFIG_SWIOTLB_XEN=y
CONFIG_XEN_NETDEV_BACKEND=m
# CONFIG_XEN_BLKDEV_BACKEND is not set
CONFIG_CMDLINE="console=hvc0 # CONFIG_XEN is not set"
END

it "a .config: what is set, and what is not"
reads config "a .config"
is "$(ask one.db "SELECT replace(group_concat(option || '=' || value, ' '), char(34), '') FROM (SELECT * FROM kernel_config WHERE what IS NULL ORDER BY line)")" \
	'CONFIG_ARM64=y CONFIG_XEN_DOM0=y CONFIG_SWIOTLB_XEN=y CONFIG_XEN_NETDEV_BACKEND=m CONFIG_XEN_BLKDEV_BACKEND=n CONFIG_CMDLINE=console=hvc0 # CONFIG_XEN is not set' options
is "$(ask one.db "SELECT option || ' ' || arch || ' ' || value FROM kernel_config WHERE what = 'release'")" "Linux arm64 5.4.0" release
run faultline report -d one.db config
code 0
out 'CONFIG_SWIOTLB_XEN'
not_out 'CONFIG_XEN_BLKDEV_BACKEND'
not_out 'CONFIG_ARM64 '

it "a shell script with the same words is none"
cat >script <<'END'
# Automatically generated file
CONFIG_A=y
CONFIG_B=y
CONFIG_C=y
export CONFIG_A CONFIG_B
END
is_text script 0
err 'starts like a .config, but line 5 is none of it'

cat >symbols <<'END'
ffffffff81000000 T _stext
ffffffff81000000 T _text
ffffffff81000040 t run_init_process
ffffffff81000100 T try_to_run_init_process
ffffffff82000000 D init_task
ffffffff82200000 b __brk_base
END
printf 'ffffffffc0201000 t nvme_queue_rq\t[nvme]\nffffffffc0202000 t bpf_prog_6deef7357e7b4530\t[bpf]\n' >>symbols

it "symbols of a kernel and of its modules"
reads symbols "a symbol table"
is "$(ask one.db "SELECT count(*) FROM symbol")" 8 symbols
is "$(ask one.db "SELECT printf('%x', addr) || ' ' || type || ' ' || module FROM symbol WHERE name = 'nvme_queue_rq'")" "ffffffffc0201000 t nvme" "of a module"

it "symbols of Xen"
sed 's/^ffffffff8\(.*\)/0xffff82d04\1/; /\[/d' symbols >xen-syms.map
sed 's/ T _/ t file.c#/' xen-syms.map >>xen-syms.map.more
cat xen-syms.map.more >>xen-syms.map
reads xen-syms.map "a symbol table"
is "$(ask one.db "SELECT count(*) FROM symbol WHERE addr < 0 AND name LIKE 'file.c#%'")" 2 "symbols of a file"

it "symbols without addresses are told"
sed 's/^[0-9a-f]*/0000000000000000/' symbols >nosymbols
rm -f one.db
run faultline ingest -d one.db nosymbols
code 3
err 'its addresses are hidden'
is "$(ask one.db "SELECT count(*) FROM symbol")" 0 symbols

it "eight short commits of a log are no symbols"
for i in 1 2 3 4 5 6 7 8; do echo "1234567$i a commit"; echo "1234567$i A fix of it"; done >commits
is_text commits 0

cat >lspci <<'END'
lspci: Unable to load libkmod resources: error -2
00:03.0 Ethernet controller [0200]: Intel Corporation 82574L Gigabit Network Connection [8086:10d3] (rev 01)
	Subsystem: Intel Corporation Device [8086:0000]
	Control: I/O- Mem+ BusMaster+ SpecCycle- MemWINV- VGASnoop- ParErr- Stepping- SERR- FastB2B- DisINTx-
	Status: Cap+ 66MHz- UDF- FastB2B- ParErr- DEVSEL=fast >TAbort- <TAbort- <MAbort+ >SERR- <PERR- INTx-
	NUMA node: 0
	IOMMU group: 4
	Region 0: Memory at 8f000000 (32-bit, non-prefetchable) [size=128K]
	Region 2: I/O ports at c000 [size=32]
	Capabilities: [e0] Express (v1) Root Complex Integrated Endpoint, MSI 00
		DevSta:	CorrErr- NonFatalErr+ FatalErr- UnsupReq+ AuxPwr- TransPend-
	Capabilities: [100 v2] Advanced Error Reporting
		UESta:	DLP- SDES- TLP- FCP- CmpltTO- CmpltAbrt- UnxCmplt- RxOF- MalfTLP- ECRC- UnsupReq+ ACSViol-
	Kernel driver in use: e1000e
	Kernel modules: e1000e

00:1e.0 PCI bridge [0604]: Intel Corporation 82801 PCI Bridge [8086:244e] (rev 92) (prog-if 01 [Subtractive decode])
	Status: Cap- 66MHz- UDF- FastB2B- ParErr- DEVSEL=fast >TAbort- <TAbort- <MAbort- >SERR- <PERR- INTx-
	Bus: primary=00, secondary=05, subordinate=05, sec-latency=32

01:00.0 PCI bridge [0604]: Texas Instruments XIO2001 PCI Express-to-PCI Bridge [104c:8240]
	Bus: primary=01, secondary=02, subordinate=02, sec-latency=0
	Capabilities: [70] Express (v2) PCI-Express to PCI/PCI-X Bridge, MSI 00

00:1c.0 PCI bridge [0604]: Intel Corporation Root Port [8086:a338]
	Bus: primary=00, secondary=06, subordinate=06, sec-latency=0
	Capabilities: [40] Express (v2) Root Port (Slot+), MSI 00
		ACSCtl:	SrcValid+ TransBlk- ReqRedir+ CmpltRedir+ UpstreamFwd+ EgressCtrl- DirectTrans-

00:1d.0 PCI bridge [0604]: A bridge whose capabilities are not shown [8086:0001]
	Bus: primary=00, secondary=07, subordinate=07, sec-latency=0
	Capabilities: <access denied>

02:04.0 Multimedia audio controller [0401]: C-Media Electronics Inc CMI8788 [13f6:8788]
05:01.0 Serial controller [0700]: Exar Corp. XR17C152 [13a8:0152]
06:00.0 Non-Volatile memory controller [0108]: Samsung NVMe [144d:a808]
07:00.0 Ethernet controller [0200]: Intel NIC [8086:1533]
END

it "lspci -nnvv: each device with its group, driver, registers and addresses"
reads lspci lspci
is "$(ask one.db "SELECT count(*) FROM pci_device")" 9 devices
is "$(ask one.db "SELECT class || ' ' || class_code || ' ' || vendor_id || ' ' || device_id || ' ' || rev || ' ' || driver || ' ' || \"group\" || ' ' || numa
	FROM pci_device WHERE bdf = '0000:00:03.0'")" "Ethernet controller 512 32902 4307 1 e1000e 4 0" "the first"
is "$(ask one.db "SELECT bus_master || master_abort || target_abort || is_express || ' ' || requester FROM v_pci_device WHERE bdf = '0000:00:03.0'")" "1101 24" registers
is "$(ask one.db "SELECT ue_status LIKE '%UnsupReq+%' AND dev_status LIKE '%NonFatalErr+%' FROM pci_device WHERE bdf = '0000:00:03.0'")" 1 "its errors"
is "$(ask one.db "SELECT bdf || ' ' || first || ' ' || last FROM v_pci_region")" "0000:00:03.0 2399141888 2399272960" "its memory"

is "$(ask one.db "SELECT printf('%x %x', on_bus, requester) FROM v_pci_device WHERE bdf = '0000:02:04.0'")" "2 220" "requester of 02:04.0"

it "what an IOMMU sees of a device behind a bridge: only where the bridge is known"
is "$(ask one.db "SELECT group_concat(bdf || '=' || printf('%x', alias), ' ') FROM (SELECT * FROM v_requester_alias ORDER BY bdf)")" \
	"0000:02:04.0=200 0000:05:01.0=f0" aliases
run faultline report -d one.db devices
code 0
out '02:00.0'

it "lspci without options, and with -n"
printf '00:00.0 Host bridge: Intel Corporation 440FX\n03:00.0 Non-Volatile memory controller: Samsung SM981 (rev 02)\n' >short
reads short lspci
is "$(ask one.db "SELECT vendor || ' ' || rev FROM pci_device WHERE bdf = '0000:03:00.0'")" "Samsung SM981 2" device
printf '0000:00:00.0 0600: 8086:1237\n10000:03:00.0 0108: 144d:a808 (rev 02)\n' >short-n
reads short-n lspci
is "$(ask one.db "SELECT class_code || ' ' || device_id FROM pci_device WHERE bdf = '10000:03:00.0'")" "264 43016" device

cat >tree <<'END'
-+-[0000:b2]-+-00.0-[b3]----00.0
 |           \-05.0
 \-[0000:00]-+-00.0
             +-01.0-[01]----00.0
             +-1c.0-[02-04]----00.0-[03-04]--+-00.0-[04]----00.0
             |                               \-01.0
             \-1f.3
END

it "lspci -t: which bridge is above which buses"
reads tree "lspci -t"
is "$(ask one.db "SELECT group_concat(bdf || '>' || printf('%x-%x', bus_first, bus_last), ' ') FROM (SELECT * FROM v_pci_bridge ORDER BY bus_first)")" \
	"0000:00:01.0>1-1 0000:00:1c.0>2-4 0000:02:00.0>3-4 0000:03:00.0>4-4 0000:b2:00.0>b3-b3" bridges

cat >domains <<'END'
[
    {
        "domid": 0,
        "config": {
            "c_info": {
                "type": "pv",
                "name": "Domain-0"
            }
        }
    },
    {
        "domid": 3,
        "config": {
            "c_info": {
                "type": "hvm",
                "name": "guest"
            },
            "b_info": {
                "sched_params": {

                }
            },
            "pcidevs": [
                {
                    "func": 0,
                    "dev": 3,
                    "bus": 0,
                    "domain": 0
                }
            ],
            "dtdevs": [
                "left alone",
                {
                    "path": "/soc/ethernet@ff0e0000"
                }
            ]
        }
    }
]
END

it "xl list -l: the domains, and the devices that each was given"
reads domains "xl list -l"
is "$(ask one.db "SELECT group_concat(domain || ' ' || name || ' ' || type || ' ' || line, '; ') FROM domain_config")" "0 Domain-0 pv 3; 3 guest hvm 12" domains
is "$(ask one.db "SELECT group_concat(domain || ' ' || ifnull(bdf, path), '; ') FROM domain_device")" "3 0000:00:03.0; 3 /soc/ethernet@ff0e0000" devices
run faultline ingest -d both.db lspci domains
code 0
is "$(ask both.db "SELECT count(DISTINCT boot) FROM segment")" 1 "listings of one call are of one power-on"
run faultline report -d both.db devices
out_like '0000:00:03.0 .* 3 '

it "xl list -l, cut short: nothing is made of a half"
head -n 20 domains >half
reads half "xl list -l"
is "$(ask one.db "SELECT count(*) FROM domain_config")" 0 domains

it "JSON of anything else is none"
printf '[\n    {\n        "id": 3,\n        "name": "x"\n    }\n]\n' >other.json
is_text other.json 0

# ---- what a console says comes first ---------------------------------------------

it "the release that the console lacks comes from xl info, with its line"
grep -v 'Xen version' "$sample" >noversion.log
xl_info() {
	printf '%-23s: %s\n' host zcu102 release 5.4.0-xilinx-v2020.1 machine aarch64 nr_cpus 4 virt_caps 'hvm hvm_directio' \
		total_memory 4080 xen_major 4 xen_minor 14 xen_extra ".$1" xen_version "4.14.$1" xen_commandline 'console=dtuart'
}
xl_info 1 >xl-info
run faultline noversion.log
code 0
out 'possible: Granted page missing'
run faultline noversion.log xl-info
code 0
out 'confirmed: Granted page missing'
out 'xl-info:10'
rm -f one.db
faultline ingest -q -d one.db xl-info
is "$(taken one.db xl-info)" "xl info" "taken for"

it "a release without the fault, from xl info, rules it out"
xl_info 2 >xl-info-2
run faultline noversion.log xl-info-2
code 0
out 'Ruled out: arm-grant-not-in-iommu-p2m'
not_out 'confirmed'

it "listings beside a capture change no verdict of it"
run faultline -q "$sample"
tail -n +2 "$T/out" >wanted
run faultline "$sample" iomem config interrupts symbols lspci tree domains
code 0
grep -v ' recognised$' "$T/out" | tail -n +1 >got
faultline "$sample" | grep -v ' recognised$' >wanted
same wanted got "the verdicts differ"

it "/proc/iomem never says what host memory is"
faultline ingest -q -d plain.db "$vtd"
faultline ingest -q -d with.db "$vtd" iomem
is "$(ask with.db "SELECT group_concat(frame_class) FROM v_iommu_fault")" "$(ask plain.db "SELECT group_concat(frame_class) FROM v_iommu_fault")" "classes of the faults"
is "$(ask with.db "SELECT count(*) FROM v_range WHERE kind = 'iomem'")" 0 "ranges that verdicts look at"
is "$(ask with.db "SELECT group_concat(DISTINCT space) FROM v_resource WHERE usage = 'System RAM'")" pseudo-physical "memory of a PV dom0"
is "$(ask with.db "SELECT group_concat(DISTINCT space) FROM v_resource WHERE usage = 'Reserved'")" machine "all else"

it "a refused address behind which another device is: DMA from one to the other"
is "$(ask with.db "SELECT printf('%x', iova) || ' ' || device || ' ' || peer || ' ' || at_line FROM v_peer_fault")" "200000000 0000:00:03.0 0000:00:04.0 13" peer
run faultline report -d with.db peers
code 0
out 'iomem:13'
sed '/0000:00:04.0/s/200000000-20007ffff/210000000-21007ffff/' iomem >elsewhere
faultline ingest -q -d elsewhere.db "$vtd" elsewhere
is "$(ask elsewhere.db "SELECT count(*) FROM v_peer_fault")" 0 "no device there"
is "$(ask both.db "SELECT count(*) FROM v_peer_fault")" 0 "no fault"

it "lspci says what a requester of an x86 machine is, and nothing of a device of an SoC"
run faultline "$vtd"
out 'what device that is'
run faultline "$vtd" lspci
code 0
not_out 'what device that is'
run faultline "$root/tests/cases/flagship-nic-write/console.log" lspci
out 'what device that is'

it "where it is not known what an address is, nothing is said of peers"
grep -v 'Xen version\|PV dom0\|Dom0 has\|Xen on PVH' "$vtd" | sed '/Dom0 kernel: 64-bit/d' >unknown.log
faultline ingest -q -d unknown.db unknown.log iomem
is "$(ask unknown.db "SELECT count(*) FROM boot_model")" 0 "models"
is "$(ask unknown.db "SELECT count(*) FROM v_peer_fault")" 0 "peers"

# ---- near twins -------------------------------------------------------------------

it "a console on which a listing was printed is a console, and its verdict stays"
{ echo '# cat /proc/iomem'; cat iomem symbols; cat "$sample"; } >shell.log
run faultline shell.log
code 0
out 'confirmed: Granted page missing'
{ cat iomem; cat "$sample"; } >headed.log
run faultline headed.log
code 0
out 'confirmed: Granted page missing'
err 'starts like /proc/iomem, but line 15 is none of it; read as a console'
faultline ingest -q -d headed.db headed.log
is "$(ask headed.db "SELECT count(*) FROM memory_range WHERE kind = 'iomem'")" 0 "ranges"

it "a guest's console with such lines gives none"
sed 's/^/(d1) /' iomem >guest
is_text guest 0
sed 's/^/(XEN) /' symbols >xen
is_text xen 0

it "source code and mail are none"
cat >a.c <<'END'
#include <linux/ioport.h>
/* 00000000-00000fff : Reserved */
int x;
END
is_text a.c 0
{ echo 'Subject: iomem'; echo; cat iomem; } >mail
is_text mail 0
sed 's/^/> /' iomem >quoted
is_text quoted 0

it "control bytes, bytes of zero and escape sequences: no listing, and no harm"
{ cat iomem; printf '00000000-00000fff : \033[2Jx\n'; } >escape
is_text escape 0
{ cat config; printf 'CONFIG_X=\000\n'; } >zero
is_text zero 0
head -n 3 iomem | tr '\n' '\000' >joined
is_text joined 0

it "two lines are too few"
head -n 2 iomem >two
is_text two 0

it "--as says that it is a console's text"
rm -f one.db
run faultline ingest -d one.db --as console iomem
code 0
is "$(taken one.db iomem)" text "taken for"

it "explain-line knows them, too"
run faultline explain-line iomem:13
code 0
out 'file.iomem.range'
out '0000:00:04.0'
run faultline explain-line headed.log:13
code 0
not_out 'file.iomem.range'

# ---- sets -------------------------------------------------------------------------

it "a folder as sosreport makes it: each is told, with what it was taken for and why the rest was left"
mkdir -p sos/proc sos/boot sos/sos_commands/pci sos/sos_commands/xen sos/sos_commands/kernel sos/etc
cp hidden sos/proc/iomem
cp interrupts sos/proc/interrupts
cp softirqs sos/proc/softirqs
cp config sos/boot/config-5.4.0
cp lspci sos/sos_commands/pci/lspci_-nnvv
cp tree sos/sos_commands/pci/lspci_-tv
cp xl-info sos/sos_commands/xen/xl_info
cp domains sos/sos_commands/xen/xl_list_--long
cp noversion.log sos/sos_commands/kernel/dmesg
echo lab >sos/etc/hostname
rm -f sos.db
run faultline ingest -d sos.db sos
code 0
err '1 its addresses are hidden'
is "$(ask sos.db "SELECT group_concat(substr(name, 5) || '=' || form || ifnull('!' || why, ''), '; ') FROM input")" \
	"boot/config-5.4.0=a .config; etc/hostname=text!no line was recognised; proc/interrupts=/proc/interrupts; proc/iomem=/proc/iomem!its addresses are hidden; proc/softirqs=text!no line was recognised; sos_commands/kernel/dmesg=text; sos_commands/pci/lspci_-nnvv=lspci; sos_commands/pci/lspci_-tv=lspci -t; sos_commands/xen/xl_info=xl info; sos_commands/xen/xl_list_--long=xl list -l" inputs
is "$(ask sos.db "SELECT count(*) FROM boot")" 1 boots
run faultline report -d sos.db inputs
code 0
out 'its addresses are hidden'
run faultline -q sos
code 0
out 'confirmed: Granted page missing'

if command -v tar >/dev/null 2>&1 && ! faultline version | grep -q 'no libarchive'; then
	it "the same as an archive"
	tar -cf sos.tar sos
	run faultline ingest -d tar.db sos.tar
	code 0
	is "$(ask tar.db "SELECT group_concat(form) FROM (SELECT form FROM input ORDER BY form)")" \
		"$(ask sos.db "SELECT group_concat(form) FROM (SELECT form FROM input ORDER BY form)")" forms
else
	skip "the same as an archive" "no tar, or built without libarchive"
fi

# ---- long ones ---------------------------------------------------------------------

# 64 MiB; a sanitizer takes all addresses there are.
bound='ulimit -v 65536;'
sh -c "$bound exec \"$FAULTLINE\" version" >/dev/null 2>&1 || bound=

many() { awk -v n="$1" 'BEGIN { for (i = 0; i < n; i++) printf "ffffffff%08x %s symbol_%d\n", i * 16, i % 2 ? "T" : "t", i }'; }

it "300,000 symbols, of a file and of a pipe, in linear time and memory that stays"
many 300000 >long
rm -f one.db
run limited 60 sh -c "$bound exec \"$FAULTLINE\" ingest -d one.db long"
[ "$rc" -eq 0 ] || problem "status $rc" "$(shown "$T/err")"
is "$(ask one.db "SELECT count(*) || ' ' || max(line) FROM symbol")" "300000 300000" symbols
rm -f pipe.db
run_from long faultline ingest -d pipe.db -
code 0
is "$(ask pipe.db "SELECT count(*) FROM symbol")" 300000 symbols
is "$(ask pipe.db "SELECT digest FROM capture")" "$(ask one.db "SELECT digest FROM capture")" "digests of the same bytes"

it "a long one with a console behind it is a console's text"
{ many 60000; cat "$sample"; } >tailed
run faultline tailed
code 0
err 'starts like a symbol table, but line 60001 is none of it'
out 'confirmed: Granted page missing'
run_from tailed faultline -
code 0
out 'confirmed: Granted page missing'

it "a long line is none of a listing, and costs no memory"
{ cat iomem; awk 'BEGIN { s = sprintf("%8000s", ""); gsub(/ /, "A", s); printf "00000000-00000fff : "; for (i = 0; i < 4000; i++) printf "%s", s; print "" }'; } >wide
rm -f one.db
run limited 60 sh -c "$bound exec \"$FAULTLINE\" ingest -d one.db wide"
code 3
err 'starts like /proc/iomem, but line 15 is none of it'

it "lines of blanks and of numbers take no longer than others"
awk 'BEGIN {
	s = sprintf("%8000s", ""); d = s; gsub(/ /, "1 ", d); d = substr(d, 1, 8000)
	for (i = 0; i < 7; i++) { long = long s; digits = digits d }
	print "           CPU0       CPU1"
	for (i = 0; i < 100; i++) {
		print " 11:          1          2  chip  3-edge   a" long "b   "
		print " 12: 1 2 chip 3-edge   a" long "\t"
		print " 13: " digits
		print "NMI: 1" long "x"
	}
}' >blanks
rm -f one.db
run limited 20 "$FAULTLINE" ingest -d one.db blanks
code 0
is "$(taken one.db blanks)" /proc/interrupts "taken for"

it "a listing that has grown replaces its older self"
head -n 5 iomem >growing
faultline ingest -q -d grown.db growing
cp iomem growing
run faultline ingest -d grown.db growing
code 0
err 'has grown'
is "$(ask grown.db "SELECT count(*) FROM memory_range")" 14 ranges

it "every expression of the table is tried, and told where it is wrong"
mkdir -p copy
cp -R "$root/parsers" "$root/schema" copy/
chmod -R u+w copy
run faultline --data copy check
code 0
printf 'a wrong one\twrong:\t1\t(\tx\n' >>copy/parsers/listings.tsv
run faultline --data copy check
code 1
err 'parsers/listings.tsv'
err 'not an expression'
