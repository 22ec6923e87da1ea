# ELF cores: the kernel's messages out of its memory, by the places that VMCOREINFO names; nothing is guessed, nothing is endless.
cd "$T" || exit 2

octal() { printf '\\%03o' "$@"; }
# Little-endian numbers of 2, 4 and 8 bytes.
# shellcheck disable=SC2059
le2() { for w; do printf "$(octal $((w & 255)) $((w >> 8 & 255)))"; done; }
# shellcheck disable=SC2059
le4() { for w; do printf "$(octal $((w & 255)) $((w >> 8 & 255)) $((w >> 16 & 255)) $((w >> 24 & 255)))"; done; }
le8() { for v; do le4 $((v)) $((v >> 32)); done; }
# What is read, into a file at an offset.
put() { dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null; }
hex() { printf '%x' "$1"; }

# ---- a memory ---------------------------------------------------------------

# Where it lies: of the kernel's data, of what that points to, and physically; and how a core says so.
x86() {
	machine=62 at=$((0xffffffff82000000)) data=$at physical=0x2000000 virtual=$at numbers=
}
x86

mask=$(((1 << 62) - 1))

# ring BITS <"NANOSECONDS TEXT": eight descriptors and 2^BITS bytes of text, filled as kernel/printk/printk_ringbuffer.c does it.
ring() {
	bits=$1
	size=$((1 << bits))
	lpos=$((-size))
	id=$((-9 & mask))
	: >memory
	: >records
	printf '' | put memory $((0x400 + size))
	while read -r stamp text; do
		# shellcheck disable=SC2059
		printf "$text" >text
		n=$(wc -c <text)
		begin=3 next=3
		if [ "$n" -gt 0 ]; then
			begin=$lpos
			block=$((8 + (n + 7 & -8)))
			inside=$((begin & size - 1))
			next=$((begin + block))
			if [ $((inside + block)) -ge $size ]; then
				next=$(((begin & -size) + size + block))
				inside=0
			fi
			{ le8 "$id"; cat text; } | put memory $((0x400 + inside))
			lpos=$next
		fi
		le8 $((id | 2 << 62)) $begin $next | put memory $((0x100 + (id & 7) * 24))
		{ le8 0 "$stamp"; le2 "$n" 0; le4 0; } | put memory $((0x200 + (id & 7) * 24))
		echo "$id $begin" >>records
		head=$id
		id=$((id + 1 & mask))
	done
	# The oldest one that has its descriptor, and whose text was not written over.
	while read -r id begin; do
		tail=$id
		[ $((head - id & mask)) -ge 8 ] || [ "$begin" -lt $((lpos - size)) ] || break
	done <records
	{
		le8 $((data + 8))
		le4 3 0
		le8 $((data + 0x100)) $((data + 0x200)) "$head" "$tail" 0
		le4 "$bits" 0
		le8 $((data + 0x400)) $lpos 0
	} | put memory 0
	# A round number of bytes.
	printf '\000' | put memory $((0x7ff))
	info="OSRELEASE=6.1.0-test
SYMBOL(prb)=$(hex "$at")
$numbers
OFFSET(printk_ringbuffer.desc_ring)=0
OFFSET(printk_ringbuffer.text_data_ring)=48
OFFSET(prb_desc_ring.count_bits)=0
OFFSET(prb_desc_ring.descs)=8
OFFSET(prb_desc_ring.infos)=16
OFFSET(prb_desc_ring.head_id)=24
OFFSET(prb_desc_ring.tail_id)=32
SIZE(prb_desc)=24
OFFSET(prb_desc.state_var)=0
OFFSET(prb_desc.text_blk_lpos)=8
OFFSET(prb_data_blk_lpos.begin)=0
OFFSET(prb_data_blk_lpos.next)=8
SIZE(printk_info)=24
OFFSET(printk_info.ts_nsec)=8
OFFSET(printk_info.text_len)=16
OFFSET(prb_data_ring.size_bits)=0
OFFSET(prb_data_ring.data)=8
OFFSET(atomic_long_t.counter)=0"
}

# old SIZE FIRST NAME <"NANOSECONDS TEXT": a ring of 3.5 to 5.9 whose oldest record is at FIRST; NAME is that of a record.
old() {
	size=$1
	next=$2
	: >memory
	while read -r stamp text; do
		# shellcheck disable=SC2059
		printf "$text" >text
		n=$(wc -c <text)
		block=$((16 + n + 3 & -4))
		# Where no head would follow, a record without a length says so.
		if [ $((next + block + 16)) -gt "$size" ]; then
			le8 0 0 | put memory $((0x400 + next))
			next=0
		fi
		{ le8 "$stamp"; le2 $block "$n" 0 0; cat text; } | put memory $((0x400 + next))
		next=$((next + block))
	done
	{ le8 $((data + 0x400)); le4 "$size" "$2" $next; } | put memory 0
	printf '\000' | put memory $((0x7ff))
	info="OSRELEASE=5.4.0-test
SYMBOL(log_buf)=$(hex "$at")
SYMBOL(log_buf_len)=$(hex $((at + 8)))
SYMBOL(log_first_idx)=$(hex $((at + 12)))
SYMBOL(log_next_idx)=$(hex $((at + 16)))
$numbers
SIZE($3)=16
OFFSET($3.ts_nsec)=0
OFFSET($3.len)=8
OFFSET($3.text_len)=10
OFFSET($3.dict_len)=12"
}

# note NAME TYPE FILE: a note, padded
note() {
	n=$(printf '%s\000' "$1" | wc -c)
	le4 "$n" "$(wc -c <"$3")" "$2"
	{ printf '%s\000' "$1"; head -c $((-n & 3)) /dev/zero; cat "$3"; head -c $((-$(wc -c <"$3") & 3)) /dev/zero; }
}

# core FILE: of $info, of what else is in the file "notes", and of the file "memory"
core() {
	printf '%s\n' "$info" >vmcoreinfo
	{ cat notes; note "${owner:-VMCOREINFO}" 0 vmcoreinfo; } >all
	n=$(wc -c <all)
	{
		printf '\177ELF'
		le2 $((2 | 1 << 8)) 1 0 0 0 0
		le2 4 "$machine"
		le4 1
		le8 0 64 0
		le4 0
		le2 64 56 2 0 0 0
		le4 4 0
		le8 176 0 0 "$n" "$n" 4
		le4 1 7
		le8 $((176 + n)) $((virtual)) $((physical)) "$(wc -c <memory)" "$(wc -c <memory)" 0
		cat all memory
	} >"$1"
}
: >notes

# reads CORE: its messages are byte for byte what is in the file "wanted".
reads() {
	rm -f core.db
	run faultline ingest -q -d core.db "$1"
	code 0
	silent
	faultline ingest -q -d core.db wanted 2>/dev/null
	is "$(ask core.db "SELECT group_concat(name || ': ' || form || ifnull(': ' || why, ''), '; ') FROM (SELECT * FROM input WHERE name <> '$1' ORDER BY id)")" \
		"$1/printk: the kernel's messages; wanted: text: stored already" "what is inside"
	is "$(ask core.db "SELECT says FROM image_fact WHERE what = 'core'")" linux kind
}

# leaves CORE WHY: there is nothing to read inside, and it is said, with what to do.
leaves() {
	rm -f core.db
	run faultline ingest -q -d core.db "$1"
	code 3
	err "faultline: $1/printk: the kernel's messages: not read: $2; "
	is "$(ask core.db "SELECT count(*) FROM image_fact WHERE what = 'left' AND says LIKE 'the kernel''s messages: %'")" 1 "what is left"
	is "$(ask core.db "SELECT count(*) FROM capture WHERE name LIKE '%printk'")" 0 captures
}

# ends CORE WHY: as far as it goes.
ends() {
	rm -f core.db
	run faultline ingest -q -d core.db "$1"
	code 0 3
	err "$2"
}

# ---- Linux 5.10 and later ------------------------------------------------------

cat >few <<'END'
0 Linux version 6.1.0-test (a@b) (gcc) #1 SMP
1234567890 aer_ratelimit: 42 callbacks suppressed
1234568000 two lines\nof one record
2000000000
12345678901234 aer_ratelimit: 43 callbacks suppressed
END
cat >few.txt <<'END'
[    0.000000] Linux version 6.1.0-test (a@b) (gcc) #1 SMP
[    1.234567] aer_ratelimit: 42 callbacks suppressed
[    1.234568] two lines
[    1.234568] of one record
[    2.000000] 
[12345.678901] aer_ratelimit: 43 callbacks suppressed
END
cp few.txt wanted

it "what the kernel printed, with its stamps, a record of several lines as such"
ring 9 <few
core new.core
reads new.core
is "$(ask core.db "SELECT group_concat(speaker || ' ' || trust || ' ' || text, '; ') FROM line_text WHERE text LIKE '%suppressed'")" \
	"host host [    1.234567] aer_ratelimit: 42 callbacks suppressed; host host [12345.678901] aer_ratelimit: 43 callbacks suppressed" lines

it "the core is a capture of its own, with its facts"
is "$(ask core.db "SELECT type || ' ' || class FROM image")" "core 64" image
is "$(ask core.db "SELECT count(*) FROM image_fact WHERE what = 'vmcoreinfo' AND says = 'OSRELEASE=6.1.0-test'")" 1 note
run faultline report -d core.db inputs
out "new.core/printk"
run faultline new.core
code 0

it "a ring that has gone round, with the block that did not fit at its end"
i=0
while [ $i -lt 20 ]; do
	echo "$((i * 1000000000)) aer_ratelimit: $i callbacks suppressed, and so much more"
	i=$((i + 1))
done >list
ring 8 <list
core round.core
printf '[   %2d.000000] aer_ratelimit: %d callbacks suppressed, and so much more\n' 17 17 18 18 19 19 >wanted
reads round.core

it "a ring that has gone round by its records"
i=0
while [ $i -lt 20 ]; do
	echo "$((i * 1000000000)) $i"
	i=$((i + 1))
done >list
ring 9 <list
core round.core
i=12
while [ $i -lt 20 ]; do
	echo "[   $i.000000] $i"
	i=$((i + 1))
done >wanted
reads round.core

it "a block that ends where the ring ends, as later kernels have it"
echo '1000000000 aer_ratelimit: 2 callbacks suppressed, and no more.' >list
ring 7 <list
{ le8 "$head"; cat text; } | put memory $((0x400 + 64))
le8 $((head | 2 << 62)) -64 0 | put memory $((0x100 + (head & 7) * 24))
core exact.core
echo '[    1.000000] aer_ratelimit: 2 callbacks suppressed, and no more.' >wanted
reads exact.core

it "what is still being written, or free again, is no message"
ring 9 <few
le8 $((head)) | put memory $((0x100 + (head & 7) * 24))
le8 $((tail | 3 << 62)) | put memory $((0x100 + (tail & 7) * 24))
core partly.core
sed -e 1d -e '$d' few.txt >wanted
reads partly.core

# ---- where the memory is ----------------------------------------------------------

it "x86: the kernel's data by phys_base, the rest by its page tables"
machine=62 at=$((0xffffffff81000000)) data=$((0xffff9abc01000000)) physical=0x1000000 virtual=0
numbers="NUMBER(phys_base)=-16777216
SYMBOL(swapper_pg_dir)=ffffffff82001000"
at=$((0xffffffff82000000))
ring 9 <few
# One table is both of the upper two: an entry that leads to itself, and one with a page of 1 GiB.
le8 0x1001063 | put memory $((0x1000 + (data >> 39 & 511) * 8))
le8 0x80000000000001e3 | put memory $((0x1000 + (data >> 30 & 511) * 8))
core tables.core
cp few.txt wanted
reads tables.core

it "an entry that is not there, and a table outside the file"
le8 0 | put memory $((0x1000 + (data >> 30 & 511) * 8))
core tables.core
leaves tables.core "the head of its ring is not in the file"
le8 0x7ffffffff063 | put memory $((0x1000 + (data >> 39 & 511) * 8))
core tables.core
leaves tables.core "the head of its ring is not in the file"

it "arm64 since Linux 5.4: the image above, all memory below"
machine=183 at=$((0xffff800010000000)) data=$((0xffff000000000000)) physical=0x40000000 virtual=0
numbers="NUMBER(VA_BITS)=48
NUMBER(kimage_voffset)=0x$(hex $((at - 0x40000000)))
NUMBER(PHYS_OFFSET)=0x40000000"
ring 9 <few
core arm.core
reads arm.core

it "arm64 before: the other way round"
at=$((0xffff000010080000)) data=$((0xffff800000000000))
numbers="NUMBER(VA_BITS)=48
NUMBER(kimage_voffset)=0x$(hex $((at - 0x40000000)))
NUMBER(PHYS_OFFSET)=0x40000000"
old 1024 0 printk_log <few
core arm.core
reads arm.core
x86

# ---- Linux 3.5 to 5.9 ---------------------------------------------------------------

it "the ring of Linux 3.5 to 5.9"
old 1024 0 printk_log <few
core old.core
reads old.core

it "the same by the names of Linux 3.5 to 3.10, gone round"
old 256 176 log <few
core old.core
reads old.core

it "a ring without a message"
old 256 32 printk_log </dev/null
core empty.core
rm -f core.db
run faultline ingest -q -d core.db empty.core
code 0
is "$(ask core.db "SELECT lines FROM capture WHERE name = 'empty.core/printk'")" 0 lines

it "a record that is longer than its ring, and one that leads back"
old 1024 0 printk_log <few
le2 9999 | put memory $((0x400 + 8))
core damaged.core
ends damaged.core "the kernel's messages end early: a record is damaged"
old 1024 0 printk_log <few
le2 0 | put memory $((0x400 + 8))
core damaged.core
ends damaged.core "the kernel's messages end early: a record is damaged"
old 1024 0 printk_log <few
le4 1021 | put memory 16
core damaged.core
ends damaged.core "the kernel's messages end early: "

# ---- damaged and hostile ones ----------------------------------------------------------

it "a core that is cut: what is there, and how much is missing"
ring 9 <few
core new.core
size=$(wc -c <new.core)
whole=$((size - 2048))
for cut in 20 63 100 180 500 $((whole - 1)) $whole $((whole + 7)) $((whole + 0x50)) $((whole + 0x1c0)) $((whole + 0x460)); do
	head -c "$cut" new.core >cut.core
	rm -f core.db
	run faultline ingest -q -d core.db cut.core
	code 3
	[ -s "$T/err" ] || problem "cut at $cut, and nothing said"
done
err "of the kernel's messages are not in the file, or damaged"

it "sizes and numbers without sense"
# poke OFFSET BYTES VALUE WHY: one number of the ring
poke() {
	ring 9 <few
	"le$2" "$3" | put memory "$1"
	core bad.core
	leaves bad.core "$4"
}
poke $((0x08)) 4 63 "its ring is damaged, or larger than 64 MiB"
poke $((0x08)) 4 0 "its ring is damaged, or larger than 64 MiB"
poke $((0x38)) 4 63 "its ring is damaged, or larger than 64 MiB"
poke $((0x38)) 4 0xffffffff "its ring is damaged, or larger than 64 MiB"
poke $((0x20)) 8 0x1234567812345678 "the head and the tail of its ring contradict each other"
poke $((0x28)) 8 -1 "the head and the tail of its ring contradict each other"
poke 0 8 -8 "the head of its ring is not in the file"
poke 0 8 0 "the head of its ring is not in the file"

it "addresses without sense"
for where in 16 24 64; do
	for value in 0 -1 -8 0x7fffffffffffffff $((data + 0x7f8)); do
		ring 9 <few
		le8 "$value" | put memory $where
		core bad.core
		ends bad.core "are not in the file, or damaged"
	done
done

it "a descriptor with the number of another, blocks with the text of another"
ring 9 <few
le8 $((tail | 2 << 62)) | put memory $((0x100 + (head & 7) * 24))
core bad.core
ends bad.core "1 of the kernel's messages are not in the file, or damaged"
is "$(ask core.db "SELECT lines FROM capture WHERE name LIKE '%printk'")" 5 lines

it "on a console it may, unless it is told to be a kernel's ring"
echo '[    1.000000] usb 1-1: Product: (XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x8424cb000, fsynr=0xb0001, cb=0' >said.log
rm -f core.db
faultline ingest -q -d core.db said.log
is "$(ask core.db "SELECT count(*) FROM iommu_fault")" 1 faults
rm -f core.db
faultline ingest -q --as ring -d core.db said.log
is "$(ask core.db "SELECT count(*) FROM iommu_fault")" 0 faults
ring 9 <few
le8 -512 -1 | put memory $((0x108 + (head & 7) * 24))
core bad.core
ends bad.core "1 of the kernel's messages are not in the file, or damaged"

it "records that lie over each other end where the ring would be full"
ring 9 <few
i=0
while [ $i -lt 8 ]; do
	id=$((head - 7 + i & mask))
	le8 $((id | 2 << 62)) $((-512 + i * 8)) -1 | put memory $((0x100 + (id & 7) * 24))
	{ le8 0 0; le2 -1; } | put memory $((0x200 + (id & 7) * 24))
	le8 $id | put memory $((0x400 + i * 8))
	i=$((i + 1))
done
le8 $((head - 7 & mask)) | put memory $((0x28))
core bad.core
ends bad.core "the kernel's messages end early: records lie over each other"

it "a note with numbers without sense"
ring 9 <few
for change in 's/SIZE(prb_desc)=24/SIZE(prb_desc)=99999999999/' 's/SIZE(prb_desc)=24/SIZE(prb_desc)=-1/' 's/OFFSET(printk_info.text_len)=16/OFFSET(printk_info.text_len)=x/' \
	'/OFFSET(atomic_long_t.counter)/d' 's/OFFSET(prb_desc_ring.infos)=16/OFFSET(prb_desc_ring.infos)=0x7fffffffffffffff/'; do
	ring 9 <few
	info=$(printf '%s\n' "$info" | sed "$change")
	core bad.core
	leaves bad.core "VMCOREINFO does not say how its ring is made"
done
ring 9 <few
info=$(printf '%s\n' "$info" | sed 's/SIZE(prb_desc)=24/SIZE(prb_desc)=0/')
core bad.core
ends bad.core "are not in the file, or damaged"
ring 9 <few
info=$(printf '%s\n' "$info" | sed '/SYMBOL(prb)/d')
core bad.core
leaves bad.core "VMCOREINFO does not say where its ring is"

it "any number of the headers may be wrong"
ring 9 <few
core new.core
i=0
while [ $i -lt 44 ]; do
	cp new.core bad.core
	printf '\377\377\377\177' | put bad.core $((i * 4 + 4))
	rm -f core.db
	run faultline ingest -q -d core.db bad.core
	code 0 3
	i=$((i + 1))
done

it "what a kernel printed cannot pass for Xen's words or a guest's, nor for an image's"
cat >list <<'END'
0 aer_ratelimit: 42 callbacks suppressed\n(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x8424cb000, fsynr=0xb0001, cb=0\nelf build-id 0123
1000000000 usb 1-1: Product: (XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x8424cb000, fsynr=0xb0001, cb=0
1000000000 \033[31maer_ratelimit: 44\000callbacks suppressed
END
ring 9 <list
core said.core
rm -f core.db
run faultline ingest -q -d core.db said.core
code 0
is "$(ask core.db "SELECT count(*) FROM image_fact WHERE what = 'build-id'")" 0 build-ids
is "$(ask core.db "SELECT count(*) FROM line_text WHERE speaker = 'xen'")" 0 "lines of Xen"
is "$(ask core.db "SELECT count(*) FROM iommu_fault")" 0 faults
is "$(ask core.db "SELECT lines FROM capture WHERE name LIKE '%printk'")" 5 lines

# ---- what is not read -----------------------------------------------------------------

it "a core of Xen on x86: neither ring is guessed, and each has its advice"
ring 9 <few
: >empty
note VMCOREINFO_XEN 0 empty >notes
core xen.core
leaves xen.core "where dom0's memory is in a core of Xen on x86 is not known"
err "xen.core/conring: Xen's console ring: not read: the core does not say where it is"
err "crash xen-syms xen.core"
is "$(ask core.db "SELECT says FROM image_fact WHERE what = 'core'")" xen kind

it "on Arm dom0's memory lies as the machine's"
machine=183
core xen.core
rm -f core.db
run faultline ingest -q -d core.db xen.core
code 3
err "xen.core/conring: "
not_err "xen.core/printk"
is "$(ask core.db "SELECT lines FROM capture WHERE name LIKE '%printk'")" 6 lines
x86
: >notes

it "the memory of 32-bit machines is left"
printf '%s\n' "$info" >vmcoreinfo
note VMCOREINFO 0 vmcoreinfo >all
{
	printf '\177ELF'
	le2 $((1 | 1 << 8)) 1 0 0 0 0
	le2 4 40
	le4 1 0 52 0 0
	le2 52 32 1 0 0 0
	le4 4 84 0 0 "$(wc -c <all)" "$(wc -c <all)" 4 4
	cat all
} >small.core
leaves small.core "memory of 32-bit and of big-endian machines is not read"
is "$(ask core.db "SELECT says FROM image_fact WHERE what = 'core'")" linux kind

it "a core without VMCOREINFO: of a program, of a machine"
ring 9 <few
owner=OTHER
core none.core
leaves none.core "it has no VMCOREINFO that leads there"
note CORE 3 empty >notes
core program.core
leaves program.core "it is the memory of a program"
is "$(ask core.db "SELECT says FROM image_fact WHERE what = 'core'")" program kind
owner=
: >notes

it "the core of xl dump-core: the guest's kind, its vcpus, its pages"
le8 0xF00FEBEE 2 262144 4096 >dump
note Xen $((0x2000001)) dump >notes
{
	printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000'
	le2 4 62
	le4 1
	le8 0 0 $((64 + 52 + 44))
	le4 0
	le2 64 0 0 64 4 1
	cat notes
	head -c $((52 - $(wc -c <notes))) /dev/zero
	printf '\000.shstrtab\000.note.Xen\000.xen_pages\000'
	head -c 12 /dev/zero
	head -c 64 /dev/zero
	le4 1 3
	le8 0 0 $((64 + 52)) 32
	le4 0 0
	le8 1 0
	le4 11 7
	le8 0 0 64 "$(wc -c <notes)"
	le4 0 0
	le8 4 0
	le4 21 1
	le8 0 0 64 0
	le4 0 0
	le8 1 4096
} >guest.core
: >notes
leaves guest.core "xl dump-core leaves no VMCOREINFO that leads there"
is "$(ask core.db "SELECT group_concat(what || '=' || ifnull(says, number), ' ') FROM (SELECT * FROM image_fact WHERE what <> 'left' AND what <> 'note' ORDER BY id)")" \
	"core=guest-hvm vcpus=2 pages=262144 page-size=4096" facts

it "cores that are compressed are named, with the program that reads them"
{ printf 'KDUMP   '; head -c 4096 /dev/zero; } >compressed
run faultline compressed
code 3
err "a compressed core of kdump"
err "makedumpfile --dump-dmesg compressed dmesg.txt"
{ printf 'makedumpfile\000\000\000\000'; head -c 4096 /dev/zero; } >flat
run faultline flat
code 3
err "makedumpfile -R vmcore <flat"

it "a core in an archive"
ring 9 <few
core new.core
if ! faultline version | grep -q 'no libarchive' && command -v tar >/dev/null 2>&1; then
	tar -cf set.tar new.core
	rm -f core.db
	run faultline ingest -q -d core.db set.tar
	code 0
	is "$(ask core.db "SELECT group_concat(name, ' ') FROM (SELECT name FROM input ORDER BY id)")" "set.tar/new.core set.tar/new.core/printk" names
fi
