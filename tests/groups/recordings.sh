# trace.dat: the same rows as of the text that trace-cmd prints, and nothing that such a file does hurts.
cd "$T" || exit 2
if faultline version | grep -q 'no libtracecmd'; then
	skip "recordings of trace-cmd" "built without libtracecmd"
	return 0
fi

# le BYTES N…: little-endian numbers
le() {
	le_bytes=$1
	shift
	for n; do
		le_i=0
		while [ $le_i -lt "$le_bytes" ]; do
			# shellcheck disable=SC2059
			printf "$(printf '\\%03o' $((n >> (8 * le_i) & 255)))"
			le_i=$((le_i + 1))
		done
	done
}

# A part of the file with its size before it: sized BYTES FILE
sized() {
	le "$1" "$(wc -c <"$2")"
	cat "$2"
}

field() { printf '\tfield:%s;\toffset:%d;\tsize:%d;\tsigned:%d;\n' "$1" "$2" "$3" "$4"; }
common() {
	printf 'name: %s\nID: %d\nformat:\n' "$1" "$2"
	field 'unsigned short common_type' 0 2 0
	field 'unsigned char common_flags' 2 1 0
	field 'unsigned char common_preempt_count' 3 1 0
	field 'int common_pid' 4 4 1
	echo
}

# One operation of each kind, as kprobes of the capture kit describe them.
formats() {
	{
		common gnt_map 1500
		field 'unsigned long __probe_ip' 8 8 0
		field 'u32 n' 16 4 0
		field 'u64 w[4]' 20 32 0
		printf '\nprint fmt: "(%%lx) n=%%u w={0x%%llx,0x%%llx,0x%%llx,0x%%llx}", REC->__probe_ip, REC->n, REC->w[0], REC->w[1], REC->w[2], REC->w[3]\n'
	} >map.format
	{
		common gnt_unmap 1501
		field 'unsigned long __probe_ip' 8 8 0
		field 'u32 n' 16 4 0
		field 'u64 w[3]' 20 24 0
		printf '\nprint fmt: "(%%lx) n=%%u w={0x%%llx,0x%%llx,0x%%llx}", REC->__probe_ip, REC->n, REC->w[0], REC->w[1], REC->w[2]\n'
	} >unmap.format
}

# record DELTA-NS SIZE: the head of a record of the ring buffer
record() { le 4 $(($1 << 5 | $2 / 4)); }
map_record() {
	record "$1" 52
	le 2 1500
	le 2 0
	le 4 2311
	le 8 $((0xffffffff81a1b2c0))
	le 4 1
	le 8 $((0x880001000)) $((0x800000006)) $((0x500000001)) $((0x8424cb000))
}
unmap_record() {
	record "$1" 44
	le 2 1501
	le 2 0
	le 4 2312
	le 8 $((0xffffffff81a1b2c0))
	le 4 1
	le 8 $((0x880001000)) 0 5
}

# page FILE START-NS FLAGS: what FILE holds, as a page of a ring buffer
page() {
	le 8 "$2"
	le 8 $(($(wc -c <"$1") | $3))
	cat "$1"
	dd if=/dev/zero bs=1 count=$((4096 - 16 - $(wc -c <"$1"))) 2>/dev/null
}

recording() {
	formats
	{
		field ' u64 timestamp' 0 8 0
		field ' local_t commit' 8 8 1
		field ' int overwrite' 8 1 1
		field ' char data' 16 4080 0
	} >header.page
	printf '# compressed entry header\n\ttype_len    :    5 bits\n\ttime_delta  :   27 bits\n\tarray       :   32 bits\n' >header.event
	printf '2311 vif1.0-q0-guest\n2312 vif1.0-q0-deall\n' >comms
	{
		printf '\027\010\104tracing6\000\000\010'
		le 4 4096
		printf 'header_page\000'
		sized 8 header.page
		printf 'header_event\000'
		sized 8 header.event
		le 4 0
		le 4 1
		printf 'fl\000'
		le 4 2
		sized 8 map.format
		sized 8 unmap.format
		le 4 0 0
		sized 8 comms
		le 4 2
		printf 'options  \000'
		le 2 0
		printf 'flyrecord\000'
	} >head
	# The data of each processor starts on a page of its own.
	start=$((($(wc -c <head) + 32 + 4095) / 4096 * 4096))
	{
		cat head
		le 8 $start 4096 $((start + 4096)) 4096
		dd if=/dev/zero bs=1 count=$((start - $(wc -c <head) - 32)) 2>/dev/null
		page cpu0 68290000000 "$1"
		page cpu1 68289000000 0
	} >trace.dat
}

unmap_record 1333010 >cpu0
map_record 912044 >cpu1
recording 0

it "what a recording holds is what trace-cmd prints of it"
cat >trace.txt <<END
cpus=2
 vif1.0-q0-guest-2311  [001]    68.289912044: gnt_map:              (ffffffff81a1b2c0) n=1 w={0x880001000,0x800000006,0x500000001,0x8424cb000}
 vif1.0-q0-deall-2312  [000]    68.291333010: gnt_unmap:            (ffffffff81a1b2c0) n=1 w={0x880001000,0x0,0x5}
END
rows="SELECT op || ' ' || ifnull(domain, '') || ' ' || ifnull(ref, '') || ' ' || handle || ' ' || ifnull(bus_addr, '') || ' ' || t_lo || ' ' || t_hi FROM grant_op ORDER BY t_lo"
run faultline ingest -q -d dat.db trace.dat
code 0
faultline ingest -q -d txt.db trace.txt
ask dat.db "$rows" >got
ask txt.db "$rows" >wanted
is "$(wc -l <wanted | tr -d ' ')" 2 rows
same wanted got "the rows differ"

it "every record is accounted for, in time, whichever processor wrote it"
is "$(ask dat.db "SELECT lines || ' ' || matched || ' ' || complete FROM capture")" "2 2 1" lines
is "$(ask dat.db "SELECT form FROM input")" "a trace.dat recording" form

it "lost records are a gap"
recording $((1 << 31))
rm -f lost.db
run faultline ingest -q -d lost.db trace.dat
is "$(ask lost.db "SELECT count(*) FROM loss WHERE what = 'trace'")" 1 gaps

it "from a pipe, and out of an archive"
recording 0
rm -f pipe.db
run_from trace.dat faultline ingest -q -d pipe.db -
is "$(ask pipe.db 'SELECT count(*) FROM grant_op')" 2 operations
if faultline version | grep -q 'no libarchive'; then :; else
	tar -cf set.tar trace.dat
	rm -f set.db
	faultline ingest -q -d set.db set.tar
	is "$(ask set.db 'SELECT count(*) FROM grant_op')" 2 operations
fi

it "one that is cut is told, with what it is"
for part in 12 20 100 1000 $(($(wc -c <head) + 8)); do
	dd if=trace.dat of=cut.dat bs="$part" count=1 2>/dev/null
	rm -f cut.db
	run faultline ingest -q -d cut.db cut.dat
	code 0 3
	[ "$rc" -eq 0 ] || err 'libtracecmd'
done

it "one that lies harms nothing"
i=10
while [ $i -lt $(($(wc -c <head) + 32)) ]; do
	cp trace.dat bad.dat
	printf '\377\377\377\177' | dd of=bad.dat bs=1 seek=$i conv=notrunc 2>/dev/null
	rm -f bad.db
	run faultline ingest -q -d bad.db bad.dat
	code 0 3
	i=$((i + 37))
done
