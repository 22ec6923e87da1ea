# The shelf of all formats that Xen prints, where it is at hand: each that matters is claimed by an entry, or is in ignored.tsv.
#
# A format is turned into lines (tests/shelf/xen-render.awk, with the words of xen-words.tsv and, for members of blocks, the lines of
# xen-heads.tsv before it); it is covered when all lines of one rendering are claimed by an entry of Xen.  What Xen prints in parts is
# covered when the parts are found in a line that is a sample of an entry, and claimed.

formats=${FAULTLINE_REFERENCE:-$root/../shared/reference}/xen/xen-formats.tsv
ignored=$root/parsers/messages/ignored.tsv
reasons='no-value|fragment|developer|start-up-table|other-subject'

# What matters: all formats of these files (ERE on the path) …
relevant_files='^xen/drivers/passthrough/
^xen/drivers/char/|/(vpl011|vuart)\.c$
/grant_table\.c$
/p2m[a-z0-9-]*\.c$|/mm/|/mmu/|/(mm|page_alloc|memory|rangeset)\.c$
/bootfdt\.c$|/device-tree/|/static-shmem\.c$
/(domain_build|dom0_build|dom0less-build)\.c$
/(domain|domctl|device|kernel|physdev|msi)\.c$'

# … and formats of any file that have one of these words.
relevant_words='iommu|smmu|vt-d|dmar|rmrr|ivrs|amd-vi|passthrough|dma
grant|gnttab
p2m|[mgpd]fn|page.?table
pci|%pp|%04x:%02x:%02x|msi
memory|ram[^a-z]|heap|e820|initrd|module|bank|regions?[^a-z]|overlap
console|dom0|domu|domain'

# No message of Xen: what a guest says, behind its domain or alone; and formats that are nothing but a macro of their callers.
not_xen='^DOM%[du]: |^(%s)+(\\n)?$|^[{][A-Za-z_]+[}](\\n)?$'

# An ignored format has no address, device, domain or grant among its values, nor among its arguments.
never_printed='%p|%[-#0-9]*l*x|d%d|[Dd][Oo][Mm](ain)? ?%|d<D>|<node>|[gmdp]fn|ref %'
never_argument='full_name|dev_name|sbdf|domid|domain_id|addr|[gmdp]fn|(^|[^a-z])g?ref([^a-z]|$)'

# ROW, then the columns of the shelf, of the formats that matter.
select_rows() {
	FILES=$relevant_files WORDS=$relevant_words OTHERS=$not_xen LC_ALL=C awk '
	BEGIN {
		FS = "\t"
		files = ENVIRON["FILES"]
		words = ENVIRON["WORDS"]
		others = ENVIRON["OTHERS"]
		gsub(/\n/, "|", files)
		gsub(/\n/, "|", words)
	}
	NR == 1 || $7 ~ others { next }
	{
		path = $10
		sub(/^[^:]*:/, "", path)
		sub(/:[0-9]*$/, "", path)
	}
	path ~ files || tolower($6 $7) ~ words { print NR "\t" $0 }' "$formats"
}

# Samples of all entries of Xen, as lines, each with the entry that claims it.
claimed_samples() {
	run faultline messages
	awk '/^xen\./ { print $1 }' "$T/out" >"$T/names"
	# shellcheck disable=SC2046 # names have no blanks
	run faultline messages show $(cat "$T/names")
	awk '
	/^ *sample/ { sample = 1; sub(/^ *sample\?? */, ""); print; next }
	sample && /^ *\|/ { sub(/^ *\| */, ""); print; next }
	{ sample = 0 }' "$T/out" >"$T/samples.log"
	run faultline explain-line "$T/samples.log"
	paste "$T/out" "$T/samples.log" >"$T/samples"
}

# Rows that no entry claims, on standard output.
unclaimed_rows() {
	paste "$T/keys" "$T/claims" | awk -F '\t' '
	!$1 { next }
	{
		rows[$1] = 1
		if ($2 >= variants[$1])
			variants[$1] = $2 + 1
		seen[$1, $2] = 1
		if ($5 !~ /^xen\./)
			missed[$1, $2] = 1
	}
	END {
		for (row in rows) {
			covered = 0
			for (k = 0; k < variants[row]; k++)
				if (((row, k) in seen) && !((row, k) in missed))
					covered = 1
			if (!covered)
				print row
		}
	}'
}

# What becomes of the rows that are left: "ignored ROW REASON", "open FILE FORMAT", "never FILE FORMAT", "unused LITERAL".
judge_rows() {
	PRINTED=$never_printed ARGUMENT=$never_argument REASONS=$reasons LC_ALL=C awk '
	BEGIN { FS = "\t" }
	FNR == 1 { file++ }
	file == 1 {
		if (/^#/ || NF == 0)
			next
		literal[++count] = $1
		reason[count] = $2
		if (NF != 3 || length($1) < 6 || $2 !~ ("^(" ENVIRON["REASONS"] ")$"))
			print "wrong\t" $0
		# Lines of Linux and of programs are not on this shelf.
		if ($3 !~ /^xen\//)
			used[count] = 1
		next
	}
	file == 2 { left[$1] = 1; next }
	{
		text = $7 $8
		gsub(/\\t/, "\t", text)
		gsub(/\\"/, "\"", text)
		found = 0
		for (i = 1; i <= count; i++)
			if (index(text, literal[i])) {
				used[i] = 1
				found = i
			}
		if (!($1 in left))
			next
		if (!found)
			print "open\t" $2 " " $3 ": " $8
		else if (text ~ ENVIRON["PRINTED"] || $10 ~ ENVIRON["ARGUMENT"])
			print "never\t" $2 " " $3 ": " $8
		else
			print "ignored\t" $1 "\t" reason[found]
	}
	END {
		for (i = 1; i <= count; i++)
			if (!used[i])
				print "unused\t" literal[i]
	}' "$ignored" "$T/left" "$T/all"
}

# none KIND WHAT: no row was judged so.
none() {
	grep "^$1	" "$T/judged" | cut -f 2- >"$T/of-kind"
	[ ! -s "$T/of-kind" ] || problem "$(wc -l <"$T/of-kind" | tr -d ' ') $2:" "$(head -n 80 "$T/of-kind" | cut -c 1-160)"
}

check_formats() {
	it "formats of Xen are rendered and read"
	select_rows >"$T/rows"
	awk 'NR > 1 { print NR "\t" $0 }' "$formats" >"$T/all"
	LC_ALL=C awk -v LINES="$T/lines.log" -v KEYS="$T/keys" -v PATTERNS="$T/patterns" -f "$root/tests/shelf/xen-render.awk" \
		"$root/tests/shelf/xen-heads.tsv" "$root/tests/shelf/xen-words.tsv" "$T/rows"
	run faultline explain-line "$T/lines.log"
	code 0
	silent
	[ "$rc" -eq 0 ] || return 0
	mv "$T/out" "$T/claims"
	is "$(wc -l <"$T/claims" | tr -d ' ')" "$(wc -l <"$T/keys" | tr -d ' ')" "lines"
	unclaimed_rows | sort >"$T/unclaimed"
	claimed_samples
	LC_ALL=C awk -F '\t' -f "$root/tests/shelf/xen-samples.awk" "$T/unclaimed" "$T/patterns" "$T/samples" | cut -f 1 | sort >"$T/in-parts"
	comm -23 "$T/unclaimed" "$T/in-parts" >"$T/left"
	judge_rows >"$T/judged"

	relevant=$(wc -l <"$T/rows" | tr -d ' ')
	left_alone=$(grep -c '^ignored	' "$T/judged")
	it "each of $relevant formats of Xen that matter is claimed, or left alone on purpose"
	[ "$relevant" -gt 2000 ] || problem "only $relevant rows: has the shelf changed?"
	none open "formats are claimed by no entry and stand not in ignored.tsv"
	it "formats that are left alone are few, and say nothing of addresses, devices, domains or grants"
	[ "$left_alone" -le $((relevant * 15 / 100)) ] || problem "$left_alone of $relevant formats are left alone"
	none never "formats are left alone that must not be"
	it "ignored.tsv has no row that is wrong, or that nothing prints"
	none wrong "rows without a literal of six bytes, a reason of the list ($reasons), or a place"
	none unused "rows are of Xen, but no format has them"
	[ -z "$VERBOSE" ] || echo "      $relevant formats matter: $(wc -l <"$T/in-parts" | tr -d ' ') claimed in parts, $left_alone left alone"
}

if [ -f "$formats" ]; then
	check_formats
else
	skip "formats of Xen" "no $formats; FAULTLINE_REFERENCE names its folder"
fi
