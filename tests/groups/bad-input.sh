# What is unreadable, damaged, foreign or cut short: a clear message, the right exit code, and nothing lost that was stored.

sample=$root/samples/zynqmp-pv-network/console.log
cd "$T" || return 1
cp "$sample" console.log
run faultline ingest -q -d good.db console.log
faultline report -d good.db >good.txt

# A big capture: the sample, and then so many faults, each at another page.
big_capture() {
	awk -v faults="$1" '{ print } END {
		for (i = 0; i < faults; i++)
			printf "(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x8%x000, fsynr=0xb0001, cb=0\n", 262144 + i
	}' console.log
}

# ---- captures -------------------------------------------------------------

it "a file that is not there"
run faultline missing.log
code 3
err 'missing.log: No such file or directory'

it "a folder with nothing in it"
mkdir -p folder
run faultline folder
code 3
err 'folder: a folder; there is nothing in it'

it "a file that cannot be read to its end"
if [ -r /proc/self/mem ]; then
	run faultline /proc/self/mem
	code 3
	err '/proc/self/mem (byte 0)'
	run faultline console.log /proc/self/mem
	code 3
	out_like '^confirmed: '
fi

it "an empty file"
: >empty.log
run faultline empty.log
code 0
err 'empty.log: '
err 'empty'

it "a file of zeros, one of noise, one of a single endless line"
head -c 100000 /dev/zero >zeros.bin
run faultline zeros.bin
code 0 3
err 'zeros.bin'
awk 'BEGIN { s = 1; for (i = 0; i < 30000; i++) { s = s * 16807 % 2147483647; printf "%c", 1 + s % 255 } }' >noise.bin
run faultline noise.bin
code 0 3
err 'noise.bin'
head -c 3000000 /dev/zero | tr '\0' 'x' >endless.log
run faultline endless.log
code 0 3
err 'endless.log'

it "compressed, and other formats: what it is, and what to do"
printf '\037\213\010\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >x.gz
run faultline x.gz
code 3
err 'gzip'
err 'unpack'
printf '\3757zXZ\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >x.xz
run faultline x.xz
code 3
err 'xz'
printf '\027\010\104tracing6\000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' >trace.dat
run faultline trace.dat
code 3
err 'libtracecmd'
run faultline "$FAULTLINE"
code 0
out 'No failed DMA was found'
run faultline x.gz console.log
code 3
out_like '^confirmed: '

it "a pipe that closes early is a shorter capture"
mkfifo pipe
{ head -n 216 console.log >pipe; } &
run faultline pipe
wait $!
code 0
out 'Unhandled context fault'
rm -f pipe

it "a pipe that nothing comes out of"
mkfifo pipe
{ : >pipe; } &
run faultline pipe
wait $!
code 0
err 'empty'
rm -f pipe

it "the capture cut off at every 97th byte: never a crash"
size=$(wc -c <console.log)
at=1
while [ "$at" -lt "$size" ]; do
	head -c "$at" console.log >cut.log
	run faultline -q cut.log
	code 0
	at=$((at + 97))
done

it "the capture with a changed byte here and there: never a crash"
for seed in 1 2 3 4 5 6 7 8 9 10 11 12; do
	LC_ALL=C awk -v seed="$seed" 'BEGIN { s = seed * 7919 } {
		s = s * 16807 % 2147483647
		if (s % 3 == 0 && length($0) > 0) {
			at = 1 + int(s / 7) % length($0)
			printf "%s%c%s\n", substr($0, 1, at - 1), 1 + s % 255, substr($0, at + 1)
		} else
			print
	}' console.log >changed.log
	run faultline -q changed.log
	code 0
	run faultline -q -f json changed.log
	code 0
	"$JSON_CHECK" out >json.err 2>&1 || problem "not JSON (seed $seed)" "$(shown json.err)"
done

# ---- where the report goes --------------------------------------------------

# to FILE COMMAND…: as run, with its standard output there.
to() {
	target=$1
	shift
	last_command="$* >$target"
	rc=0
	"$@" 2>"$T/err" >"$target" </dev/null || rc=$?
	: >"$T/out"
	judge_run
}

it "a full disk behind standard output"
if [ -c /dev/full ]; then
	for arguments in "console.log" "-f json console.log" "report -d good.db" "query -d good.db SELECT*FROM(line_text)" "-h" "messages" "causes" "version"; do
		to /dev/full faultline $arguments
		code 2
		err 'standard output'
	done
fi

it "a reader that leaves early"
for arguments in "console.log" "messages" "-f json console.log"; do
	{
		rc=0
		faultline $arguments 2>"$T/err" || rc=$?
		echo "$rc" >"$T/pipe-code"
	} | head -n 1 >/dev/null
	# The group on the left may end a moment after the one on the right.
	for moment in 1 2 3 4 5; do
		[ -s "$T/pipe-code" ] && break
		sleep 1
	done
	is "$(cat "$T/pipe-code")" 0 "status of faultline $arguments | head -n 1"
	rm -f "$T/pipe-code"
	silent
done

it "standard output that is closed"
rc=0
last_command='faultline console.log >&-'
faultline console.log >&- 2>"$T/err" </dev/null || rc=$?
judge_run
code 2

# ---- databases ------------------------------------------------------------

# refused DB WORD: nothing reads it, nothing writes to it, and it stays as it is.
refused() {
	cp "$1" "$1.before"
	for arguments in "report -d $1" "$1" "query -d $1 SELECT(1)" "ingest -d $1 console.log" "why arm-grant-bug-latent -d $1"; do
		run faultline $arguments
		code 2
		err "$1"
		err "$2"
	done
	same "$1.before" "$1" "it was changed"
}

# patch FILE OFFSET BYTES(as for printf)
patch() {
	printf "$3" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

it "a database of another program (application_id)"
cp good.db foreign.db
patch foreign.db 68 '\001\002\003\004'
refused foreign.db "not one of faultline's"

it "a database of a newer faultline (user_version)"
cp good.db newer.db
patch newer.db 60 '\000\000\000\143'
refused newer.db 'newer'

it "a file that is no database"
cp console.log text.db
for arguments in "report -d text.db" "query -d text.db SELECT(1)" "ingest -d text.db console.log"; do
	run faultline $arguments
	code 2
	err 'text.db'
done
same console.log text.db "it was changed"

it "a folder instead of a database, and one that is not there"
run faultline ingest -d folder console.log
code 2
err 'folder'
run faultline report -d folder
code 2
run faultline ingest -d nowhere/lab.db console.log
code 2
err 'nowhere/lab.db'

it "an empty file as database is filled"
: >zero.db
run faultline ingest -d zero.db console.log
code 0
run faultline report -d zero.db
same good.txt out "the report differs"

it "a database that lost its end: a message, never a crash"
size=$(wc -c <good.db)
for percent in 0 1 3 10 30 50 70 90 99; do
	head -c $((size * percent / 100)) good.db >damaged.db
	run faultline report -d damaged.db
	code 2 3
	[ -s err ] || problem "no message at $percent %"
	run faultline query -d damaged.db "SELECT count(*) FROM line_text"
	code 0 2 3
	cp damaged.db once-more.db
	run faultline ingest -d once-more.db console.log
	code 0 2
done

it "a database with changed bytes, at 300 places: never a crash, never a hang"
at=0
step=$((size / 300))
while [ "$at" -lt "$size" ]; do
	cp good.db damaged.db
	patch damaged.db "$at" '\377\000\377\101\377\377'
	patch damaged.db $(((at * 7 + 4099) % size)) '\000\177\000'
	run faultline report -d damaged.db
	code 0 2 3
	if [ "$rc" -ne 0 ] && [ ! -s err ]; then
		problem "no message with bytes changed at $at"
	fi
	at=$((at + step))
done

it "ingest into a database with changed bytes, at 30 places: never a crash"
big_capture 100 >other.log
at=100
while [ "$at" -lt "$size" ]; do
	cp good.db damaged.db
	patch damaged.db "$at" '\377\000\377\101\377\377'
	run faultline ingest -q -d damaged.db other.log
	code 0 2 3
	at=$((at + size / 30))
done

it "a full disk: nothing is stored, what was there stays"
big_capture 20000 >big.log
cp good.db full.db
(
	# Some shells count in KiB, some in blocks of 512 bytes; both are less than is wanted.
	trap '' XFSZ
	ulimit -f 2000
	run faultline ingest -d full.db big.log
	code 2
	err 'full.db'
	err 'nothing of this call was stored'
	exit "$problems"
) || problems=$((problems + 1))
run faultline report -d full.db
code 0
same good.txt out "the report differs"

if [ "$(id -u)" -eq 0 ] && mkdir -p small &&
	mount -t tmpfs -o size=$(($(wc -c <good.db) / 1024 + 300))k none small 2>/dev/null; then
	it "a disk that is really full (tmpfs)"
	cp good.db small/lab.db || problem "the database that is to stay does not fit"
	run faultline ingest -d small/lab.db big.log
	code 2
	err 'small/lab.db'
	err 'nothing of this call was stored'
	err 'room'
	run faultline report -d small/lab.db
	code 0
	same good.txt out "the report differs"
	umount small
else
	skip "a disk that is really full" "no right to mount a tmpfs"
fi

it "a database that cannot be written to is read"
cp good.db readonly.db
chmod 444 readonly.db
run faultline report -d readonly.db
code 0
same good.txt out "the report differs"

# ---- killed ---------------------------------------------------------------

content() {
	for table in capture segment boot clock fact kernel note loss iommu_fault grant_snapshot device_error line_text incident verdict verdict_clue; do
		echo "$table $(ask "$1" "SELECT count(*) FROM $table")"
	done
	faultline report -q -d "$1"
}

it "a killed ingest leaves a database that opens, and a second one completes it"
big_capture 100000 >big.log
cp good.db clean.db
run faultline ingest -q -d clean.db big.log
code 0
content clean.db >clean.txt
kills=0
for delay in 0 0.02 0.05 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1; do
	rm -f killed.db killed.db-*
	cp good.db killed.db
	"$FAULTLINE" ingest -q -d killed.db big.log >/dev/null 2>&1 &
	victim=$!
	sleep "$delay" 2>/dev/null || sleep 1
	kill -9 "$victim" 2>/dev/null && kills=$((kills + 1))
	wait "$victim" 2>/dev/null
	run faultline report -d killed.db
	code 0
	[ "$(ask killed.db 'SELECT count(*) FROM capture')" -ge 1 ] || problem "what was stored before is gone (killed after $delay s)"
	run faultline ingest -q -d killed.db big.log
	code 0
	content killed.db >killed.txt
	same clean.txt killed.txt "the completed database differs from a clean one (killed after $delay s)"
done
[ "$kills" -gt 0 ] || problem "it was never killed"

it "a killed first ingest leaves nothing that stands in the way"
for delay in 0 0.005 0.01 0.015 0.02 0.03 0.05 0.1; do
	rm -f first.db first.db-*
	"$FAULTLINE" ingest -q -d first.db big.log >/dev/null 2>&1 &
	victim=$!
	sleep "$delay" 2>/dev/null || sleep 1
	kill -9 "$victim" 2>/dev/null
	wait "$victim" 2>/dev/null
	run faultline ingest -q -d first.db console.log
	code 0
	run faultline report -d first.db
	code 0
	same good.txt out "the report differs (killed after $delay s)"
done

it "a killed ingest's journal is played back by whoever reads next"
rm -f killed.db killed.db-*
cp good.db killed.db
trap_journal() {
	for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		cp good.db killed.db
		"$FAULTLINE" ingest -q -d killed.db big.log >/dev/null 2>&1 &
		victim=$!
		# Wait for a page of the database itself to have been written.
		while kill -0 "$victim" 2>/dev/null && [ "$(wc -c <killed.db)" -eq "$(wc -c <good.db)" ]; do
			:
		done
		kill -9 "$victim" 2>/dev/null
		wait "$victim" 2>/dev/null
		[ ! -s killed.db-journal ] || return 0
		rm -f killed.db killed.db-journal
	done
	return 1
}
if trap_journal; then
	run faultline report -d killed.db
	code 0
	same good.txt out "the report differs"
fi
