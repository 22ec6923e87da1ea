# Images: build-ids, notes, banners and symbols; addresses are looked up in the image that ran, and in no other.
cd "$T" || exit 2
sample=$root/samples/xen-dom0-crash/console.log
ran=151b373fd64b321593bf987fd923cd10dabadac4

have() { command -v "$1" >/dev/null 2>&1; }

CC=${CC:-cc}
if ! have "${CC%% *}"; then
	skip "images" "no C compiler to make them with"
	return 0
fi

# image FILE BUILD-ID: functions of the sizes given, at the address where Xen is linked; standard input is more assembler.
image() {
	{
		echo '	.text'
		for pair in start_xen:64 map_grant_ref:2544 do_grant_table_op:7696 local_one:32; do
			name=${pair%:*}
			[ "$name" = local_one ] || echo "	.globl $name"
			printf '	.type %s,%%function\n%s:\n	.skip %s\n	.size %s, .-%s\n' "$name" "$name" "${pair#*:}" "$name" "$name"
		done
		cat
	} >image.s
	$CC -nostdlib -static -Wl,--build-id="0x$2" -Wl,-Ttext=0x40200000 -Wl,-e,start_xen -o "$1" image.s 2>image.err ||
		problem "no image could be made" "$(shown image.err)"
}

it "what an image is, and its build-id"
image xen-syms $ran </dev/null
run faultline ingest -q -d one.db xen-syms
code 0
is "$(ask one.db "SELECT form || ' ' || class || ' ' || type FROM image")" "elf 64 exec" file
is "$(ask one.db "SELECT says FROM image_fact WHERE what = 'build-id'")" $ran build-id
is "$(ask one.db "SELECT form FROM input")" "an ELF file" form

it "its functions, with address and length"
is "$(ask one.db "SELECT printf('%x %d %s', addr, size, type) FROM symbol WHERE name = 'map_grant_ref'")" "40200040 2544 T" map_grant_ref
is "$(ask one.db "SELECT printf('%x %d %s', addr, size, type) FROM symbol WHERE name = 'local_one'")" "40202840 32 t" local_one

if have nm; then
	it "the functions of a program are those that nm has"
	program=$FAULTLINE
	nm "$program" 2>/dev/null | sed -n 's/^0*\([0-9a-f][0-9a-f]*\) \([tTWi]\) \([^.$].*\)$/\1 \3/p' | sort -u >wanted
	faultline ingest -q -d own.db "$program"
	ask own.db "SELECT printf('%x %s', addr, name) FROM symbol WHERE type IN ('t', 'T', 'W', 'i') AND substr(name, 1, 1) <> '.'" | sort -u >got
	[ -s wanted ] || problem "nm finds nothing"
	# What nm has in t and T may lie in sections that are not executed.
	comm -23 got wanted >only
	same only /dev/null "functions that nm does not have"
	[ "$(wc -l <got)" -ge $(($(wc -l <wanted) * 9 / 10)) ] || problem "functions are missing: $(wc -l <got) of $(wc -l <wanted)"
else
	skip "the functions of a program are those that nm has" "no nm"
fi

# ---- does it belong to what ran? ---------------------------------------------

# Xen's own trace, with addresses only, behind a boot that printed its build-id.
trace() {
	cat "$sample"
	printf '%s\r\n' '(XEN) [   30.500000] Xen call trace:' '(XEN) [   30.500000]    [<0000000040200050>] R 0000000040200050' '(XEN) [   30.500000]    [<0000000040200a30>] S 0000000040200a30'
}

it "an address is looked up in the Xen that ran"
{
	cat "$sample"
	printf '(XEN) [   30.500000] ----[ Xen-4.17.7  x86_64  debug=n  Tainted:   C    ]----\r\n(XEN) [   30.500000] CPU:    0\r\n'
	printf '(XEN) [   30.500000] RIP:    e008:[<0000000040200050>]\r\n(XEN) [   30.500000] RFLAGS: 0000000000000286   CONTEXT: hypervisor\r\n'
} >console.log
run faultline report code console.log xen-syms
code 2
rm -f code.db
faultline ingest -q -d code.db console.log xen-syms
is "$(ask code.db "SELECT state || ': ' || how FROM v_image_match")" "same: the build-id is the one that Xen printed" state
is "$(ask code.db "SELECT symbol || ' ' || symbol_at FROM v_code WHERE by = 'xen'")" "map_grant_ref 16" function
run faultline report -d code.db code
out 'map_grant_ref+0x10'

it "another build of it is refused"
image xen-other 0000000000000000000000000000000000000001 </dev/null
rm -f other.db
faultline ingest -q -d other.db console.log xen-other
is "$(ask other.db "SELECT state FROM v_image_match")" other state
is "$(ask other.db "SELECT count(*) FROM v_code")" 0 functions
run faultline report -d other.db images
out 'not what ran'
out "Xen printed build-id $ran"

it "where no build-id was printed, nothing is looked up"
grep -v 'build-id' console.log >quiet.log
rm -f quiet.db
faultline ingest -q -d quiet.db quiet.log xen-syms
is "$(ask quiet.db "SELECT state || ': ' || how FROM v_image_match")" "unproven: no build-id was printed" state
is "$(ask quiet.db "SELECT count(*) FROM v_code")" 0 functions

it "three functions that were printed, with their lengths, tell as well"
{
	grep -v 'build-id' "$sample"
	printf '%s\r\n' '(XEN) [   30.500000] Xen call trace:' '(XEN) [   30.500000]    [<0000000040200050>] R common/grant_table.c#map_grant_ref+0x10/0x9f0' \
		'(XEN) [   30.500000]    [<0000000040200a40>] S do_grant_table_op+0x10/0x1e10' '(XEN) [   30.500000]    [<0000000040202850>] S local_one+0x10/0x20'
} >printed.log
rm -f printed.db
faultline ingest -q -d printed.db printed.log xen-syms
is "$(ask printed.db "SELECT state FROM v_image_match")" same state
is "$(ask printed.db "SELECT count(*) FROM v_code WHERE symbol = printed")" 3 functions

it "one function of another length, and it is another build"
sed 's,local_one+0x10/0x20,local_one+0x10/0x18,' printed.log >shorter.log
rm -f shorter.db
faultline ingest -q -d shorter.db shorter.log xen-syms
is "$(ask shorter.db "SELECT state || ': ' || replace(how, ',', ';') FROM v_image_match")" "other: 1 of 3 functions that were printed are not in it; or not so long" state

it "behind the end of a function is no function"
sed 's/0000000040200050/000000004020ffff/' console.log >beyond.log
rm -f beyond.db
faultline ingest -q -d beyond.db beyond.log xen-syms
is "$(ask beyond.db "SELECT count(*) FROM v_code")" 0 functions

# ---- source lines ------------------------------------------------------------

if faultline version | grep -q 'no libdw'; then
	skip "source lines" "built without libdw"
else
	printf '#line 77 "where.c"\nint start_xen(int c) { return c + 1; }\n#line 99 "where.c"\nint elsewhere(int c) { return c + 2; }\n' >lines.c
	debug_image() {
		$CC $3 -O0 -nostdlib -static -Wl,--build-id="0x$2" -Wl,-Ttext=0x40200000 -Wl,-e,start_xen -o "$1" lines.c 2>image.err ||
			problem "no image could be made" "$(shown image.err)"
	}
	{
		cat "$sample"
		printf '(XEN) [   30.500000] ----[ Xen-4.17.7  x86_64  debug=n  Tainted:   C    ]----\r\n(XEN) [   30.500000] CPU:    0\r\n'
		printf '(XEN) [   30.500000] RIP:    e008:[<0000000040200001>]\r\n(XEN) [   30.500000] RFLAGS: 0000000000000286   CONTEXT: hypervisor\r\n'
	} >place.log

	it "the source line of a place, where the image brings debug information"
	debug_image with-lines $ran -g
	rm -f lines.db
	run faultline ingest -q -d lines.db place.log with-lines
	code 0
	silent
	is "$(ask lines.db "SELECT s.file || ':' || s.line FROM source_line AS s" | sed 's,.*/,,')" "where.c:77" line
	run faultline report -d lines.db code
	out 'where.c:77'

	it "none, of an image without it or of one that did not run"
	debug_image without-lines $ran -g0
	rm -f none.db
	run faultline ingest -q -d none.db place.log without-lines
	silent
	is "$(ask none.db "SELECT count(*) FROM source_line")" 0 lines
	debug_image other-lines 0000000000000000000000000000000000000002 -g
	rm -f none.db
	run faultline ingest -q -d none.db place.log other-lines
	silent
	is "$(ask none.db "SELECT count(*) FROM source_line")" 0 lines

	it "debug information that is damaged costs the lines only"
	size=$(wc -c <with-lines)
	at=$((size / 8))
	while [ $at -lt "$size" ]; do
		cp with-lines bad-lines
		printf '\377\377\377\377\377\377\377\377' | dd of=bad-lines bs=1 seek=$at conv=notrunc 2>/dev/null
		rm -f bad.db
		run faultline ingest -q -d bad.db place.log bad-lines
		code 0 3
		is "$(ask bad.db "SELECT count(*) FROM boot")" 1 boots
		at=$((at + size / 40))
	done
fi

# ---- kernels -------------------------------------------------------------------

banner='Linux version 5.4.0-test (somebody@somewhere) (gcc version 9.2.0 (GCC)) #1 SMP Mon Feb 8 19:44:02 UTC 2021'
kernel() {
	image "$1" 00000000000000000000000000000000000000aa <<END
	.globl start_kernel
	.type start_kernel,%function
start_kernel:
	.skip 128
	.size start_kernel, .-start_kernel
	.section .rodata,"a"
	.asciz "%s version %s"
	.asciz "Linux version not this"
	.ascii "$(echo "$2" | sed 's/ #1 / # /')"
	.byte 10, 0
	.ascii "$2"
	.byte 10, 0
	.section .note.Xen,"a",%note
	.balign 4
	.long 4, 8, 1
	.ascii "Xen"
	.byte 0
	.long 0x81000000, 0xffffffff
	.long 4, 8, 6
	.ascii "Xen"
	.byte 0
	.ascii "linux"
	.byte 0, 0, 0
	.long 4, 4, 17
	.ascii "Xen"
	.byte 0
	.long 0x801
	.long 4, 7, 5
	.ascii "Xen"
	.byte 0
	.ascii "xen-3.0"
	.byte 0
END
}

it "what a kernel declares that it can do under Xen"
kernel vmlinux "$banner"
rm -f kernel.db
run faultline ingest -q -d kernel.db vmlinux
code 0
is "$(ask kernel.db "SELECT group_concat(says, ' ') FROM (SELECT d.name || '=' || ifnull(f.says, printf('%x', f.number)) AS says
	FROM image_fact AS f JOIN decode AS d ON d.register = 'xen.note' AND d.code = f.type WHERE f.what = 'note' ORDER BY f.id)")" \
	"entry=ffffffff81000000 guest_os=linux supported_features=801 xen_version=xen-3.0" notes

it "a kernel is told by the banner that it printed"
printf '[    0.000000] %s\n[    1.000000] Kernel Offset: 0x2e000000 from 0xffffffff81000000 (relocation range: 0xffffffff80000000-0xffffffffbfffffff)\n[    1.100000] RIP: 0010:0x6e202890\n' "$banner" >linux.log
rm -f linux.db
faultline ingest -q -d linux.db linux.log vmlinux
is "$(ask linux.db "SELECT state || ': ' || how FROM v_image_match")" "same: the banner is the one that the kernel printed" state
is "$(ask linux.db "SELECT symbol || ' ' || symbol_at FROM v_code")" "start_kernel 48" "function of a kernel that was moved"

it "the same release, built on another day, is another kernel"
sed 's/Mon Feb 8 19/Mon Feb 9 19/' linux.log >later.log
rm -f later.db
faultline ingest -q -d later.db later.log vmlinux
is "$(ask later.db "SELECT state || ': ' || how FROM v_image_match")" "other: the kernel printed another banner" state
is "$(ask later.db "SELECT count(*) FROM v_code")" 0 functions

it "how far a kernel was moved is not guessed"
grep -v 'Kernel Offset' linux.log >nooffset.log
rm -f nooffset.db
faultline ingest -q -d nooffset.db nooffset.log vmlinux
is "$(ask nooffset.db "SELECT count(*) FROM v_code")" 0 functions

it "a function that is printed with its address tells how far"
{
	cat nooffset.log
	echo '[    1.200000] Call Trace:'
	echo '[    1.300000]  [<000000006e200050>] map_grant_ref+0x10/0x9f0'
} >shown.log
rm -f shown.db
faultline ingest -q -d shown.db shown.log vmlinux
is "$(ask shown.db "SELECT group_concat(symbol || ' ' || symbol_at, '; ') FROM (SELECT * FROM v_code ORDER BY line)")" "start_kernel 48; map_grant_ref 16" functions

it "functions that contradict each other tell nothing"
echo '[    1.400000]  [<000000006e300a40>] do_grant_table_op+0x10/0x1e10' >>shown.log
rm -f shown.db
faultline ingest -q -d shown.db shown.log vmlinux
is "$(ask shown.db "SELECT count(*) FROM v_code")" 0 functions

# The list of symbols of a kernel, as System.map and /proc/kallsyms have it: at DISTANCE from where it was linked.
symbols() {
	for pair in 0:_text 0:startup_64 64:map_grant_ref 2608:do_grant_table_op 10304:local_one 10336:start_kernel 10464:_etext 16384:_sdata 20480:_edata 24576:_end; do
		printf '%016x %s %s\n' $((0x40200000 + $1 + ${pair%:*})) T "${pair#*:}"
	done
}

it "a System.map is told by what was printed, and is moved as its kernel was"
symbols 0 >System.map
{
	printf '[    0.000000] %s\n[    0.900000] Call Trace:\n' "$banner"
	printf '[    0.900001]  map_grant_ref+0x10/0x9f0\n[    0.900002]  do_grant_table_op+0x10/0x1e10\n[    0.900003]  local_one+0x10/0x20\n'
	printf '[    1.000000] Kernel Offset: 0x2e000000 from 0x40200000 (relocation range: 0x40000000-0xbfffffff)\n[    1.100000] RIP: 0010:0x6e202890\n'
} >panic.log
rm -f map.db
faultline ingest -q -d map.db panic.log System.map
is "$(ask map.db "SELECT kind || ' ' || state FROM v_image_match")" "linux same" state
is "$(ask map.db "SELECT symbol || ' ' || symbol_at FROM v_code WHERE addr IS NOT NULL")" "start_kernel 48" function
is "$(ask map.db "SELECT count(*) FROM v_code WHERE addr IS NULL AND symbol = printed")" 3 "functions that were printed without an address"

it "the list of a running kernel has its functions where they are"
symbols $((0x2e000000)) >kallsyms
rm -f kall.db
faultline ingest -q -d kall.db panic.log kallsyms
is "$(ask kall.db "SELECT symbol || ' ' || symbol_at FROM v_code WHERE addr IS NOT NULL")" "start_kernel 48" function

it "a System.map of another build is not used"
sed 's/local_one/local_two/' System.map >other.map
rm -f othermap.db
faultline ingest -q -d othermap.db panic.log other.map
is "$(ask othermap.db "SELECT state FROM v_image_match")" other state
is "$(ask othermap.db "SELECT count(*) FROM v_code")" 0 functions

it "a module is told by the build-id that a call trace has behind its name"
printf '	.text\n	.globl some_function\n	.type some_function,%%function\nsome_function:\n	.skip 48\n	.size some_function, .-some_function\n	.section .modinfo,"a"\n	.asciz "name=some"\n' >module.s
$CC -nostdlib -shared -Wl,--build-id=0x00000000000000000000000000000000000000cc -o some.ko module.s 2>image.err || problem "no module" "$(shown image.err)"
{
	printf '[    0.000000] %s\n[    0.900000] Call Trace:\n' "$banner"
	printf '[    0.900001]  some_function+0x10/0x30 [some 00000000000000000000000000000000000000cc]\n'
} >module.log
rm -f module.db
faultline ingest -q -d module.db module.log some.ko
is "$(ask module.db "SELECT kind || ' ' || state || ': ' || how FROM v_image_match")" "module same: the build-id is the one that the kernel printed" state
sed 's/00cc\]/00cd]/' module.log >othermodule.log
rm -f module.db
faultline ingest -q -d module.db othermodule.log some.ko
is "$(ask module.db "SELECT state || ': ' || how FROM v_image_match")" "other: the kernel printed another build-id" state

# ---- what a guest or a program can say ---------------------------------------------

it "a line of a console is no word of an image"
{
	printf 'elf build-id %s\nkernel banner %s\nelf symbol 0000000040200040 9f0 T evil .text\nelf file class=64 data=little type=exec machine=62 sections=3\n' $ran "$banner"
	printf '(d1) elf build-id %s\r\n[    1.000000] elf build-id %s\n(XEN) elf build-id %s\r\n' $ran $ran $ran
} >said.log
rm -f said.db
run faultline ingest -q -d said.db said.log
is "$(ask said.db 'SELECT (SELECT count(*) FROM image) + (SELECT count(*) FROM image_fact) + (SELECT count(*) FROM symbol)')" 0 rows

# ---- what else a kernel may be in ----------------------------------------------------

# bytes N…: little-endian numbers of four bytes
words() {
	for n; do
		# shellcheck disable=SC2059
		printf "$(printf '\\%03o\\%03o\\%03o\\%03o' $((n & 255)) $((n >> 8 & 255)) $((n >> 16 & 255)) $((n >> 24 & 255)))"
	done
}

zeros() { dd if=/dev/zero bs=1 count="$1" 2>/dev/null; }

it "an Image for arm64: page size, banner"
{
	zeros 24
	words 12 0
	zeros 24
	printf 'ARM\144'
	zeros 1000
	printf '%s\n' "$banner"
	zeros 100
} >Image
rm -f arm.db
run faultline ingest -q -d arm.db Image
code 0
is "$(ask arm.db "SELECT form || ' ' || page FROM image")" "arm64 16K" form
is "$(ask arm.db "SELECT says FROM image_fact WHERE what = 'banner'")" "$banner" banner

if faultline version | grep -q 'no libarchive' || ! have gzip; then
	skip "packed kernels" "no libarchive, or no gzip"
else
	it "an Image carries the configuration that it was built with"
	{
		cat Image
		printf 'IKCFG_ST'
		printf 'CONFIG_XEN=y\n# CONFIG_SWIOTLB_XEN is not set\nnone of it\n' | gzip -9
		printf 'IKCFG_ED'
	} >Image.config
	rm -f config.db
	run faultline ingest -q -d config.db Image.config
	is "$(ask config.db "SELECT group_concat(option || '=' || value, ' ') FROM kernel_config")" "CONFIG_XEN=y CONFIG_SWIOTLB_XEN=n" options

	it "what is no option in a configuration is counted, not told as one"
	{
		cat Image
		printf 'IKCFG_ST'
		printf '# a remark\nCONFIG_XEN=y\nCONFIG_=y\nCONFIG_A B=y\n# CONFIG_C is net set\n' | gzip -9
		printf 'IKCFG_ED'
	} >Image.odd
	rm -f odd.db
	run faultline ingest -q -d odd.db Image.odd
	is "$(ask odd.db "SELECT group_concat(option, ' ') FROM kernel_config")" CONFIG_XEN options
	is "$(ask odd.db "SELECT says FROM image_fact WHERE what = 'left'")" \
		"lines of its configuration that are no options: 3" left

	it "a packed kernel, as x86 boots it"
	gzip -9 <vmlinux >payload
	size=$(wc -c <payload)
	{
		zeros 497
		printf '\001'
		zeros 12
		printf '\125\252'
		zeros 2
		printf 'HdrS\017\002'
		zeros 6
		printf '\120\001'
		zeros 56
		words 0 "$size"
		zeros 256
		printf '5.4.0-test (somebody@somewhere) #1 SMP\000'
		zeros 137
		cat payload
	} >bzImage
	rm -f bz.db
	run faultline ingest -q -d bz.db bzImage
	code 0
	is "$(ask bz.db "SELECT group_concat(form, ' ') FROM image")" "bzimage elf" forms
	is "$(ask bz.db "SELECT says FROM image_fact WHERE what = 'banner' AND says LIKE '% #1 %'")" "$banner" banner
	is "$(ask bz.db "SELECT says FROM image_fact WHERE what = 'release'")" "5.4.0-test (somebody@somewhere) #1 SMP" release

	it "a packed kernel that is cut says what is missing"
	dd if=bzImage of=bzImage.cut bs=1 count=1100 2>/dev/null
	rm -f cut.db
	run faultline ingest -q -d cut.db bzImage.cut
	is "$(ask cut.db "SELECT count(*) FROM image_fact WHERE what = 'left' AND says LIKE 'what is packed in it: %'")" 1 left

	it "an image in an archive, and one from a pipe"
	tar -czf set.tar.gz vmlinux console.log
	rm -f set.db
	faultline ingest -q -d set.db set.tar.gz
	is "$(ask set.db "SELECT group_concat(form, '; ') FROM (SELECT form FROM input ORDER BY id)")" "an ELF file; text" forms
	rm -f pipe.db
	run_from vmlinux faultline ingest -q -d pipe.db -
	is "$(ask pipe.db "SELECT count(*) FROM symbol WHERE name = 'start_kernel'")" 1 symbols
fi

# ---- damaged ones -------------------------------------------------------------------

it "an image that is cut anywhere is read as far as it goes, or left with its reason"
size=$(wc -c <vmlinux)
for part in 5 17 40 63 64 65 120 500 1000 3000 $((size / 2)) $((size - 2000)) $((size - 600)) $((size - 64)) $((size - 1)); do
	dd if=vmlinux of=cut bs="$part" count=1 2>/dev/null
	rm -f cut.db
	run faultline ingest -d cut.db cut
	code 0 3
	not_out '\x'
done

it "bytes that are something else do no harm"
i=0
while [ $i -lt 60 ]; do
	cp vmlinux bad
	printf '\377\377\377\177' | dd of=bad bs=1 seek=$((i * 4 + 4)) conv=notrunc 2>/dev/null
	rm -f bad.db
	run faultline ingest -q -d bad.db bad
	code 0 3
	i=$((i + 1))
done

it "a name with bytes for a terminal is told as \\xNN"
printf '	.globl "odd\033[31mname"\n	.type "odd\033[31mname",%%function\n"odd\033[31mname":\n	.skip 16\n	.size "odd\033[31mname", 16\n' >odd.s
if image odd 01 <odd.s && [ "$problems" -eq 0 ]; then
	rm -f odd.db
	run faultline ingest -q -d odd.db odd
	is "$(ask odd.db "SELECT name FROM symbol WHERE name LIKE 'odd%'")" 'odd\x1b[31mname' name
fi
