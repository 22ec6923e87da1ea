# Real captures: the project's own, line by line, and other people's, where the shelf with them is at hand.
#
# What a capture holds is worked out here with sed and awk and compared with what faultline stored: the text of a line must
# come out again from the fields of its row.

own=$root/samples

# The text of lines, "number:text", without Xen's prefix, stamps and line ends: numbered FILE
numbered() {
	tr -d '\r' <"$1" | awk '{ print NR ":" $0 }' | sed -e 's/:(XEN) \[[^]]*\] /:/' -e 's/:\[ *[0-9.]*\] /:/'
}

# The rows of a family, written as their lines, are the lines in $T/wanted: reproduces NAME SQL
reproduces() {
	ask "$T/corpus.db" "WITH rows(line, text) AS ($2) SELECT line || ':' || text AS text FROM rows ORDER BY line, text" |
		sed 's/^"\(.*\)"$/\1/' | sort >"$T/got"
	sort -o "$T/wanted" "$T/wanted"
	[ -s "$T/wanted" ] || problem "$1: the capture has no such line"
	same "$T/wanted" "$T/got" "$1: the rows do not give the lines again (< lines, > rows)"
}

take() {
	rm -f "$T/corpus.db"
	run faultline ingest -q -d "$T/corpus.db" "$1"
	code 0
	silent
	is "$(ask "$T/corpus.db" 'SELECT lines - matched - unmatched - damaged - replayed FROM capture')" 0 "lines that are in no count"
	is "$(ask "$T/corpus.db" 'SELECT lines FROM capture')" "$(awk 'END { print NR }' "$1")" "lines"
}

named() { ask "$T/corpus.db" "SELECT cause || ' ' || grade FROM v_verdict WHERE explains AND grade_rank $1 ORDER BY subject, place"; }

vtd_faults="SELECT line, printf('[VT-D]DMAR:[DMA %s] Request device [%s] fault addr %x', upper(substr(access, 1, 1)) || substr(access, 2),
	bdf, iova) || printf(' reason %02x - %s', reason, reason_text) FROM iommu_fault WHERE impl = 'vtd'"
vtd_walk="SELECT line, CASE what WHEN 'head' THEN printf('print_vtd_entries: iommu #%d dev %s gmfn %05x', iommu, bdf, page)
	WHEN 'root' THEN printf('    root_entry[%02x] = %x', \"index\", entry)
	WHEN 'context' THEN printf('    context[%02x] = %x_%08x', \"index\", entry_hi, entry)
	ELSE printf('    l%d[%03x] = %x %s', level, \"index\", entry, perm) END FROM iommu_walk"

# A fault and the reason on the line behind it, as one.
vtd_lines() { awk '/DMAR:\[DMA / { fault = $0; next } / reason / && fault { sub(/.*DMAR: /, ""); print fault " " $0; fault = "" }'; }
walk_lines() { grep -e ':print_vtd_entries' -e ':    [a-z0-9_]*\[[0-9a-f]*\] = '; }

check_vtd() {
	numbered "$1" | vtd_lines >"$T/wanted"
	reproduces "VT-d faults" "$vtd_faults"
	numbered "$1" | walk_lines >"$T/wanted"
	reproduces "table walks" "$vtd_walk"
}

it "xen-vtd-stray-dma: faults and walks"
log=$own/xen-vtd-stray-dma/console.log
take "$log"
check_vtd "$log"
is "$(ask "$T/corpus.db" 'SELECT count(*) FROM v_iommu_fault')" 2 "faults"
is "$(named '< 9' | grep -c grant)" 0 "grant causes that are named"
is "$(named '<= 2')" "" "verdicts"

it "xen-pv-blkback-grants: faults, walks and dumped grants"
log=$own/xen-pv-blkback-grants/console.log
take "$log"
check_vtd "$log"
numbered "$log" | grep ':\[0x[0-9a-f]*\] ' >"$T/wanted"
reproduces "dumped grants" "SELECT line, printf('[0x%03x] %6d 0x%05x 0x%08x %10d 0x%06x 0x%02x',
	ref, mapper, frame, pin, grantee, gframe, flags) FROM grant_snapshot"
numbered "$log" | grep -e 'gnttab_usage_print_all' -e 'grant-table for' -e 'no active grant' -e ' maptrack frames' >"$T/wanted"
reproduces "frames of dumps" "SELECT line, CASE edge WHEN 'begin' THEN 'gnttab_usage_print_all [ key ''g'' pressed'
	WHEN 'end' THEN 'gnttab_usage_print_all ] done' WHEN 'domain' THEN printf('grant-table for remote d%d (v%d)', domain, ver)
	WHEN 'limits' THEN printf('  %d frames (%d max), %d maptrack frames (1024 max)', frames, cap, maptrack)
	ELSE 'no active grant table entries' END FROM grant_dump"
is "$(ask "$T/corpus.db" 'SELECT count(*) FROM grant_snapshot AS s JOIN v_grant_dump AS d ON s.line BETWEEN d.line AND d.last GROUP BY d.line')" \
	20 "rows of each dump that has any"
is "$(ask "$T/corpus.db" 'SELECT count(*) FROM v_grant_dump')" 2 "dumps"
is "$(named '<= 2')" "" "verdicts"

it "xen-pv-blkback-grants: traced operations, batches and empty batches"
traced() { numbered "$log" | sed -n "s/^\([0-9]*:\).*[0-9]: \($1: (.*\)/\1\2/p" | sed 's/ ops=0x[0-9a-f]*//'; }
op="SELECT line, printf"
traced map >"$T/wanted"
reproduces "requests" "$op('map: (gnttab_map_refs+0x0/0x170) count=%d host_addr=0x%x flags=%d ref=%d dom=%d', count, host_addr, flags, ref,
	domain) FROM grant_op WHERE op = 'request'"
traced foreign >"$T/wanted"
reproduces "maps" "$op('foreign: (set_foreign_p2m_mapping+0x0/0x300) count=%d host_addr=0x%x flags=%d ref=%d dom=%d status=%d handle=%d dev_bus_addr=0x%x',
	count, host_addr, flags, ref, domain, status, handle, bus_addr) FROM grant_op WHERE op = 'map'"
traced unmap >"$T/wanted"
reproduces "unmaps" "$op('unmap: (gnttab_unmap_refs+0x0/0x70) count=%d host_addr=0x%x dev_bus_addr=0x%x handle=%d', count,
	ifnull(host_addr, 0), ifnull(bus_addr, 0), ifnull(handle, 0)) FROM grant_op WHERE op = 'unmap'"
traced unmap_ret >"$T/wanted"
reproduces "returns" "$op('unmap_ret: (__gnttab_unmap_refs_async+0xa9/0xc0 <- gnttab_unmap_refs) ret=0x%x', status)
	FROM grant_op WHERE op = 'unmap-return'"
is "$(ask "$T/corpus.db" "SELECT count(*) FROM grant_op WHERE op = 'unmap' AND count = 0 AND handle IS NOT NULL")" 0 "empty batches with a handle"
is "$(ask "$T/corpus.db" "SELECT sum(count - shown) FROM grant_op WHERE op = 'map'")" 14 "maps of batches that the trace hides"
is "$(ask "$T/corpus.db" "SELECT printf('%d %x', handle, bus_addr) FROM grant_op WHERE op = 'map' AND ref = 9")" "5 3b2aa000" "grant 9"

it "arm64-smmuv3-bad-streamid: ten events, the rest replayed"
log=$own/arm64-smmuv3-bad-streamid/console.log
take "$log"
tr -d '\r' <"$log" | grep 'smmuv3: \(event 0x\|	0x\)' | awk '!seen[$0]++' | sed -e 's/^\[[^]]*\] //' >"$T/lines"
awk '/event/ { n++; print n ":" $0; next } { print n ":" $0 }' "$T/lines" >"$T/wanted"
reproduces "events" "WITH e AS (SELECT row_number() OVER (ORDER BY line) AS n, *
	FROM iommu_fault WHERE impl = 'smmuv3'), k(k) AS (VALUES (0), (1), (2), (3), (4)) SELECT n, 'arm-smmu-v3 ' || instance || ': ' || CASE k
	WHEN 0 THEN printf('event 0x%02x received:', event) ELSE char(9) || printf('0x%016x', CASE k WHEN 1 THEN word0 WHEN 2 THEN word1 WHEN 3 THEN word2
	ELSE word3 END) END FROM e, k"
is "$(ask "$T/corpus.db" "SELECT count(*) || ' ' || printf('0x%x', min(stream)) || ' ' || printf('0x%x', max(stream)) FROM v_iommu_fault")" \
	"10 0x10 0x10" "events and their stream"
is "$(ask "$T/corpus.db" 'SELECT replayed FROM capture')" "$(tr -d '\r' <"$log" | grep 'smmuv3: \(event 0x\|	0x\)' | awk 'seen[$0]++' | wc -l |
	tr -d ' ')" "replayed lines"
is "$(named '< 9')" "linux-smmu-unattached-stream confirmed" "verdicts"

it "xen-dom0-crash: no incident"
take "$own/xen-dom0-crash/console.log"
is "$(ask "$T/corpus.db" 'SELECT count(*) FROM incident')" 0 "incidents"
is "$(named '< 9')" "" "verdicts"

# What sounds like evidence, is whole and is claimed by nothing has its reason in tests/shelf/unclaimed.tsv.
check_left() {
	ask "$T/corpus.db" "SELECT line FROM unclaimed WHERE reason IS NULL ORDER BY line" >"$T/got"
	awk -F '\t' -v number="$1" '$1 == number { print $2 }' "$root/tests/shelf/unclaimed.tsv" >"$T/wanted"
	same "$T/wanted" "$T/got" "$2: lines that nothing claims (< known, > unknown)"
}

# Captures by others: which causes may be likely or confirmed there is in tests/shelf/headlines.tsv; those that have to be confirmed:
must='003 020 032 038 052 058 063 069 071 074 084 099 126'
clean='021 023 027 029 034 040 042 054 056 096 098 101 122'

check_named() {
	allowed=$(awk -F '\t' -v number="$1" '$1 == number && $2 != "possible" { gsub(",", " ", $3); print $3 }' "$root/tests/shelf/headlines.tsv")
	for name in $(named '<= 2' | sed 's/ .*//' | sort -u); do
		case " $allowed " in *" $name "*) ;; *) problem "$2 is likely or confirmed: $name" ;; esac
	done
	case " $must " in
	*" $1 "*) [ -n "$(named '= 1' | grep "^${allowed%% *} ")" ] || problem "$2: $allowed is not confirmed; got: $(named '< 9' | tr '\n' ' ')" ;;
	esac
	case " $clean " in
	*" $1 "*) is "$(ask "$T/corpus.db" "SELECT cause || ' ' || grade FROM v_verdict WHERE explains AND grade_rank < 9")" "" \
		"$2 is clean, but has" ;;
	esac
}

check_seed() {
	is "$(ask "$T/corpus.db" "SELECT cause || ' ' || grade FROM v_verdict WHERE about = 'incident' AND place = 1")" \
		"arm-grant-not-in-iommu-p2m possible" "first verdict of 001"
	[ "$(named '= 3' | wc -l)" -le 3 ] || problem "more than three are possible: $(named '= 3' | tr '\n' ' ')"
	is "$(ask "$T/corpus.db" 'SELECT count(*) >= 2 FROM cannot_say')" 1 "captures that would settle 001"
	run faultline -q -f json "$2"
	has_not "$T/out" "the JSON of 001" '"cannot_say":null'
}

check_other() {
	file=$1 name=${1##*/}
	number=${name%%-*}
	take "$file"
	check_named "$number" "$name"
	check_left "$number" "$name"
	if [ "$number" = 001 ]; then
		check_seed "$number" "$file"
	else
		is "$(named '< 9' | grep -c arm-grant-not-in-iommu-p2m)" 0 "$name: how often the flagship is named"
	fi
}

each_by_others "corpus of" check_other
