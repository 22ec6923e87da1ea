# One console, as every tool leaves it: the same rows, the same verdict, every line and byte in one count.

sample=$root/samples/zynqmp-pv-network/console.log
cd "$T" || return 1
tr -d '\r' <"$sample" >plain.log

# What the wrappings share.  kind: host, xen or other; text: the line without the kernel's stamp; us: that stamp.
cat >parts.awk <<'END'
function two(n) { return sprintf("%02d", n) }
# Half a second a line, from 02:40:00.
function clock(  t) { t = int(NR / 2); return "02:" two(40 + int(t / 60)) ":" two(t % 60) }
function quote(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); gsub(/\t/, "\\t", s); return "\"" s "\"" }
function say(host, xen, other) { print (kind == "host" ? host : kind == "xen" ? xen : other) }
function transport() { return kind == "host" ? "kernel" : "stdout" }
function identifier() { return kind == "host" ? "kernel" : kind == "xen" ? "xenconsoled" : "getty" }
{
	kind = "other"; text = $0; us = 0
	if (/^\(XEN\) /)
		kind = "xen"
	else if (match($0, /^\[ *[0-9]+\.[0-9]+\] /)) {
		kind = "host"
		text = substr($0, RLENGTH + 1)
		us = substr($0, 2, RLENGTH - 3) * 1000000
		stamp = sprintf("%5d.%06d", us / 1000000, us % 1000000)
	}
}
END

# One wrapping a line: name, TAB, what awk prints for a line.
cat >formats <<'END'
mail	print "> " $0
mail-twice	print "> > " $0
mail-bar	print "| " $0
paste	print "    " $0
ts	print "Nov 21 " clock() " " $0
ts-iso	print "2026-11-21T" clock() "+0000 " $0
ts-since	printf "%02d:%02d:%02d %s\n", 0, NR / 60, NR % 60, $0
ts-epoch	printf "%d.%06d %s\n", 1795228813 + NR, 290307, $0
grabserial	printf "[%d.%06d 0.000123] %s\n", NR, 290307, $0
grabserial-date	print "[2026-11-21 " clock() ".290307 0.000123] " $0
tio	print "[" clock() ".290] " $0
minicom	print "[2026-11-21 " clock() "] " $0
conserver	print "[Sat Nov 21 " clock() " 2026]" $0
tera-term	print "[2026-11-21 " clock() ".290] " $0
lava	print "2026-11-21T" clock() ".290307  " $0
syslog	d = "Nov 21 " clock() " zcu102 "; say(d "kernel: " $0, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
syslog-busybox	d = "Nov 21 " clock() " zcu102 "; say(d "kern.err kernel: " $0, d "daemon.info xenconsoled[7]: " $0, d "user.info getty[9]: " $0)
syslog-5424	d = "<3>1 2026-11-21T" clock() ".290307Z zcu102 "; say(d "kernel - - - " $0, d "xenconsoled 7 - - " $0, d "getty 9 - [a b=\"c\"] " $0)
journal-short	d = "Nov 21 " clock() " zcu102 "; say(d "kernel: " $0, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
journal-full	d = "Sat 2026-11-21 " clock() " UTC zcu102 "; say(d "kernel: " $0, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
journal-iso	d = "2026-11-21T" clock() "+0000 zcu102 "; say(d "kernel: " $0, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
journal-monotonic	say("[" stamp "] zcu102 kernel: " text, $0, $0)
journal-delta	say("[" stamp " <    0.000123 >] zcu102 kernel: " text, $0, $0)
dmesg-facility	say("kern  :err   : " $0, $0, $0)
dmesg-delta	say("[" stamp " <    0.000123>] " text, $0, $0)
dmesg-raw	say("<3>" $0, $0, $0)
kmsg	say("3," NR "," us ",-;" text, $0, $0)
caller	say("[" stamp "][      T0] " text, $0, $0)
syslog-bare	d = "Nov 21 " clock() " zcu102 "; say(d "kernel: " text, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
journal-unix	d = sprintf("%d.%06d zcu102 ", 1795228813 + NR, 290307); say(d "kernel: " text, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
ts-syslog-printk	d = "Nov 21 " clock() " zcu102 "; printf "[2026-11-21 %s] ", clock(); say(d "kernel: " $0, d "xenconsoled[7]: " $0, d "getty[9]: " $0)
END
TAB=$(printf '\t')

# The same for those that leave out the stamps by which Xen's lines are dated: the kernel's, and the logger's.
cat >undated <<'END'
journal-json	print "{\"_TRANSPORT\":\"" transport() "\",\"SYSLOG_IDENTIFIER\":\"" identifier() "\"," (us ? "\"_SOURCE_MONOTONIC_TIMESTAMP\":\"" us "\"," : "") "\"MESSAGE\":" quote(text) "}"
journal-export	printf "__CURSOR=%d\n%s_TRANSPORT=%s\nSYSLOG_IDENTIFIER=%s\nMESSAGE=%s\n\n", NR, us ? "_SOURCE_MONOTONIC_TIMESTAMP=" us "\n" : "", transport(), identifier(), text
dmesg-ctime	say("[Sat Nov 21 " clock() " 2026] " text, $0, $0)
dmesg-human	say(NR % 5 ? "[  +0.000011] " text : "[Nov21 02:40] " text, $0, $0)
dmesg-iso	say("2026-11-21T" clock() ",290307+00:00 " text, $0, $0)
END

wrap() {
	program=$(cat formats undated | sed -n "s/^$1$TAB//p")
	awk "$(cat parts.awk) { $program }" plain.log
}

# What a capture comes to: rows of three kinds, and the verdict.
comes_to() {
	rm -f framing.db
	run faultline ingest -q -d framing.db "$1"
	code 0
	ask framing.db "SELECT 'faults ' || (SELECT count(*) FROM iommu_fault) || '; errors ' ||
		(SELECT count(*) FROM device_error) || '; grants ' || (SELECT count(*) FROM grant_snapshot) AS n"
	faultline report -d framing.db 2>&1 | sed -n '/^[a-z ]*: [A-Z]/p'
}

# Each line and each byte of a capture is in one count.
counted() {
	is "$(ask framing.db "SELECT count(*) FROM capture WHERE lines = matched + unmatched + damaged + replayed AND
		bytes = matched_bytes + unmatched_bytes + damaged_bytes + replayed_bytes AND bytes = $(wc -c <"$1") AND
		lines = $(wc -l <"$1")")" 1 "captures whose counts add up"
}

# same_as FILE: the console's rows and verdict.
same_as() {
	comes_to "$1" >got
	same want got "$1 does not come to the same"
	counted "$1"
}

it "the console itself"
comes_to plain.log >want
is "$(head -n 1 want)" 'faults 3; errors 3; grants 12' "rows"
is "$(sed -n '2s/:.*//p' want)" confirmed "grade"
counted plain.log

while IFS=$TAB read -r name program; do
	it "wrapped: $name"
	wrap "$name" >"$name.log"
	same_as "$name.log"
done <formats

# How long the grant was live before the fault is in no line then, which decides between confirmed and likely.
sed '2s/^confirmed/likely/' want >want-undated
while IFS=$TAB read -r name program; do
	it "wrapped, and nothing dates a line of Xen: $name"
	wrap "$name" >"$name.log"
	comes_to "$name.log" | head -n 2 >got
	same want-undated got "$name.log does not come to the same but for its grade"
	counted "$name.log"
done <undated

it "all of them in one file, line by line in turn"
names=$(sed "s/$TAB.*//" formats)
for name in $names; do wrap "$name" >"$name.log"; done
awk -v names="$names" 'BEGIN {
	n = split(names, name, /[ \n]+/)
	for (i = 0; i < 226; i++)
		for (k = 1; k <= n; k++) {
			getline line <(name[k] ".log")
			if (i % n == k - 1) print line
		}
}' </dev/null >mix.log
is "$(wc -l <mix.log)" 226 "lines"
same_as mix.log

it "with the line ends of a serial line, they are Xen's own"
awk '{ printf "[2026-11-21 02:40:13] %s\n", $0 }' "$sample" >crlf.log
same_as crlf.log
is "$(ask framing.db "SELECT DISTINCT trust FROM iommu_fault")" hypervisor "trust"

# ---- mail breaks lines ----------------------------------------------------

# Lines that are broken count in all their parts: only the sums hold.
broken_like() {
	same_as "$1"
	[ "$(ask framing.db 'SELECT wrapped FROM capture')" -ge 3 ] || problem "no line of $1 was put together"
}

for width in 60 72 80; do
	it "broken at $width columns"
	fold -s -w $width plain.log >fold.log
	broken_like fold.log
	it "broken at $width columns, trailing blanks gone, and quoted"
	sed 's/ *$//; s/^/> /' fold.log >folded.log
	broken_like folded.log
done

it "broken by a terminal of 80 columns, inside words"
fold -w 80 plain.log >fold.log
broken_like fold.log

it "quoted-printable"
awk '{
	gsub(/=/, "=3D")
	while (length($0) > 76) {
		n = 75
		while (substr($0, n - 1, 2) ~ /=/) n--	# not inside "=3D"
		print substr($0, 1, n) "="
		$0 = substr($0, n + 1)
	}
	print
}' plain.log >qp.log
broken_like qp.log

it "a cut line is not put together with lines of other speakers"
fold -s -w 72 plain.log | awk '/fsr=0x402, *$/ { print; print "[   68.000000] hello"; next } { print }' >apart.log
comes_to apart.log >got
is "$(head -n 1 got)" 'faults 0; errors 3; grants 12' "rows"
counted apart.log

# ---- what must not become evidence ----------------------------------------

it "programs, guests and impossible dates say nothing about the machine"
text='macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK'
cat >others.log <<END
Nov 21 02:40:13 zcu102 logger[33]: $text
Nov 21 02:40:13 zcu102 user.notice root: $text
<11>1 2026-11-21T02:40:13Z zcu102 logger 33 - - $text
{"_TRANSPORT":"syslog","MESSAGE":"$text"}
(d1) Nov 21 02:40:13 zcu102 kernel: [    1.000000] $text
(d1) > (XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0xb0001, cb=0
Nov 21 02:40:13 zcu102 xenconsoled[7]: (d1) (XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0xb0001, cb=0
Nov 32 02:40:13 zcu102 kernel: $text
12,345,68290307,-;$text
<14>Nov 21 02:40:13 zcu102 kernel: $text
<14>1 2026-11-21T02:40:13Z zcu102 kernel - - - $text
user  :notice: [   68.290307] $text
<12>[   68.290307] $text
[   68.290307] (d1) [   68.290307] $text
[TTY] (d1) [   68.290307] $text
$(for f in 'Nov 21 02:40:13 zcu102 qemu-dm[33]: @' 'Nov 21 02:40:13 zcu102 qemu-dm[33]: kernel: @' '[   68.290307] (d1) @' '[   68.290307 0.000123] (d1) @' \
	'[TTY] (d1) @' '12,345,68290307,-;@' '<14>1 2026-11-21T02:40:13Z zcu102 qemu-dm 33 - - @' '{"_TRANSPORT":"stdout","SYSLOG_IDENTIFIER":"qemu-dm","MESSAGE":"@"}'
do echo "${f%@*}(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0xb0001, cb=0${f#*@}"; done)

_TRANSPORT=stdout
SYSLOG_IDENTIFIER=qemu-dm
MESSAGE=(XEN) smmu: /smmu@fd800000: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0xb0001, cb=0

_TRANSPORT=stdout
SYSLOG_IDENTIFIER=qemu-dm
MESSAGE=[   68.290307] $text

2026-13-21 02:40:13 $text
END
comes_to others.log >got
is "$(ask framing.db "SELECT count(*) FROM device_error WHERE trust <> 'guest'")" 0 "errors of the machine"
is "$(ask framing.db "SELECT count(*) FROM iommu_fault WHERE trust <> 'guest'")" 0 "faults of the machine"
is "$(sed 1d got)" '' "verdicts"
sed -n '1s/logger\[33\]/kernel/p' others.log >kernel.log
comes_to kernel.log >got
is "$(ask framing.db 'SELECT count(*) FROM device_error')" 1 "errors, where the kernel says it"

it "without its wrapping each of them has no fault or is the console"
for name in mail mail-twice mail-bar paste; do
	faultline --as console explain-line "$name.log" >lines
	is "$(grep -c 'linux.macb.hresp' lines)" 0 "errors that the host's kernel reports in $name.log"
done

# A fault of Xen's, with and without a time, behind lines that all have one.
fault='[VT-D]DMAR:[DMA Write] Request device [0000:00:10.0] fault addr 2b9e12000'
stamped=$(printf '(XEN) Xen version 4.17.7 (a@b) (gcc) debug=n Tue Nov  4 16:52:35 UTC 2025\n'
	for i in 0 1 2 3 4 5 6 7 8 9; do printf '(XEN) [    %d.500000] [VT-D]d0:PCI: map 0000:00:1%d.0\n' $((i + 1)) "$i"; done)
faults_of() {
	rm -f stamps.db
	faultline ingest -q -d stamps.db "$1"
	ask stamps.db "SELECT count(*) FROM v_iommu_fault"
}

it "a line like Xen's without a time is nobody's where all others have one"
printf '%s\n(XEN) %s\n' "$stamped" "$fault" >bare.log
is "$(faults_of bare.log)" 0 faults
is "$(ask stamps.db "SELECT group_concat(kind) FROM v_gap WHERE kind IN ('focus', 'unstamped')")" unstamped gaps
printf '%s\n(XEN) [   20.500000] %s\n' "$stamped" "$fault" >timed.log
is "$(faults_of timed.log)" 1 "with a time"
printf '%s\n(XEN) %s\n' "$(echo "$stamped" | sed 's/\[    [0-9.]*\] //')" "$fault" >plain.log
is "$(faults_of plain.log)" 1 "where none has a time"

it "Xen's first lines after a power-on have no time yet"
printf '%s\n(XEN) Xen version 4.17.7 (a@b) (gcc) debug=n Tue Nov  4 16:52:35 UTC 2025\n(XEN) %s\n' "$stamped" "$fault" >again.log
is "$(faults_of again.log)" 1 faults
printf '(XEN) Checking for initrd in /chosen\n%s\n(XEN) Checking for initrd in /chosen\n(XEN) RAM: 0000000000000000 - 000000007fefffff\n' "$stamped" >early.log
faults_of early.log >/dev/null
is "$(ask stamps.db 'SELECT sum(unstamped) FROM capture')" 0 "lines that are no evidence"

it "a fault whose walk is the last before the next power-on belongs to the one before"
banner='(XEN) Xen version 4.17.7 (a@b) (gcc) debug=n Tue Nov  4 16:52:35 UTC 2025'
cat >walk.log <<END
$banner
(XEN) [   10.151151] [VT-D]DMAR:[DMA Read] Request device [0000:00:1a.0] fault addr 29c032000
(XEN) [   10.151170] [VT-D]DMAR: reason 06 - PTE Read access is not set
(XEN) [   10.151334] print_vtd_entries: iommu #0 dev 0000:00:1a.0 gmfn 29c032
(XEN) [   10.151536]     root_entry[00] = 7f298001
(XEN) [   10.151651]     context[d0] = 1_7fd62001
(XEN) [   10.151819]     l3[00a] = 10000000000000 --
$banner
(XEN) [    9.151151] [VT-D]DMAR:[DMA Read] Request device [0000:00:1a.0] fault addr 29c033000
(XEN) [    9.151170] [VT-D]DMAR: reason 06 - PTE Read access is not set
END
faults_of walk.log >/dev/null
is "$(ask stamps.db "SELECT group_concat(boot || ':' || printf('%x', iova), ' ') FROM (SELECT * FROM v_iommu_fault ORDER BY boot)")" "1:29c032000 2:29c033000" faults
