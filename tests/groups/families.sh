# Rows of each family of messages equal an independent count: grep on the capture, line ends and colours taken off, nothing else.
#
# One family a line: name, pattern (ERE) of the line that starts a record, and the rows that must be as many.  A line that a
# capture holds twice (dmesg printed again) counts once there too: lines with a stamp are counted once.

families="xen-smmu|\(XEN\).*smmu: .*Unhandled context fault|iommu_fault WHERE by = 'xen' AND impl = 'smmuv2'
xen-smmu-global|\(XEN\).*smmu: .*GFSR 0x|iommu_fault WHERE by = 'xen' AND impl = 'smmuv2-global'
xen-smmuv3|\(XEN\).*SMMUv3: .*event 0x[0-9a-f]+ received|iommu_fault WHERE by = 'xen' AND impl = 'smmuv3'
xen-vtd|\[VT-D\]DMAR: ?\[DMA |iommu_fault WHERE by = 'xen' AND impl = 'vtd'
xen-amd|AMD-Vi: IO_PAGE_FAULT: |iommu_fault WHERE by = 'xen' AND impl = 'amd'
linux-smmu|(arm-smmu|qcom-iommu-ctx) .*Unhandled context fault|iommu_fault WHERE by = 'linux' AND impl IN ('smmuv2', 'qcom')
linux-smmuv3|arm-smmu-v3 .*event 0x[0-9a-f]+ received|iommu_fault WHERE by = 'linux' AND impl = 'smmuv3'
dmar|(^|[^]])DMAR: ?\[DMA (Read|Write)|iommu_fault WHERE by = 'linux' AND impl = 'vtd'
ipmmu|ipmmu-vmsa .*Unhandled fault|iommu_fault WHERE by = 'linux' AND impl = 'ipmmu'
amd|\[IO_PAGE_FAULT|iommu_fault WHERE by = 'linux' AND impl = 'amd' AND (type IS NULL OR type = 'IO_PAGE_FAULT')
rockchip|rk_iommu .*Page fault at|iommu_fault WHERE impl = 'rk'
hresp|HRESP not OK|device_error WHERE what = 'hresp'
swiotlb-full|swiotlb buffer is full \(|swiotlb_full
bounced|swiotlb_bounced: dev_name|dma_bounce
aer|PCIe Bus Error:|pci_error WHERE kind = 'aer' AND ifnull(headless, 0) = 0
grant-ref|grant_table.c:[0-9]+:d.* Bad ref |grant_error WHERE by = 'xen' AND what = 'bad-ref'
groups|^ ?[0-9a-f:.]+: Adding to iommu group [0-9]+$|\[ *[0-9]+[.][0-9]{6}\]( \[ *[TC][0-9]+\])? ([^ ]+ [^ ]+: Adding to iommu|iommu: Adding device [^ ]+ to) group [0-9]+$|assignment WHERE what = 'group'
suppressed|^(\[ *[0-9]+[.][0-9]{6}\]( \[ *[TC][0-9]+\])? )?[A-Za-z_0-9]+: [0-9]+ callbacks suppressed|v_message WHERE message GLOB 'linux.*suppressed*' AND text LIKE '%callbacks%'"

# The lines once: a record that is printed again has the same stamp and the same text, and what follows it without a stamp is its.
plain() {
	LC_ALL=C tr -d '\r\000' <"$1" | LC_ALL=C sed 's/\x1b\[[0-9;]*m//g' | LC_ALL=C awk '
	/[0-9]\.[0-9][0-9][0-9][0-9][0-9][0-9]\]/ { again = seen[$0]++ }
	!again'
}

check_families() {
	file=$1
	plain "$file" >"$T/plain"
	rm -f "$T/families.db"
	run faultline ingest -q -d "$T/families.db" "$file"
	echo "$families" | while IFS='|' read -r name pattern rows; do
		# A pattern may hold '|' itself: the rows are what stands behind the last one.
		rest="$pattern|$rows"
		rows=${rest##*|} pattern=${rest%|*}
		wanted=$(LC_ALL=C grep -cE "$pattern" "$T/plain")
		got=$(ask "$T/families.db" "SELECT count(*) FROM $rows")
		[ "$wanted" = "$got" ] || echo "$name: $wanted lines, $got rows"
	done >"$T/differ"
	[ ! -s "$T/differ" ] || problem "rows are not as many as lines:" "$(shown "$T/differ")"
	is "$(ask "$T/families.db" 'SELECT bytes - matched_bytes - unmatched_bytes - damaged_bytes - replayed_bytes FROM capture')" 0 "bytes in no count"
}

for file in "$root"/samples/*/console.log; do
	it "families of ${file#"$root"/}"
	check_families "$file"
done
each_by_others "families of" check_families
