# Compressed captures, archives and folders: the same verdicts as of the plain text, and nothing is left without a word.
cd "$T" || exit 2
sample=$root/samples/zynqmp-pv-network/console.log
other=$root/samples/xen-vtd-stray-dma/console.log

if faultline version | grep -q 'no libarchive'; then
	skip "compressed captures and archives" "built without libarchive"
	packed=
else
	packed=yes
fi

have() { command -v "$1" >/dev/null 2>&1; }

# What a report says, but for the name of its capture.
report_of() { sed "s|$1|NAME|g" | tr -s ' '; }

cp "$sample" console.log
faultline -q console.log | report_of console.log >wanted
matched=$(sed -n '1s/.* \([0-9]*\) recognised.*/\1/p' wanted)

# ---- one compressed file -----------------------------------------------------

one() {
	it "one file by $1"
	"$1" -c console.log >"console.$2"
	run faultline -q "console.$2"
	code 0
	report_of "console.$2" <out >got
	same wanted got "the verdicts differ"
	run faultline ingest -d "$2.db" "console.$2"
	code 0
	is "$(ask "$2.db" "SELECT lines || ' ' || matched || ' ' || name FROM capture")" "$(wc -l <console.log | tr -d ' ') $matched console.$2" capture
	is "$(ask "$2.db" "SELECT form || ifnull(why, '') FROM input")" text input
}
for pair in gzip:gz xz:xz zstd:zst bzip2:bz2; do
	program=${pair%:*}
	[ -n "$packed" ] || continue
	if have "$program"; then
		one "$program" "${pair#*:}"
	else
		skip "one file by $program" "no $program here"
	fi
done

if [ -n "$packed" ] && have gzip; then
	it "a pipe may be compressed, too"
	run sh -c "exec \"$FAULTLINE\" -q - <console.gz"
	code 0
	report_of stdin <out >got
	same wanted got "the verdicts differ"

	it "what was stored is known again, whether it was compressed or not"
	run faultline ingest -d gz.db console.log
	code 0
	err 'stored already'
	is "$(ask gz.db 'SELECT count(*) FROM capture')" 1 captures

	it "compressed twice"
	gzip -c console.gz >twice.gz
	run faultline -q twice.gz
	code 0
	report_of twice.gz <out >got
	same wanted got "the verdicts differ"

	it "cut short: what came out is used, and it is told"
	# More than the library's buffer, so that something comes out.
	for i in 1 2 3 4 5 6 7 8; do awk -v i="$i" '{ print i, NR * i * 7919 % 10007, $0 }' "$other"; done >long.log
	cat console.log long.log | gzip -c >long.gz
	head -c $(($(wc -c <long.gz) * 9 / 10)) long.gz >cut.gz
	run faultline cut.gz
	code 3
	err 'cut.gz'
	err 'truncated'
	out_like '^confirmed: '
fi

if [ -n "$packed" ] && have bzip2; then
	it "what unpacks to more than a thousandfold is stopped"
	awk 'BEGIN { s = sprintf("%1000s", ""); for (i = 0; i < 300000; i++) print s }' | bzip2 -c >bomb.bz2
	run limited 120 "$FAULTLINE" bomb.bz2
	code 3
	err 'thousandfold'
fi

# ---- sets --------------------------------------------------------------------

mkdir -p bundle/var/log bundle/etc bundle/empty
cp "$sample" bundle/var/log/console.log
cp "$other" bundle/var/log/dmesg
echo lab >bundle/etc/hostname
: >bundle/etc/nothing
head -c 5000 /dev/zero >bundle/etc/zeros
ln -s /etc/passwd bundle/etc/passwd
faultline -q bundle/var/log/console.log bundle/var/log/dmesg | sed 's|bundle/var/log/||g' | tr -s ' ' >wanted-set

check_set() {
	run faultline ingest -d set.db "$1"
	code "$2"
	err "$1: 2 captures; left: "
	err '1 no line was recognised'
	err '1 empty'
	err "1 not a console's text"
	is "$(ask set.db "SELECT replace(group_concat(name, ' '), '$3', '') FROM (SELECT name FROM capture ORDER BY name)")" \
		"var/log/console.log var/log/dmesg" captures
	is "$(ask set.db "SELECT count(*) FROM input WHERE (capture IS NULL) = (why IS NULL)")" 0 "neither taken nor left"
	is "$(ask set.db "SELECT why FROM input WHERE name LIKE '%/hostname'")" "no line was recognised" hostname
	run faultline report inputs -d set.db
	code 0
	out 'hostname'
	rm -f set.db
	run faultline -q "$1"
	sed "s|$3||g; s|var/log/||g" <out | tr -s ' ' >got
	same wanted-set got "the verdicts differ"
}

it "a folder, and what is below it"
check_set bundle 0 bundle/
is "$(faultline ingest -d f.db bundle 2>/dev/null; ask f.db "SELECT why FROM input WHERE name LIKE '%passwd'")" "no regular file" "a link"

it "a file that may not be read is told, and the others are read"
mkdir -p mixed
cp "$sample" mixed/console.log
cp "$other" mixed/secret
chmod 000 mixed/secret
if [ -r mixed/secret ]; then
	chmod 600 mixed/secret
else
	run faultline ingest -d mixed.db mixed
	code 3
	err 'mixed/secret'
	is "$(ask mixed.db "SELECT count(*) FROM input WHERE capture IS NULL")" 1 "left"
	chmod 600 mixed/secret
fi

it "a folder of very many files that are no captures: each is told, in time that follows their number"
mkdir -p heap
awk 'BEGIN { for (i = 0; i < 4000; i++) print "no line of a console " i >("heap/" i ".txt") }' 2>/dev/null ||
	for i in 1 2 3 4 5 6 7 8 9; do echo "no line of a console" >"heap/$i.txt"; done
cp "$sample" heap/console.log
rm -f heap.db
run limited 60 "$FAULTLINE" ingest -d heap.db heap
code 0
err 'heap: 1 capture; left: '
is "$(ask heap.db 'SELECT count(*) FROM input')" "$(find heap -type f | wc -l | tr -d ' ')" files
is "$(ask heap.db "SELECT (SELECT count(*) FROM capture) || ' ' || (SELECT count(DISTINCT capture) FROM segment)")" "1 1" "what is left of them"

it "a folder that may not be read is told"
mkdir locked
chmod 000 locked
if [ -r locked ]; then
	chmod 700 locked
else
	run faultline ingest -d locked.db locked
	is "$(ask locked.db "SELECT form FROM input")" folder input
	chmod 700 locked
fi

tarred() {
	it "an archive made with $2"
	tar "-c$1" -f "$2" bundle
	check_set "$2" 0 "$2/bundle/"
}
if [ -n "$packed" ] && have tar; then
	tarred '' bundle.tar
	have gzip && tarred z bundle.tar.gz
	have xz && tarred J bundle.tar.xz

	it "compressed members of an archive"
	rm -rf inner && mkdir inner
	gzip -c "$sample" >inner/console.log.1.gz
	tar -cf inner/deeper.tar bundle
	tar -cf inner.tar inner/console.log.1.gz inner/deeper.tar
	run faultline ingest -d inner.db inner.tar
	code 0
	is "$(ask inner.db "SELECT group_concat(name, ' ') FROM (SELECT name FROM capture ORDER BY name)")" \
		"inner.tar/inner/console.log.1.gz inner.tar/inner/deeper.tar/bundle/var/log/dmesg" captures
	is "$(ask inner.db "SELECT count(*) FROM input WHERE why = 'stored already'")" 1 "the same capture again"

	it "a name is no path, no escape sequence and no SQL"
	hostile=$(printf "../../'; DROP TABLE capture; --\033[31m\nx")
	mkdir -p evil
	(cd evil && cp "$sample" "$(printf "'; DROP TABLE capture; --\033[31m\nx")")
	tar -cPf evil.tar --transform 's|^evil|../../..|' evil 2>/dev/null || tar -cf evil.tar evil
	run faultline ingest -d evil.db evil.tar
	code 0
	is "$(ask evil.db 'SELECT count(*) FROM capture')" 1 captures
	! grep -q "$(printf '\033')" err || problem "an escape sequence came through"
	[ ! -e "../../'; DROP TABLE capture; --" ] || problem "a member was written: $hostile"

	it "an archive that ends in the middle of a member"
	head -c 20000 bundle.tar >short.tar
	run faultline short.tar
	code 3
	err 'short.tar'
fi

if [ -n "$packed" ] && have tar; then
	it "archives in archives, more than anybody makes: left, and told"
	cp bundle.tar many.tar
	for i in 1 2 3 4 5; do tar -cf more.tar many.tar && mv more.tar many.tar; done
	run faultline ingest -d many.db many.tar
	is "$(ask many.db 'SELECT why FROM input')" "packed too many times" why

	it "an archive without members"
	head -c 10240 /dev/zero | gzip -c >none.tar.gz
	run faultline none.tar.gz
	code 3
	err 'none.tar.gz'
	err 'nothing in it'
fi

it "no folder and no file of that name"
run faultline ingest -d no.db no-such-thing
code 3
err 'no-such-thing'
