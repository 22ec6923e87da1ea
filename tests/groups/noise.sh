# The catalogue does not see evidence in arbitrary text: 100,000 lines of its own words in disorder.
#
# An entry that is a word and free text behind it ("Bootloader: …") may claim a line of that shape; such lines are few and give no row
# that a judge would read.

LINES=100000
MOST=50
evidence='iommu_fault iommu_walk context_bank iommu_map_error grant_op grant_dump grant_snapshot grant_left grant_error dma_bounce dma_map
	dma_error swiotlb_full device_error device backend pci_error memory_range allocation domain_info domain_event'

for seed in 1 2; do
	it "$LINES lines of noise (seed $seed): no evidence, and hardly a line that is claimed"
	LC_ALL=C awk -v SEED="$seed" -v LINES="$LINES" -f "$root/tests/noise.awk" "$root"/parsers/messages/*.msg >"$T/noise.log"
	is "$(wc -l <"$T/noise.log" | tr -d ' ')" "$LINES" "lines of noise"
	rm -f "$T/noise.db"
	run faultline ingest -q -d "$T/noise.db" "$T/noise.log"
	code 0
	is "$(ask "$T/noise.db" 'SELECT lines FROM capture')" "$LINES" "lines that were read"
	claimed=$(ask "$T/noise.db" 'SELECT matched + replayed FROM capture')
	[ "$claimed" -le "$MOST" ] || problem "$claimed lines are claimed, $MOST may be"
	for table in $evidence; do
		is "$(ask "$T/noise.db" "SELECT count(*) FROM $table")" 0 "rows of $table"
	done
	is "$(ask "$T/noise.db" 'SELECT count(*) FROM v_verdict')" 0 "verdicts"
done
