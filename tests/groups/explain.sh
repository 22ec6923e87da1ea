# What tells a user why a line is, or is not, recognised: explain-line, decode, report unmatched, --as, and entries of his own.

sample=$root/samples/zynqmp-pv-network/console.log
cd "$T" || return 1

# ---- explain-line ---------------------------------------------------------

it "a claimed line has its entry, its speaker and its values"
run faultline explain-line "$sample:215"
code 0
silent
out 'said by   xen (hypervisor)'
out 'claimed by xen.smmu.context-fault (parsers/messages/xen-smmu.msg:'
out 'iova           0x8424cb148 ('
is "$(grep -c ' iova  ' out)" 1 "records shown"
not_out 'claimed by nothing'

it "a row of a block has what its head says, and no other row"
run faultline explain-line "$sample:206"
code 0
out 'claimed by xen.gnttab.dump-grant'
out 'domain         0x1 (1)'
is "$(grep -c ' ref  ' out)" 1 "rows shown"

it "a line that continues a record names the line where it starts"
printf '(XEN) SMMUv3: /a: event 0x10 received:\n(XEN) SMMUv3: /a: \t0x0000000000000001\n' >record.log
run faultline explain-line record.log:2
code 0
out 'part of   the record that starts on line 1'
run faultline explain-line record.log:1
not_out 'part of'

it "a line that nothing claims is shown up to where it leaves the nearest entry"
echo '(XEN) smmu: /a: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0x3, cb=x' >near.log
run faultline explain-line near.log:1
code 0
out 'claimed by nothing'
out 'near to   xen.smmu.context-fault'
out 'fits up to byte 70: smmu: /a: Unhandled context fault: fsr=0x402, iova=0x1, fsynr=0x3, cb= >>> x'
sed 's/, cb=x//' near.log >short.log
run faultline explain-line short.log:1
out '>>> and ends too early'
sed 's/cb=x/cb=0/' near.log >fits.log
run faultline explain-line fits.log:1
out 'claimed by xen.smmu.context-fault'
not_out 'near to'

it "a file without a number lists every line"
run faultline explain-line "$sample"
code 0
silent
is "$(wc -l <out)" "$(wc -l <"$sample")" "lines listed"
is "$(sed -n 215p out)" "215	xen.smmu.context-fault" "line 215"
is "$(sed -n 217p out)" "217	-" "line 217"

it "standard input is explained line by line"
run_from near.log faultline explain-line -
code 0
out 'stdin:1: (XEN) smmu: /a'
out 'near to   xen.smmu.context-fault'
run_from /dev/null faultline explain-line -
code 0
no_output

it "a line or a file that is not there is told"
run faultline explain-line "$sample:9999"
code 3
err 'has no line 9999'
run faultline explain-line no-such-file:1
code 3
err 'no-such-file: No such file'
run faultline explain-line
code 2
err 'FILE:LINE'

it "bytes of a line do not reach the terminal as they are"
printf '(XEN) smmu: \033[31m Unhandled context fault: \377\n' >odd.log
run faultline explain-line odd.log:1
code 0
is "$(LC_ALL=C tr -d '\11\12\40-\176' <out | wc -c)" 0 "bytes that a terminal would obey"

# ---- decode ---------------------------------------------------------------

it "a register is decoded bit by bit, with what no row names"
run faultline decode fsr=0x80000002
code 0
silent
out_like '^smmu.fsr  *1  *0x1  *TF '
out_like '^smmu.fsr  *31  *0x1  *MULTI '
not_out 'unknown'
run faultline decode fsr=0x20000
out_like '^smmu.fsr  *?  *0x20000  *unknown'
not_out ' TF '

it "a number may be decimal, a name may be whole, long, or in capitals"
run faultline decode fsr=0x2
cp out want
for name in fsr=2 smmu.fsr=2 FSR=2 SMMU.fsr=0x2; do
	run faultline decode $name
	code 0
	same want out "$name differs"
done

it "several are decoded in turn"
run faultline decode fsr=2 fsr=4
code 0
out ' TF '
out ' AFF '

it "names and numbers that are none are usage errors"
run faultline decode nope=1
code 2
no_output
err "no register 'nope'"
for name in fsr% fs_ %; do
	run faultline decode "$name=1"
	code 2
done
for value in fsr= fsr=zz fsr=1,2 fsr=0x10000000000000000; do
	run faultline decode $value
	code 2
	no_output
	err 'is no number'
done
for word in fsr =1; do
	run faultline decode $word
	code 2
	err 'neither NAME=VALUE nor a record'
done

it "decode alone lists what it knows; rows come as csv and json, too"
run faultline decode
code 0
out_like '^  smmu\.fsr$'
out 'RECORD WORD...'
run faultline decode -f csv fsr=2
is "$(sed -n 1p out)" "register,bits,value,name,meaning,source" "the first line"
run faultline decode -f json fsr=2
code 0
"$JSON_CHECK" out >check 2>&1 || problem "not JSON" "$(shown check)"

# ---- report unmatched -----------------------------------------------------

it "lines that sound like evidence are listed by shape, those of guests never"
cat >sounds.log <<'END'
hello
(XEN) gpu 7: IOMMU: no idea at 0x1234
(XEN) gpu 8: IOMMU: no idea at 0xabc9
[    1.000000] npu: DMA error of some kind
(d1) npu: DMA error of some other kind
(d1) (XEN) npu: DMA error of a third kind
END
run faultline ingest -q -d sounds.db sounds.log
code 0
run faultline report -d sounds.db unmatched
code 0
out_like 'sounds\.log:2  *2  *gpu 7: IOMMU: no idea at 0x1234'
out_like 'sounds\.log:4  *1  *npu: DMA error of some kind'
not_out 'other kind'
not_out 'third kind'
not_out 'hello'
is "$(ask sounds.db 'SELECT shape FROM unclaimed WHERE n = 2')" 'gpu #: IOMMU: no idea at #' "shape"
is "$(ask sounds.db 'SELECT count(*) FROM unclaimed WHERE reason IS NOT NULL')" 0 "reasons"

it "the counts come back the same when the capture is read again"
run faultline ingest -q -d sounds.db sounds.log
is "$(ask sounds.db 'SELECT sum(n) FROM unclaimed')" 3 "lines"

it "512 shapes are told apart, the others are counted together"
awk 'BEGIN { for (i = 0; i < 600; i++) { w = ""; for (k = i + 1; k > 0; k = int(k / 26)) w = w substr("abcdefghijklmnopqrstuvwxyz", k % 26 + 1, 1);
	print "(XEN) gpu: IOMMU: " w " it is" } }' >many.log
run faultline ingest -q -d many.db many.log
is "$(ask many.db 'SELECT count(*) FROM unclaimed')" 513 "shapes"
is "$(ask many.db "SELECT n || ' from ' || line FROM unclaimed WHERE shape = '(other shapes)'")" '88 from 513' "the rest"

# ---- --as -----------------------------------------------------------------

it "a format that is not known is answered with the list"
run faultline --as nope "$sample"
code 2
no_output
for name in auto console mail syslog journal json export dmesg kmsg serial; do
	err_like "^  $name  *[a-z/-]"
done

it "a format that is forced refuses the others"
line='[   68.290307] macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK'
echo "$line" >as-console.log
echo "> $line" >as-mail.log
echo "[02:40:13] $line" >as-serial.log
printf '{"MESSAGE":"%s"}\n' "$line" >as-json.log
echo "MESSAGE=$line" >as-export.log
echo "6,1,2,-;$line" >as-kmsg.log
echo "<3>1 2026-11-21T02:40:13Z h kernel - - - $line" >as-syslog.log
for name in console mail serial json export kmsg syslog; do
	for as in auto mail serial json export kmsg syslog console; do
		run faultline --as $as explain-line as-$name.log
		code 0
		case $name-$as in
		console-* | *-auto | mail-mail | serial-serial | json-json | export-export | kmsg-kmsg | syslog-syslog)
			out '1	linux.macb.hresp' ;;
		*) out '1	-' ;;
		esac
	done
done

# ---- entries of a user ----------------------------------------------------

it "a message is added by one stanza in one file, and is stored and asked for"
mkdir -p config/faultline/messages
cat >config/faultline/messages/own.msg <<'END'
message  own.widget.error
title    The widget lost a transfer
from     linux
into     device_error
text     {@dev}widget lost DMA on {netdev}
set      class=other
set      what=lost
sample?  [    1.000000] widget 1f00.widget: widget lost DMA on w1
expect   netdev=w1
END
echo '[    7.000000] widget 1f00.widget: widget lost DMA on w2' >own.log
own_home=$XDG_CONFIG_HOME
run faultline explain-line own.log:1
out 'claimed by nothing'
XDG_CONFIG_HOME=$T/config
run faultline explain-line own.log:1
code 0
out 'claimed by own.widget.error'
run faultline ingest -q -d own.db own.log
code 0
is "$(ask own.db "SELECT dev || ' ' || netdev || ' ' || line FROM device_error")" '1f00.widget w2 1' "the row"
XDG_CONFIG_HOME=$own_home

it "an entry in place of a built-in one names both files"
run faultline messages show linux.macb.hresp
cp out built-in
sed '/^#/d; s/^title .*/title    Mine/' built-in >mine.msg
run faultline -m mine.msg messages show linux.macb.hresp
code 0
out_like '^# .*mine\.msg:1$'
out_like '^# in place of parsers/messages/linux-macb\.msg:'
out 'title    Mine'
has_not built-in "the entry without mine.msg" 'in place of'

it "check shows where a user's sample leaves its text"
sed 's/^sample?.*/sample?  [    1.000000] widget 1f00.widget: widget lost PIO on w1/' config/faultline/messages/own.msg >wrong.msg
run faultline -m wrong.msg check
code 1
err_like 'wrong\.msg:8:[0-9]*: .*does not match its own text'
caret=$(grep -A 2 '^wrong\.msg:8:' err | sed -n 3p)
shown_line=$(grep -A 2 '^wrong\.msg:8:' err | sed -n 2p)
before=${caret%%^*}
is "$(printf '%s' "$shown_line" | cut -c $((${#before} + 1))-)" 'PIO on w1' "what stands at the caret"
run faultline -m config/faultline/messages/own.msg check
code 0
