# What is worked out of several lines and shown in reports: what domains may do with grant tables, and which devices an IOMMU stands before; and how
# half an address is told from chance.

cases=$root/tests/cases

# A report of files: reported NAME FILE…
reported() {
	report=$1
	shift
	rm -f "$T/settings.db"
	run faultline ingest -q -d "$T/settings.db" "$@"
	code 0
	run faultline report "$report" -q -d "$T/settings.db"
	code 0
}

# Xen of this version and kind of machine, with these options: xen VERSION x86|arm OPTIONS…
xen() {
	version=$1 machine=$2
	shift 2
	printf '(XEN) Xen version %s (builder@lab.example) (gcc (Debian 10.2.1-6) 10.2.1 20210110) debug=n  Fri Jan 22 10:41:09 UTC 2021\n' "$version"
	case $machine in
	x86) echo '(XEN) CPU Vendor: Intel, Family 6 (0x6), Model 158 (0x9e), Stepping 9 (raw 000906e9)' ;;
	arm) echo '(XEN) Processor: 410fd034: "ARM Limited", variant: 0x0, part 0xd03, rev 0x4' ;;
	esac
	echo "(XEN) Command line: placeholder $*"
}

# grants WANTED VERSION MACHINE OPTIONS…: what the report says is "versions,transitive,transfer".
grants() {
	wanted=$1
	shift
	xen "$@" >"$T/xen.log"
	rm -f "$T/settings.db"
	run faultline ingest -q -d "$T/settings.db" "$T/xen.log"
	code 0
	is "$(ask "$T/settings.db" "SELECT ifnull(max_ver, '?') || ' ' || ifnull(transitive, '?') || ' ' || ifnull(transfer, '?') || ' ' || how FROM v_gnttab_setting")" \
		"$wanted" "$*"
}

it "what grants may do follows from the option, where the release has it"
grants '2 yes yes default' 4.17.0 x86
grants '1 yes yes option' 4.17.0 x86 gnttab=max-ver:1
grants '1 yes yes option' 4.11.0 x86 gnttab=max_ver:1
grants '2 no yes option' 4.10.2 x86 gnttab=no-transitive
grants '1 no no option' 4.17.0 x86 gnttab=max-ver:1,transitive=0,no-transfer
grants '2 no yes option' 4.16.0 x86 gnttab=no-transitive,no-transfer

it "the last word counts, and a wrong one changes nothing"
grants '2 yes yes option' 4.17.0 x86 gnttab=max-ver:1 loglvl=all gnttab=max-ver:2
grants '1 yes yes option' 4.17.0 x86 gnttab=max-ver:1,max-ver:3,transitiv=no
grants '2 yes yes default' 4.17.0 x86 gnttab_max_frames=64 xgnttab=max-ver:1

it "version 2 is off on Arm from some releases on"
grants '1 yes no default' 4.14.1 arm
grants '2 yes no default' 4.11.0 arm
grants '2 yes no option' 4.14.1 arm gnttab=max-ver:2

it "a release that lacks the option loses it, and one that may be patched is not known"
grants '2 yes yes lost' 4.9.2 x86 gnttab=max_ver:1
grants '? ? ? unknown' 4.10.1 x86 gnttab=max_ver:1
grants '? ? ? unknown' 4.9.2-vendor x86 gnttab=max_ver:1
grants '? ? ? unknown' 4.99.0 x86 gnttab=max_ver:1

it "the report gnttab says why"
xen 4.17.0 x86 gnttab=max-ver:1 >"$T/xen.log"
reported gnttab "$T/xen.log"
out 'gnttab=max-ver:1, which Xen 4.17.0 takes'
out 'xen.log:3'

it "a device that Xen mapped is protected, and none is where Xen uses no IOMMU"
{ xen 4.17.0 x86 && echo '(XEN) I/O virtualisation enabled' && echo '(XEN) [VT-D]d0:PCIe: map 0000:00:02.0'; } >"$T/xen.log"
reported protection "$T/xen.log"
out_like '0000:00:02.0 .* yes .*tables of d0'
{ xen 4.17.0 x86 && echo '(XEN) I/O virtualisation disabled' && echo '(XEN) [VT-D]d0:PCIe: map 0000:00:02.0'; } >"$T/xen.log"
reported protection "$T/xen.log"
out_like '0000:00:02.0 .* no .*Xen uses no IOMMU'

it "a node that Xen adds to an SMMU is the device that Linux names by its address"
{
	xen 4.17.0 arm
	echo '(XEN) SMMUv3: /axi/ethernet@ff0e0000: Added master device (SMMUv3 /iommu@4f000000 StreamIds 1)'
	echo '[    5.120000] macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK'
} >"$T/xen.log"
reported protection "$T/xen.log"
out_like 'ff0e0000.ethernet  */iommu@4f000000 .* yes'
not_out 'no line tells'

it "a device tree tells both, and a kernel that lets DMA through protects nothing"
if lacks "$cases/nic-behind-iommu"; then
	skip "trees" "built without libfdt"
else
	reported protection "$cases/nic-behind-iommu/board.dtb" "$cases/nic-behind-iommu/console.log"
	out_like 'ff0e0000.ethernet .* yes '
	out_like 'a0002000.dma .* no '
fi
{
	echo '[    0.000000] Linux version 6.1.0 (builder@lab.example) (gcc (Debian 12.2.0-14) 12.2.0) #1 SMP Mon Jan 23 14:20:11 UTC 2023'
	echo '[    0.243315] iommu: Default domain type: Passthrough (set via kernel command line)'
	echo '[    0.327614] nvme 0000:00:0d.0: Adding to iommu group 0'
} >"$T/linux.log"
reported protection "$T/linux.log"
out_like '0000:00:0d.0 .* no .*untranslated'

# Grants of COUNT pages above 4 GiB in a dump, then faults at the lower halves of the first two.
halves() {
	xen 4.14.2 arm loglvl=all
	awk -v count="$1" 'BEGIN {
		print "(XEN) gnttab_usage_print_all [ key '\''g'\'' pressed\n(XEN) grant-table for remote d1 (v1)"
		for (i = 0; i < count; i++)
			printf "(XEN) [0x%03x]      0 0x%x 0x00000100          0 0x0424cb 0x0d\n", i, 8400000 + i * 3
		print "(XEN) gnttab_usage_print_all ] done"
		for (i = 0; i < 2; i++)
			printf "(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x%x148, fsynr=0x3, cb=0\n", (8400000 + i * 3) % 1048576
	}'
}

graded() { ask "$T/settings.db" "SELECT grade FROM v_verdict WHERE cause = 'dma-addr-truncated-32'"; }

it "two halves of addresses are no chance among a thousand grants, and may be among thirty thousand"
halves 1000 >"$T/halves.log"
reported gaps "$T/halves.log"
is "$(graded)" confirmed "of 1000 grants"
halves 30000 >"$T/halves.log"
reported gaps "$T/halves.log"
is "$(graded)" possible "of 30000 grants"
