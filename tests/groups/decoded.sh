# What the fields of other people's captures mean: address, direction, stream ID or device, and kind of fault, where the shelf with them is at hand.
#
# One line a capture: number, a query, and what it answers.  The truths are those of the shelf's own index.

shelf=${FAULTLINE_CORPUS:-$root/../shared/corpus}
fault="SELECT printf('%x', iova) || ' ' || ifnull(access, '-') || ' ' || kind"

# decoded NUMBER WHAT SQL WANTED
decoded() {
	file=$(ls "$shelf/logs/$1"-*.log)
	it "corpus ${file##*/}: $2"
	rm -f "$T/decoded.db"
	run faultline ingest -q -d "$T/decoded.db" "$file"
	is "$(ask "$T/decoded.db" "$3" | tr '\n' ';')" "$4" "$2"
}

check_decoded() {
	decoded 001 "the page that the NIC read" "$fault FROM v_fault" '8424cb148 read translation;'
	decoded 003 "stream ID of the device that was made again" "SELECT printf('%x', stream) || ' ' || kind FROM v_fault" '871 unknown-stream;'
	decoded 005 "the doorbell of the ITS" "$fault FROM v_fault" 'f9030040 write translation;'
	decoded 006 "the doorbell of the ITS, in four words" "$fault FROM v_fault" '8090040 write translation;'
	decoded 011 "reads of the graphics device" "$fault || ' ' || bdf FROM v_fault" \
		'39b5845000 read no-access 0000:00:02.0;4238d0a000 read no-access 0000:00:02.0;ea0c4f000 read no-access 0000:00:02.0;'
	decoded 012 "the same, as mail broke it" "$fault || ' ' || bdf FROM v_fault" \
		'39b5845000 read no-access 0000:00:02.0;4238d0a000 read no-access 0000:00:02.0;'
	decoded 014 "reports that were suppressed" "SELECT sum(count) FROM loss WHERE what = 'suppressed'" '52538;'
	decoded 016 "an interrupt, no page" "SELECT kind || ' ' || bdf FROM v_fault WHERE kind = 'interrupt'" 'interrupt DDDD:bb:dd.f;'
	decoded 017 "bad grant references" "SELECT count(*) || ' of d' || min(domain) FROM grant_error WHERE what = 'bad-ref'" '14 of d1;'
	decoded 020 "a request that no pool can serve" "SELECT size || ' ' || total || ' ' || used FROM swiotlb_full" '3686400 32768 64;'
	decoded 022 "addresses of the Cadence GEM" "SELECT count(*) || ' ' || min(kind) FROM v_fault" '2 translation;'
	decoded 026 "an IPMMU" "$fault FROM v_fault" 'fe000000 - permission;'
	decoded 027 "a bounce that the mask asks for" "SELECT printf('%x %x', dma_mask, dev_addr) || ' ' || how FROM dma_bounce LIMIT 1" 'ffffffff 17c407000 NORMAL;'
	decoded 029 "bounces of a realm" "SELECT DISTINCT how FROM dma_bounce" 'FORCE;'
	decoded 061 "MSI doorbell, though a word is damaged" "SELECT kind FROM v_fault" 'translation;'
	decoded 074 "containment" "SELECT kind || ' ' || bdf FROM pci_error WHERE kind = 'dpc'" 'dpc 0004:00:00.0;'
	decoded 089 "use after unmapping" "SELECT printf('%x', iova) || ' ' || bdf FROM v_fault" '41137800 0000:21:00.0;c1595098 0000:21:00.0;'
	decoded 099 "surprise removal" "SELECT severity || ' ' || ifnull(agent, '-') || ' ' || bdf FROM pci_error" 'nonfatal requester 0000:09:00.0;'
	decoded 120 "writes of a low page" "SELECT DISTINCT printf('%x', iova) || ' ' || access || ' ' || bdf FROM v_fault" '8c000 write 0000:01:00.0;'
}

if [ -d "$shelf/logs" ]; then
	check_decoded
else
	skip "fields of captures by others" "no $shelf/logs; FAULTLINE_CORPUS names the folder"
fi
