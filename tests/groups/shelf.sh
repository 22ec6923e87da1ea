# The shelf of known lines of Linux, where it is at hand: each is claimed, by the entry that tests/shelf/linux-ids.tsv names.

shelf=${FAULTLINE_REFERENCE:-$root/../shared/reference}/linux
ids=$root/tests/shelf/linux-ids.tsv

# The lines with the framing they lost: a printk stamp, or the record of a tracepoint; the note of dropped messages has none.
frame_lines() {
	awk -F '\t' '
	BEGIN { event["iommu.trace_fault"] = "io_page_fault"; event["swiotlb.trace"] = "swiotlb_bounced" }
	/^#/ { next }
	{
		id = $1
		line = substr($0, length(id) + 2)
		gsub(/\\t/, "\t", line)
		now = 100 + ++n / 1000
		if (id == "iommu.trace_map")
			event[id] = line ~ /unmapped/ ? "unmap" : "map"
		if (id in event)
			printf "            task-1   [000] .....   %10.6f: %s: %s\n", now, event[id], line
		else if (id == "printk.dropped" || id == "journal.missed")
			print line
		else
			printf "[%12.6f] %s\n", now, line
	}' "$1"
}

check_shelf() {
	it "every line of the shelf is claimed by its entry"
	frame_lines "$shelf/samples.tsv" >"$T/lines.log"
	run faultline explain-line "$T/lines.log"
	code 0
	silent
	grep -v '^#' "$shelf/samples.tsv" | cut -f 1 >"$T/wanted-ids"
	is "$(wc -l <"$T/out" | tr -d ' ')" "$(wc -l <"$T/wanted-ids" | tr -d ' ')" "lines"
	cut -f 2 "$T/out" | paste "$T/wanted-ids" - | awk -F '\t' '
	NR == FNR { if (!/^#/) { n = split($2, entry, ","); for (i = 1; i <= n; i++) right[$1, entry[i]] = 1 } next }
	!(($1, $2) in right) { print FNR ": " $1 " is claimed by " $2 }' "$ids" - >"$T/wrong"
	[ ! -s "$T/wrong" ] || problem "$(wc -l <"$T/wrong" | tr -d ' ') lines are not claimed as they should be:" "$(shown "$T/wrong")"

	it "every id of the shelf is an entry"
	grep -v '^#' "$shelf/catalog.tsv" | cut -f 1 | sort -u >"$T/wanted"
	grep -v '^#' "$ids" | cut -f 1 | sort -u >"$T/got"
	same "$T/wanted" "$T/got" "ids that have no entry, or are not on the shelf"
	run faultline messages
	grep -v '^#' "$ids" | cut -f 2 | tr ',' '\n' | sort -u | while IFS= read -r name; do
		grep -q "^$name " "$T/out" || echo "$name"
	done >"$T/unknown"
	[ ! -s "$T/unknown" ] || problem "entries that do not exist:" "$(shown "$T/unknown")"
}

if [ -f "$shelf/samples.tsv" ]; then
	check_shelf
else
	skip "lines of the shelf" "no $shelf; FAULTLINE_REFERENCE names its folder"
fi
