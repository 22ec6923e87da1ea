# Device trees and tables of ACPI: what they state, whose they are, and that nothing in them crashes, hangs or is left without a word.
cd "$T" || exit 2
cases=$root/tests/cases
trees=$root/tests/trees

have() { command -v "$1" >/dev/null 2>&1; }


# ---- tables of ACPI ------------------------------------------------------------

# le BYTES NUMBER...: little-endian numbers.
le() {
	bytes=$1
	shift
	for number; do
		i=0
		while [ "$i" -lt "$bytes" ]; do
			printf "\\$(printf '%03o' $((number >> (8 * i) & 255)))"
			i=$((i + 1))
		done
	done
}

# table NAME FILE: the header of a table with this in it, its length and its checksum.
table() {
	length=$((36 + $(wc -c <"$2")))
	{ printf '%s' "$1"; le 4 "$length"; le 1 1 0; printf 'FAULTLTESTS   '; le 4 1; printf INTL; le 4 1; cat "$2"; } >"$1.raw"
	sum=$(od -An -v -tu1 "$1.raw" | tr -s ' ' '\n' | awk '{ s += $1 } END { print (256 - s % 256) % 256 }')
	{ head -c 9 "$1.raw"; le 1 "$sum"; tail -c +11 "$1.raw"; }
}

# A unit for one device and all behind a bridge, one for the rest; memory of a device; a name; static affinity; ATS.
dmar_body() {
	le 1 38 1
	le 2 0 0 0 0 0
	le 2 0 38; le 1 0 0; le 2 0; le 8 0xfed90000
	le 1 1 8 0 0 0 0 2 0
	le 1 2 10 0 0 0 0 28 0 0 1
	le 1 5 4; le 2 0
	le 2 0 24; le 1 1 0; le 2 0; le 8 0xfed91000
	le 1 3 8 0 0 2 240 31 0
	le 2 1 40; le 2 0 0; le 8 0x7b800000 0x7fffffff
	le 1 1 8 0 0 0 0 2 0
	le 1 1 8 0 0 0 0 20 0
	le 2 3 20; le 4 0; le 8 0xfed91000; le 4 1
	le 2 4 20; le 1 0 0 0 1; printf '\\_SB.I2C0\0\0\0'
	le 2 2 8; le 1 1 0; le 2 0
	le 2 5 16; le 1 1 0; le 2 0; le 1 1 8 0 0 0 0 2 0
}

it "DMAR: units, the devices each is for, and reserved memory"
dmar_body >body
# The third scope of the first unit is damaged: what follows it in that unit is left, and told.
table DMAR body >DMAR
run faultline ingest -d dmar.db DMAR
code 0
is "$(ask dmar.db "SELECT lines = matched FROM capture")" 1 "all lines"
is "$(ask dmar.db "SELECT name || ' ' || bytes || ' ' || checksum || ' ' || oem || ' ' || oem_table FROM acpi_table")" "DMAR 214 good FAULTL TESTS" table
cat >wanted <<'END'
drhd|0|fed90000|0|
drhd|0|fed91000|1|
rmrr|0|7b800000||
rhsa||fed91000||
andd||||_SB.I2C0
atsr|0||1|
satc|0||1|
END
ask dmar.db "SELECT kind || '|' || ifnull(pci_segment, '') || '|' || CASE WHEN base IS NULL THEN '' ELSE printf('%x', base) END || '|' || ifnull(flags, '') || '|' || ifnull(path, '')
	FROM acpi_unit ORDER BY id" >got
same wanted got units
cat >wanted <<'END'
drhd endpoint 02.0 0000:00:02.0
drhd bridge 1c.0/00.1 -
drhd ioapic 1f.0 0000:f0:1f.0
rmrr endpoint 02.0 0000:00:02.0
rmrr endpoint 14.0 0000:00:14.0
satc endpoint 02.0 0000:00:02.0
END
ask dmar.db "SELECT kind || ' ' || type || ' ' || path || ' ' || ifnull(bdf, '-') FROM acpi_scope ORDER BY id" >got
same wanted got scopes
is "$(ask dmar.db "SELECT kind || printf(' %x %x', start, \"end\") FROM memory_range")" "rmrr 7b800000 7fffffff" memory
is "$(ask dmar.db "SELECT offset_in || ': ' || substr(says, 1, 27) FROM acpi_problem")" "82: no device scope starts here" problem

it "the reserved memory of firmware is memory of the boot that it came with"
run faultline ingest -q -d both.db "$root/samples/xen-vtd-stray-dma/console.log" DMAR
is "$(ask both.db "SELECT count(*) FROM v_range WHERE kind = 'rmrr' AND boot = 1 AND last = 0x80000000")" 1 ranges

it "a wrong checksum is told, and the table is read"
{ head -c 9 DMAR; le 1 1; tail -c +11 DMAR; } >wrong
run faultline ingest -q -d wrong.db wrong
code 0
is "$(ask wrong.db "SELECT checksum || ' ' || (SELECT count(*) FROM acpi_unit) FROM acpi_table")" "wrong 7" table

# An ITS, a root complex whose IDs go to an SMMUv3, that to the ITS, a named component, an SMMUv2, and memory of a stream.
iort_body() {
	le 4 7 48 0
	le 1 0; le 2 24; le 1 1; le 4 0 0 0 1 0
	le 1 4; le 2 88; le 1 1; le 4 1 1 68; le 8 0x2b400000; le 4 1 0; le 8 0; le 4 0 0 0 0 0 0 0
	le 4 0 0xffff 0x10000 48 0
	le 1 2; le 2 52; le 1 1; le 4 2 1 32; le 8 1; le 4 1 3
	le 4 0 0xffff 0 72 0
	le 1 1; le 2 60; le 1 1; le 4 3 1 40; le 4 0; le 8 0; le 1 40; printf '\\_SB.NIC0\0\0'
	le 4 0 0 0x877 272 1
	le 1 3; le 2 76; le 1 1; le 4 4 0 76; le 8 0xfd800000 0x20000; le 4 3 0 60 0 76 0 76; le 8 0 0
	le 1 6; le 2 68; le 1 1; le 4 5 1 48; le 4 0 1 28; le 8 0x84000000 0x100000; le 4 0
	le 4 0 0 0x4000 72 1
	le 1 9; le 2 16; le 1 1; le 4 6 0 16
}

it "IORT: nodes, whose IDs go where, and memory of a stream"
iort_body >body
table IORT body >IORT
run faultline ingest -d iort.db IORT
code 0
is "$(ask iort.db "SELECT lines = matched FROM capture")" 1 "all lines"
cat >wanted <<'END'
48 its - -
72 smmuv3 2b400000 -
160 root - -
212 component - _SB.NIC0
272 smmu fd800000 -
348 rmr - -
END
ask iort.db "SELECT offset_in || ' ' || kind || ' ' || CASE WHEN base IS NULL THEN '-' ELSE printf('%x', base) END || ' ' || ifnull(path, '-') FROM acpi_unit ORDER BY id" >got
same wanted got nodes
cat >wanted <<'END'
smmuv3 0 65536 10000 48 0
root 0 65536 0 72 0
component 0 1 877 272 1
rmr 0 1 4000 72 1
END
ask iort.db "SELECT kind || printf(' %x %d %x %d %d', input, count, stream, target, single) FROM acpi_map ORDER BY id" >got
same wanted got mappings
is "$(ask iort.db "SELECT kind || printf(' %x %x', start, \"end\") FROM memory_range")" "rmr 84000000 840fffff" memory
is "$(ask iort.db "SELECT says FROM acpi_problem")" "a node of unknown type 9" problem

# dump FILE...: what acpidump prints.
dump() {
	for file; do
		echo "$(head -c 4 "$file") @ 0x000000007AEF1000"
		od -An -v -tx1 "$file" | awk '{ printf "    %04X:%s\n", 16 * (NR - 1), toupper($0) "  ................" } END { print "" }'
	done
}

it "acpidump's text gives the same rows, and names the other tables"
printf 'no more than a body' >body
table FACP body >FACP
dump FACP DMAR IORT >dump.txt
run faultline ingest -q -d dump.db dump.txt
code 0
is "$(ask dump.db "SELECT group_concat(name || ' ' || checksum, ' ') FROM acpi_table")" "FACP good DMAR good IORT good" tables
for part in acpi_unit:kind,base,offset_in acpi_scope:path,bdf acpi_map:stream,target memory_range:start,end; do
	sql="SELECT $(echo "${part#*:}" | sed 's/[a-z_]*/"&"/g') FROM ${part%:*} ORDER BY id"
	ask dump.db "$sql" >got
	{ ask dmar.db "$sql"; ask iort.db "$sql"; } >wanted
	same wanted got "${part%:*}"
done
sed 's/$/\r/' dump.txt >crlf.txt
run faultline ingest -q -d crlf.db crlf.txt
is "$(ask crlf.db "SELECT count(*) FROM acpi_unit")" "$(ask dump.db "SELECT count(*) FROM acpi_unit")" "units with CR"

it "a dump that lacks a row is told, and its table left"
sed '10d' dump.txt >holed.txt
run faultline ingest -q -d holed.db holed.txt
is "$(ask holed.db "SELECT count(*) FROM acpi_problem WHERE says LIKE 'the dump of %'")" 1 problems
is "$(ask holed.db "SELECT group_concat(name, ' ') FROM acpi_table")" "FACP IORT" tables

it "what only looks like a table is a console"
printf 'DMAR: IOMMU enabled and this is a line of a console\n(XEN) Xen version 4.14.1 (a@b) (gcc) debug=n Mon Jan 18 10:26:41 UTC 2021\n' >console.txt
run faultline ingest -q -d console.db console.txt
is "$(ask console.db "SELECT form FROM input")" text form
printf 'DMAR @ 0x1000\nno row of a dump\n' >console.txt
rm -f console.db
run faultline ingest -q -d console.db console.txt
is "$(ask console.db "SELECT form FROM input")" text form

it "a structure without length, and a table that ends anywhere: told, and left"
{ le 1 38 1; le 2 0 0 0 0 0; le 2 0 0 0 0; } >body
table DMAR body >zero
run faultline ingest -q -d zero.db zero
code 0
is "$(ask zero.db "SELECT offset_in || ': ' || substr(says, 1, 24) FROM acpi_problem")" "48: no structure starts here" problem
{ le 4 1000000 48 0; le 1 0; le 2 0; le 1 0; le 4 0 0 0; } >body
table IORT body >zero
rm -f zero.db
run faultline ingest -q -d zero.db zero
code 0
is "$(ask zero.db "SELECT offset_in || ': ' || substr(says, 1, 19) FROM acpi_problem")" "48: no node starts here" problem
for file in DMAR IORT; do
	size=$(wc -c <"$file")
	at=36
	while [ "$at" -lt "$size" ]; do
		# Once with the length of the whole, once with its own.
		head -c "$at" "$file" >cut
		run faultline ingest -d cut.db cut
		code 3
		err 'a table of ACPI; the file is shorter'
		{ head -c 4 cut; le 4 "$at"; tail -c +9 cut; } >cut2
		rm -f cut2.db
		run faultline ingest -q -d cut2.db cut2
		code 0
		at=$((at + 23))
	done
done

it "more than 1 MiB by its length"
{ printf DMAR; le 4 0x00200000; head -c 100 /dev/zero; } >long
run faultline ingest -d long.db long
code 3
err 'more than 1 MiB'

# ---- device trees: with the library ---------------------------------------------

if faultline version | grep -q 'no libfdt'; then
	skip "device trees" "built without libfdt"
	return 0
fi

behind=$cases/nic-behind-iommu/board.dtb
not_behind=$cases/nic-not-behind-iommu/board.dtb
by_xen=$cases/nic-tree-by-xen/fdt.dtb
unknown=$cases/smmu-unknown-stream/console.log

# ---- what a tree states --------------------------------------------------------

# What the loader says that it loads.
LD_DEBUG=files "$FAULTLINE" -q "$behind" >loader 2>&1
if grep -q libfdt loader; then
	it "a plain log does not load the library"
	run env LD_DEBUG=files "$FAULTLINE" -q "$unknown"
	code 0
	err libsqlite3
	not_err libfdt
else
	skip "a plain log does not load the library" "the loader does not tell what it loads"
fi

it "every line of a tree is recognised"
run faultline ingest -d behind.db "$behind"
code 0
is "$(ask behind.db "SELECT lines > 20 AND lines = matched FROM capture")" 1 "lines"
is "$(ask behind.db "SELECT form FROM input")" "a device tree" "form"

it "devices, the names that Linux gives them, and their stream IDs"
cat >wanted <<'END'
/axi|axi|||unknown
/axi/ethernet@ff0b0000|ff0b0000.ethernet|/axi/smmu@fd800000|0x874|yes
/axi/ethernet@ff0e0000|ff0e0000.ethernet|/axi/smmu@fd800000|0x877|yes
/axi/i2c@ff030000|ff030000.i2c|||no
/axi/i2c@ff030000/eeprom@54|ff030000.i2c:eeprom@54|||no
/axi/mmc@ff170000|ff170000.mmc|/axi/smmu@fd800000|0x871|yes
/axi/pcie@fd0e0000|fd0e0000.pcie|/axi/smmu@fd800000|0x4d0-0x104cf|yes
/pl|pl|||no
/pl/dma@2000|a0002000.dma|||no
END
ask behind.db "SELECT path || '|' || dev || '|' || ifnull(iommu, '') || '|' || ifnull(streams, '') || '|' || behind FROM v_dt_device ORDER BY path" >got
same wanted got "devices"

it "memory, reservations, and what the boot loader has for Xen"
cat >wanted <<'END'
dt-reserve|10000000|10000fff||
dt-module|80000|137ffff||xen,linux-zimage xen,multiboot-module
dt-memory|0|7fefffff||-
dt-memory|800000000|87fffffff||-
dt-reserved|3ed00000|3ed3ffff|no-map|-
END
ask behind.db "SELECT kind || printf('|%x|%x|', start, \"end\") || ifnull(how, '') || '|' || ifnull(usage, '') FROM memory_range ORDER BY id" | tr -d '"' >got
same wanted got "ranges"
is "$(ask behind.db "SELECT group_concat(name, ' ') FROM (SELECT name FROM fact ORDER BY name)")" "tree.dom0_bootargs tree.model tree.xen_bootargs" facts

it "what a tree states is no fact of a console, and no kernel that ran"
is "$(ask behind.db "SELECT count(*) FROM kernel")" 0 kernels
is "$(ask behind.db "SELECT count(*) FROM known_fact")" 0 facts

it "explain-line shows the lines that a report cites"
run faultline explain-line "$behind:2"
code 0
out 'file.dtb.model'
out 'ZynqMP ZCU102 Rev1.0'
run faultline explain-line "$behind"
is "$(grep -c 'file.dtb.' out)" "$(ask behind.db 'SELECT lines FROM capture')" lines

it "no line of a console is taken for one of a tree"
printf '%s\n' 'dtb tree bytes=2446 nodes=22 compatible=x' '(XEN) dtb hypervisor /h bus=h status=okay has=- compatible=xen,xen' \
	'dtb stream /a bus=a iommu=/s how=iommus id=0x874 mask=0x0' >forged.log
run faultline ingest -q -d forged.db forged.log
is "$(ask forged.db "SELECT (SELECT count(*) FROM tree) + (SELECT count(*) FROM tree_node) + (SELECT count(*) FROM tree_stream)")" 0 rows

it "in an archive, through a pipe"
if have tar && ! faultline version | grep -q 'no libarchive'; then
	tar -cf set.tar -C "${behind%/*}" board.dtb console.log
	run faultline ingest -q -d set.db set.tar
	code 0
	is "$(ask set.db "SELECT count(*) FROM tree_use WHERE proven")" 1 "trees of a boot"
fi
run sh -c "exec \"$FAULTLINE\" ingest -q -d pipe.db - <\"$behind\""
code 0
is "$(ask pipe.db "SELECT count(*) FROM tree_stream")" 4 streams

# ---- verdicts ------------------------------------------------------------------

it "a stream that the tree lists names its device"
run faultline -q "$unknown" "$behind"
out 'the device tree gives stream 0x874 to'
out '(ff0b0000.ethernet)'
not_out 'no device of the tree has stream'

it "a stream that no device of the tree has"
sed 's/00000874/00000879/' "$unknown" >other.log
run faultline -q other.log "$behind"
out 'no device of the tree has stream 0x879'
not_out 'the device tree gives stream'

it "a stretch of requesters covers what its mask lets through, and nothing else"
# The bridge maps 0x4d0 on, but masks every bit of the requester: only the first ID can come.
sed 's/00000874/000004d0/' "$unknown" >bridge.log
run faultline -q bridge.log "$behind"
out 'stream 0x4d0 is one of those that the device tree maps'
sed 's/00000874/000004d8/' "$unknown" >bridge.log
run faultline -q bridge.log "$behind"
out 'no device of the tree has stream 0x4d8'

it "Xen before 4.16 reads mmu-masters only, a later one iommus too"
run faultline -q "$unknown" "$behind"
out 'Xen 4.14.1 reads mmu-masters only'
sed 's/4\.14\.1/4.16.0/' "$unknown" >new.log
run faultline -q new.log "$behind"
not_out 'reads mmu-masters only'

it "a tree that Xen made for dom0 has no streams: that says nothing"
run faultline -q "$unknown" "$by_xen"
not_out 'of the tree has stream'
run faultline ingest -q -d xen.db "$unknown" "$by_xen"
is "$(ask xen.db "SELECT group_concat(DISTINCT behind) FROM v_dt_device")" unknown "behind"

it "another board's tree is no evidence"
sed 's/Machine model: .*/Machine model: Another Board/' "$unknown" >board.log
run faultline -q board.log "$behind"
not_out 'the device tree gives'

it "without the command line that was printed, a tree is not proven: likely at most"
sed 's/\(Command line: .*\) bootscrub=0/\1/' "$cases/nic-not-behind-iommu/console.log" >line.log
run faultline ingest -q -d line.db line.log "$not_behind"
is "$(ask line.db "SELECT grade FROM v_verdict WHERE cause = 'device-not-behind-iommu'")" likely grade
run faultline ingest -q -d line2.db line.log "$behind"
is "$(ask line2.db "SELECT grade FROM v_verdict WHERE cause = 'device-not-behind-iommu'")" possible "grade of the twin"

it "behind an IOMMU that Xen does not use: neither here nor there"
sed 's/I\/O virtualisation enabled/I\/O virtualisation disabled/' "$cases/nic-behind-iommu/console.log" >off.log
run faultline ingest -q -d off.db off.log "$behind"
is "$(ask off.db "SELECT (SELECT value FROM known_fact WHERE name = 'xen.iommu') || ' ' || grade FROM v_verdict WHERE cause = 'device-not-behind-iommu'")" "disabled possible" grade

it "two trees of one machine that disagree decide nothing"
run faultline ingest -q -d two.db "$cases/nic-not-behind-iommu/console.log" "$not_behind" "$behind"
is "$(ask two.db "SELECT grade FROM v_verdict WHERE cause = 'device-not-behind-iommu'")" possible grade

it "a tree beside a capture without a banner belongs to it"
sed -n '160,$p' "$unknown" >tail.log
run faultline -q tail.log "$behind"
out 'the device tree gives stream 0x874 to'
not_out 'power-ons'

# ---- trees made here -----------------------------------------------------------

if have dtc; then
	it "the trees of the cases are what their sources say"
	for pair in behind:nic-behind-iommu/board not-behind:nic-not-behind-iommu/board by-xen:nic-tree-by-xen/fdt; do
		run dtc -q -O dts "$cases/${pair#*:}.dtb"
		cp out blob.dts
		dtc -q -O dtb -o source.dtb "$trees/${pair%%:*}.dts"
		run dtc -q -O dts source.dtb
		same blob.dts out "${pair%%:*}"
	done

	# tree TEXT: a small tree with an IOMMU and this in it, its devices as rows.
	tree() {
		cat >small.dts <<END
/dts-v1/;
/ {
	#address-cells = <1>; #size-cells = <1>; compatible = "x,y";
	s: iommu@1000 { compatible = "arm,smmu-v2"; reg = <0x1000 0x1000>; #iommu-cells = <${cells:-1}>; ${of_smmu:-} };
	$1
};
END
		rm -f small.db
		dtc -q -O dtb -o small.dtb small.dts || problem "dtc refuses small.dts"
		run faultline ingest -q -d small.db small.dtb
		code 0
	}
	rows() { ask small.db "SELECT dev || ' ' || ifnull(streams, '-') || ' ' || behind FROM v_dt_device ORDER BY path"; }

	# moved EDIT: the flagship with its board's tree, edited; the case has the fault's place and the class of its frame.
	moved() {
		dtc -q -O dts "$cases/flagship-with-tree/board.dtb" | sed "$1" >moved.dts
		dtc -q -O dtb -o moved.dtb moved.dts || problem "dtc refuses moved.dts"
		rm -f moved.db
		run faultline ingest -q -d moved.db "$cases/flagship-with-tree/console.log" moved.dtb
		code 0
		is "$(ask moved.db "SELECT group_concat(x, '; ') FROM (SELECT DISTINCT ifnull(c.frame_class, '-') || ' ' || ifnull(p.class, '-') AS x
		                      FROM fault_case AS c LEFT JOIN fault_place AS p ON p.\"case\" = c.id WHERE c.kind = 'translation' ORDER BY 1)")" "$2" "$3"
		run faultline -q "$cases/flagship-with-tree/console.log" moved.dtb
	}
	ranges() { echo "/^	axi {/,/ranges;/s/ranges;/&\n		dma-ranges = <$1>;/"; }

	it "a bus that gives memory other addresses: which page a refused address is, is not known"
	moved "$(ranges '0 0 0 0x40000000 0 0xc0000000')" '- moved' moved
	not_out 'Granted page missing'
	moved "$(ranges '0 0 0 0 8 0  9 0 8 0 8 0')" '- moved' "one of two"
	moved "$(ranges '0 0 0 0 8')" '- moved' "cannot be read"

	it "but it is where the bus gives it the same, or says nothing"
	moved "$(ranges '0 0 0 0 8 0  8 0 8 0 8 0')" 'foreign dt-memory; foreign ram' same
	out 'confirmed: Granted page missing'
	moved "s/x/x/" 'foreign dt-memory; foreign ram' "no dma-ranges"
	moved "/^	axi {/,/ranges;/s/ranges;/&\n		dma-ranges;/" 'foreign dt-memory; foreign ram' "empty"
	out 'confirmed: Granted page missing'

	it "nor does a bus matter whose devices have other streams than the one that was told"
	tree 'bus { compatible = "simple-bus"; #address-cells = <1>; #size-cells = <1>; ranges; dma-ranges = <0x40000000 0 0x40000000>;
		dma@2000 { compatible = "x,y"; reg = <0x2000 0x10>; iommus = <&s 0x900>; }; };
	      dma@3000 { compatible = "x,y"; reg = <0x3000 0x10>; iommus = <&s 0x901>; };'
	is "$(ask small.db "SELECT group_concat(dev || ' ' || marks, '; ') FROM tree_node WHERE path LIKE '%dma@%'")" "2000.dma iommus+dma-moved; 3000.dma iommus" marks
	for pair in 0x900:1 0x901:0; do
		echo "[   68.290307] arm-smmu 1000.iommu: Unhandled context fault: fsr=0x402, iova=0xfff00048, fsynr=0x11, cbfrsynra=${pair%:*}, cb=1" >small.log
		rm -f stream.db
		run faultline ingest -q -d stream.db small.log small.dtb
		is "$(ask stream.db "SELECT count(*) FROM v_moved")" "${pair#*:}" "${pair%:*}"
	done

	it "the older way: the SMMU lists its devices"
	of_smmu='mmu-masters = <&d 0x10 0x11>;' tree 'd: dev@2000 { compatible = "a,b"; reg = <0x2000 0x10>; #stream-id-cells = <2>; };'
	is "$(rows)" "2000.dev 0x10 0x11 yes" devices

	it "a second cell is a mask"
	cells=2 tree 'd@2000 { compatible = "a,b"; reg = <0x2000 0x10>; iommus = <&s 0x800 0x7f>; };'
	is "$(rows)" "2000.d 0x800/0x7f yes" devices

	it "an IOMMU that the tree disables guards nothing"
	of_smmu='status = "disabled";' tree 'd@2000 { compatible = "a,b"; reg = <0x2000 0x10>; iommus = <&s 1>; };'
	is "$(rows)" "2000.d 0x1 no" devices

	it "a part of a device that has an IOMMU: the whole cannot be told, and the other way round"
	tree 'w@2000 { compatible = "a,w"; reg = <0x2000 0x10>; #address-cells = <1>; #size-cells = <1>; ranges;
		p@2004 { compatible = "a,p"; reg = <0x2004 4>; iommus = <&s 1>; c@2008 { compatible = "a,c"; reg = <0x2008 4>; }; }; };
		v@3000 { compatible = "a,v"; reg = <0x3000 4>; };'
	is "$(rows | tr '\n' ';')" "3000.v - no;2000.w - unknown;2004.p 0x1 yes;2004.p:c@2008 - unknown;" devices

	it "iommus that cannot be read is not the same as none"
	tree 'd@2000 { compatible = "a,b"; reg = <0x2000 0x10>; iommus = <77 1>; };'
	is "$(rows)" "2000.d - unknown" devices
	is "$(ask small.db "SELECT path || ': ' || count(*) FROM tree_problem WHERE says LIKE 'iommus has a phandle %'")" "/d@2000: 1" problem

	it "an overlay is not taken for a tree"
	printf '/dts-v1/;\n/plugin/;\n&{/axi/dma@1} { iommus = <1 2>; };\n' >overlay.dts
	dtc -q -O dtb -o overlay.dtbo overlay.dts 2>/dev/null
	run faultline ingest -d overlay.db overlay.dtbo
	code 3
	err 'an overlay, not a whole tree'
else
	skip "trees made with dtc" "no dtc here"
fi

# ---- damaged and hostile -------------------------------------------------------

it "cut off anywhere: told, and left"
size=$(wc -c <"$behind")
for at in 4 20 39 40 56 100 500 1000 $((size - 40)) $((size - 1)); do
	head -c "$at" "$behind" >cut.dtb
	run faultline ingest -d cut.db cut.dtb
	code 3
	err 'cut.dtb (byte 0): a device tree; it '
done

it "bytes behind its end do not matter"
{ cat "$behind"; head -c 1000 /dev/zero; } >long.dtb
run faultline ingest -q -d long.db long.dtb
code 0
is "$(ask long.db "SELECT count(*) FROM tree_stream")" 4 streams

# be32 NUMBER...: big-endian words.
be32() {
	for word; do
		printf "\\$(printf '%03o' $((word >> 24 & 255)))\\$(printf '%03o' $((word >> 16 & 255)))\\$(printf '%03o' $((word >> 8 & 255)))\\$(printf '%03o' $((word & 255)))"
	done
}

it "more than 16 MiB by its header, or an older version"
{ be32 0xd00dfeed 0x10000001 56 72 40 17 16 0 0 16; head -c 100 /dev/zero; } >huge.dtb
run faultline ingest -d huge.db huge.dtb
code 3
err 'more than 16 MiB by its header'
{ be32 0xd00dfeed 100 56 72 40 3 2 0 0 16; head -c 100 /dev/zero; } >old.dtb
run faultline ingest -d old.db old.dtb
code 3
err 'older than version 16'

it "any byte may be wrong"
i=0
while [ "$i" -lt "${TREES_DAMAGED:-60}" ]; do
	at=$((i * 7919 % size))
	{ head -c "$at" "$behind"; printf "\\$(printf '%03o' $((i * 37 % 256)))"; tail -c +$((at + 2)) "$behind"; } >bad.dtb
	rm -f bad.db
	run faultline ingest -q -d bad.db bad.dtb
	code 0 2 3
	i=$((i + 1))
done

# A tree of $1 nodes, each with a phandle and $2 references to other ones, as awk writes it.
many() {
	awk -v n="$1" -v refs="$2" '
	function w(x) { printf "%c%c%c%c", int(x / 16777216) % 256, int(x / 65536) % 256, int(x / 256) % 256, x % 256 }
	function prop(name, len) { w(3); w(len); w(name) }
	BEGIN {
		strings = 39
		# root, then per node: begin, 8 bytes of name, phandle, cells, compatible, iommus, end
		node = 4 + 12 + 16 + 16 + 16 + 12 + 8 * refs + 4
		size = 8 + n * node + 4 + 4
		w(3490578157); w(56 + size + strings); w(56); w(56 + size); w(40); w(17); w(16); w(0); w(strings); w(size)
		w(0); w(0); w(0); w(0)
		w(1); w(0)
		for (i = 1; i <= n; i++) {
			w(1); printf "d%08d%c%c%c", i, 0, 0, 0
			prop(0, 4); w(i)
			prop(8, 4); w(1)
			prop(21, 4); printf "a,b%c", 0
			prop(32, 8 * refs)
			for (j = 1; j <= refs; j++) { w((i * 7 + j * 13) % n + 1); w(j) }
			w(2)
		}
		w(2); w(9)
		printf "phandle%c#iommu-cells%ccompatible%ciommus%c", 0, 0, 0, 0
	}'
}
it "100,000 nodes that name one another, in time that follows their number"
many 100000 1 >many.dtb
if [ "$(wc -c <many.dtb)" -eq $((56 + 8 + 100000 * 88 + 8 + 39)) ]; then
	rm -f many.db
	run limited 60 "$FAULTLINE" ingest -q -d many.db many.dtb
	code 0
	is "$(ask many.db "SELECT count(*) FROM tree_stream")" 100000 streams
fi

it "one node with a million references: as many lines as are useful, and it is told"
many 1 1000000 >list.dtb
rm -f list.db
run limited 60 "$FAULTLINE" ingest -q -d list.db list.dtb
code 0
is "$(ask list.db "SELECT count(*) FROM tree_problem WHERE says LIKE 'it states more than%'")" 1 problems
