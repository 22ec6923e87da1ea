# Releases: which have a fault, which may, and which are beyond what is known; exposures and check --facts-age say so, and causes heed it.

sample=$root/tests/cases/flagship-4.14.2/console.log
cd "$T" || return 1

# banner XEN [LINUX]: a capture that states these releases.
banner() {
	echo "(XEN) Xen version $1 (builder@lab) (gcc (GCC) 9.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021"
	[ -z "$2" ] || echo "[    0.000000] Linux version $2 (builder@lab) (gcc (GCC) 9.2.0) #1 SMP Mon Jan 18 10:26:41 UTC 2021"
}

# state CHANGE RELEASE=STATE…: what is looked up for each release.
state() {
	change=$1
	shift
	for pair; do
		release=${pair%=*}
		rm -f state.db
		if [ "$product" = xen ]; then
			banner "$release" '' >state.log
		else
			banner 4.20.0 "$release" >state.log
		fi
		run faultline ingest -q -d state.db state.log
		code 0
		is "$(ask state.db "SELECT state FROM v_${product}_change WHERE change = '$change'")" "${pair#*=}" "$change in $release"
	done
}

# ---- the tables ----------------------------------------------------------------

it "every change has rows, every row a change, and every branch is a known one"
run faultline ingest -q -d tables.db "$sample"
code 0
is "$(ask tables.db 'SELECT count(*) FROM known_change WHERE change NOT IN (SELECT change FROM release_change)')" 0 "changes without rows"
is "$(ask tables.db 'SELECT count(*) FROM release_change WHERE change NOT IN (SELECT change FROM known_change)')" 0 "rows without a change"
is "$(ask tables.db 'SELECT count(*) FROM release_change AS r JOIN known_change AS c USING (change)
	WHERE NOT EXISTS (SELECT 1 FROM known_release AS k WHERE k.product = c.product AND k.branch = r.branch)')" 0 "rows of a branch that is none"
is "$(ask tables.db 'SELECT count(*) FROM release_change AS r JOIN known_change AS c USING (change)
	JOIN known_release AS k ON k.product = c.product AND k.branch = r.branch WHERE r.first_good > k.patch OR r.first_bad > k.patch')" 0 "releases that are none"
is "$(ask tables.db 'SELECT count(*) FROM release_change WHERE first_good <= first_bad')" 0 "fixes before faults"
is "$(ask tables.db "SELECT count(*) FROM change_option WHERE change NOT IN (SELECT change FROM known_change)
	OR requires NOT IN (SELECT change FROM known_change WHERE kind = 'behaviour') OR effect NOT IN ('mitigates', 'undoes', 'exposes')")" 0 "options of nothing"

it "what is fixed from .0 on is listed last: later branches follow from it"
is "$(ask tables.db 'SELECT count(*) FROM release_change AS r WHERE r.first_bad IS NULL
	AND r.number < (SELECT max(o.number) FROM release_change AS o WHERE o.change = r.change)')" 0 "rows behind the last one"

# ---- looking a release up ------------------------------------------------------

product=xen
it "a branch has a first bad and a first good release, and numbers are ordered as numbers"
state gnttab-need-iommu-mapping 4.9.4=before 4.10.4=before 4.11.4=before 4.12.0=affected 4.12.4=affected 4.13.2=affected 4.13.3=fixed 4.14.1=affected 4.14.2=fixed
state gnttab-refcount 4.12.4=before 4.13.3=before 4.13.4=affected 4.13.5=fixed 4.14.3=affected 4.16.0=affected 4.16.1=fixed 4.17.0=fixed

it "a branch after the last row has the fix, up to the newest that is known"
state gnttab-need-iommu-mapping 4.15.0=fixed 4.16.3=fixed 4.22.0=fixed
state xsa-226 4.10.0=fixed 4.22.0=fixed

it "what is newer than the tables is unknown, in fixed branches, too"
state gnttab-need-iommu-mapping 4.22.99=unknown 4.23.0=unknown 4.23-unstable=unknown 4.25.0=unknown 5.0.0=unknown 4.12.5=unknown 4.13.99=unknown 4.100.0=unknown

it "candidates and snapshots of the release that brought or fixed it are unknown, those of others are not"
state gnttab-need-iommu-mapping 4.15-unstable=unknown 4.15.0-rc2=unknown 4.14.2-pre=unknown 4.14.1-pre=affected 4.14.3-pre=fixed 4.12-unstable=unknown 4.12.0-rc1=unknown \
	4.13-unstable=affected 4.16-unstable=fixed
state gnttab-refcount 4.13.4-pre=unknown 4.16-unstable=unknown 4.15-unstable=before
state arm-map-nondirect-hwdom 4.20.0=before 4.21-unstable=unknown 4.21.0=fixed

it "before the first row a fault whose commit is known was not there; else nobody knows"
state gnttab-need-iommu-mapping 4.4.1=before
state xsa-285 4.4.1=unknown 4.5.0=affected
state xsa-386 4.4.1=unknown 4.12.4=affected 4.13.5=fixed
state xsa-445 4.11.3=before 4.11.4=affected 4.12.1=before 4.12.2=affected 4.13-unstable=unknown 4.17.3=fixed
state xsa-347 4.11.4=unknown 4.12.3=affected 4.12.4=fixed

it "a behaviour is lacking before the first release that has it"
state gnttab-option 4.4.1=affected 4.8.4=affected 4.8.5=fixed 4.9.2=affected 4.9.3=fixed 4.10.1=affected 4.10.2=fixed 4.11.0=fixed 4.25.0=unknown
state loglevel-info-default 4.17.7=affected 4.18.0=fixed
state quarantine 4.11.2=affected 4.11.3=fixed 4.12-unstable=affected

it "a version that is none, or lacks its last number, is not guessed at"
state gnttab-need-iommu-mapping 4=unknown 4.=unknown 4.x=unknown vier=unknown 4.014.1=unknown 4.99999999999999999999=unknown 99999999999999999999.1.1=unknown
state gnttab-need-iommu-mapping 4.14=unknown 4.12=affected 4.15=fixed

product=linux
it "Linux is looked up by the numbers of mainline and stable releases"
state macb-mask-split 5.10.101=affected 5.10.102=fixed 5.9.16=affected 5.17.0=fixed 6.12.4=fixed 4.9.300=unknown
state vfio-huge-fault 6.11.11=before 6.12.9=affected 6.12.10=fixed 6.13.0=fixed 6.13.0-rc7=unknown 6.12.0-rc1=unknown
state linux-rmrr-group 5.2.21=before 5.3.18=affected 5.4.6=affected 5.4.7=fixed
state xsa-396 5.10.0-28-amd64=affected 6.1.0-56-arm64=fixed 5.4.0-xilinx-v2020.2=affected

it "a longterm branch that nobody looked at is unknown between two others"
state linux-amd-table-race 5.4.100=unknown 5.5.19=affected 5.6.13=affected 5.6.14=fixed
state macb-desc-upper32 6.12.4=unknown 6.17.2=affected 6.17.3=fixed

it "a Linux that is newer than the tables is unknown"
state xsa-396 7.9.0=unknown 6.12.9999=unknown

# ---- causes --------------------------------------------------------------------

# flagship RELEASE: the verdict on the regression, or the word for it, in the flagship's capture of that release.
flagship() {
	sed "s/Xen version 4\\.14\\.2/Xen version $1/" "$sample" >flagship.log
	rm -f flagship.db
	run faultline ingest -q -d flagship.db flagship.log
	code 0
	ask flagship.db "SELECT group_concat(DISTINCT grade) FROM v_verdict WHERE cause = 'arm-grant-not-in-iommu-p2m'"
}

it "a release newer than the tables does not rule the regression out, nor confirm it"
is "$(flagship 4.14.1)" confirmed "in 4.14.1"
is "$(flagship 4.14.2)" 'ruled out' "in 4.14.2"
is "$(flagship 4.25.0)" possible "in 4.25.0"
is "$(flagship 4.14.99)" possible "in 4.14.99"

# latent RELEASE: the same of the finding that nothing has hit yet.
latent() {
	sed "s/Xen version 4\\.13\\.1/Xen version $1/" "$root/tests/cases/latent-bounced/console.log" >latent.log
	rm -f latent.db
	run faultline ingest -q -d latent.db latent.log
	code 0
	ask latent.db "SELECT group_concat(DISTINCT grade) FROM v_verdict WHERE cause = 'arm-grant-bug-latent'"
}

it "the report says that the release is newer than what is known"
sed 's/Xen version 4\.14\.2/Xen version 4.99.0/' "$sample" >newer.log
run faultline -q newer.log
code 0
out 'Xen 4.99.0 is newer than what is known of'
run faultline -q "$sample"
not_out 'newer than what is known of'

it "nor is it ruled out where nothing has hit it yet"
is "$(latent 4.13.1)" likely "in 4.13.1"
is "$(latent 4.15.0)" 'ruled out' "in 4.15.0"
is "$(latent 4.25.0)" possible "in 4.25.0"

# ---- exposures -----------------------------------------------------------------

exposures() {
	run faultline exposures "$@"
	silent
}

it "4.13.2 on Arm keeps granted pages from devices, and says what helps"
exposures --xen 4.13.2 --arch arm
code 0
out_like '^Xen 4\.13\.2 on arm: [0-9]* faults, '
out_like '^gnttab-need-iommu-mapping \[xen arm\]$'
out 'Fixed in 4.13.3 (d7a1e06efd)'
out 'arm-grant-not-in-iommu-p2m, arm-grant-bug-latent'
out 'Would be held off by iommu=no'
out 'Never fixed on this branch; fixed in 4.14.4'
not_out "vendor's build"

it "4.13.3 does not, nor does 4.13.2 on x86"
exposures --xen 4.13.3 --arch arm
code 0
out_like '^p2m-setway '
not_out gnttab-need-iommu-mapping
exposures --xen 4.13.2 --arch x86
code 0
out_like '^xsa-400 '
not_out gnttab-need-iommu-mapping
not_out p2m-setway

it "both architectures are listed where none is named"
exposures --xen 4.13.2
code 0
out_like '^gnttab-need-iommu-mapping \[xen arm\]$'
out_like '^xsa-400 \[xen x86\]$'

it "names of architectures that programs print are known"
exposures --xen 4.13.2 --arch aarch64
code 0
out 'on arm:'
exposures --xen 4.13.2 --arch x86_64
code 0
out 'on x86:'

it "a newer release is unknown, and nothing is said to be fixed or broken"
exposures --xen 4.25.0 --arch arm
code 0
out 'newer than the tables'
out 'The tables end with'
out_like '^Not known of Xen 4\.25\.0: '
out gnttab-need-iommu-mapping
not_out 'Fixed in'

it "a vendor's build is said to be one"
exposures --xen 4.13.2-xilinx --arch arm
code 0
out "\"-xilinx\" is a vendor's build"
out 'Fixed in 4.13.3'
exposures --xen 4.15-unstable --arch arm
code 0
out 'A candidate or a snapshot'
not_out "vendor's"

it "options that hold a fault off are seen on the command line; the last one counts"
exposures --xen 4.13.2 --arch arm --cmdline 'console=dtuart iommu=verbose,no loglvl=all'
code 0
out_like '^gnttab-need-iommu-mapping \[xen arm\] held off$'
out 'Held off by iommu=no'
out 'Held off by loglvl=all'
for options in 'iommu=no iommu=on' 'noiommu=no' 'xiommu=no' 'iommu=nothing' ''; do
	exposures --xen 4.13.2 --arch arm --cmdline "$options"
	code 0
	out_like '^gnttab-need-iommu-mapping \[xen arm\]$'
	not_out 'Held off'
done
exposures --xen 4.13.2 --arch arm --cmdline no-iommu
out_like '^gnttab-need-iommu-mapping \[xen arm\] held off$'

it "an option that the release does not take helps nobody"
exposures --xen 4.8.1 --cmdline 'gnttab=max_ver:1,no-transitive'
code 0
out 'gnttab=no-transitive has no effect'
out_like '^gnttab-option \[xen, lacks\]$'
out 'Cause: gnttab-option-lost'
exposures --xen 4.8.1 --cmdline 'console=com1'
code 0
out_like '^xsa-226 '
not_out gnttab-option-lost

it "Linux is told beside Xen, or alone"
exposures --xen 4.14.1 --linux 5.10.0-28-amd64 --arch arm
code 0
out 'Xen 4.14.1 on arm:'
out 'Linux 5.10.0-28-amd64 on arm:'
out_like '^macb-mask-split \[linux arm\]$'
out 'Fixed in 5.10.102'
exposures --linux 5.10.102 --arch arm
code 0
not_out macb-mask-split
not_out 'Xen '

it "a release without its last number is told to be one"
exposures --xen 4.14 --arch arm
code 0
out 'Without its last number'
out 'Not known of Xen 4.14:'

it "no line is wider than 72 columns"
exposures --xen 4.13.2 --linux 5.4.0-xilinx
code 0
is "$(awk 'length > 72' "$T/out" | wc -l | tr -d ' ')" 0 "wide lines"

it "rows come as json and csv"
exposures --xen 4.13.2 --arch arm -f json
code 0
"$JSON_CHECK" "$T/out" >/dev/null || problem "no JSON" "$(shown "$T/out")"
out '"change":"gnttab-need-iommu-mapping","kind":"fault","state":"affected"'
out '"fixed_in":"4.13.3"'
exposures --xen 4.13.2 --arch arm -f csv
code 0
out_like '^xen,4\.13\.2,gnttab-need-iommu-mapping,fault,affected,'

it "the status is asked for as with verdicts"
exposures --xen 4.13.2 --arch arm --exit-code
code 1
exposures --xen 4.13.2-xilinx --arch arm --fail-on likely
code 1
exposures --xen 4.13.2-xilinx --arch arm --fail-on confirmed
code 0
exposures --xen 4.25.0 --fail-on likely
code 0
exposures --xen 4.25.0 --exit-code
code 1
exposures --xen 4.22.0 --arch x86 --exit-code
code 0

it "facts may be told as elsewhere; others are not asked for"
exposures --fact xen.version=4.13.2 --fact arch=arm
code 0
out_like '^gnttab-need-iommu-mapping '
run faultline exposures --xen 4.13.2 --fact board=x
code 2
no_output
err "it does not ask for 'board'"

it "what is no release, no architecture or a capture is a usage error"
for wrong in '--xen foo' '--xen 4' '--linux next' '--arch sparc --xen 4.14.1' "--xen 4.14.1 $sample" '--cmdline iommu=no' ''; do
	# Words, on purpose.
	run faultline exposures $wrong
	code 2
	no_output
	err 'faultline: exposures'
done
run faultline exposures --xen "$(printf '4.1\033[2J')"
code 0 2
not_out "$(printf '\033')"
not_err "$(printf '\033')"

it "its options are for it alone"
run faultline --xen 4.14.1 "$sample"
code 2
no_output
err 'are for exposures'
run faultline report --facts-age
code 2
err 'is for check'

it "a command line as long as a line may be is read in time"
exposures --xen 4.13.2 --cmdline "$(awk 'BEGIN { for (i = 0; i < 30000; i++) printf "%s", (i % 3 ? "a," : "iommu=no ") }')"
code 0

it "report exposures tells of what was captured"
run faultline report exposures -d flagship.db
code 0
out_like '  xen  *4\.14\.99  *gnttab-need-iommu-mapping  *fault  unknown'
flagship 4.14.1 >/dev/null
run faultline report exposures -d flagship.db
code 0
out_like '  xen  *4\.14\.1  *gnttab-need-iommu-mapping  *fault  affected  *4\.14\.2  *arm-grant-not-in-iommu-p2m'

# ---- check --facts-age ---------------------------------------------------------

it "check --facts-age tells how far the tables go"
run faultline check --facts-age
code 0
silent
out_like '^Xen: [0-9]* changes, 4\.5 to 4\.[0-9.]*, with all releases up to 20[0-9-]*$'
out_like '^Linux: [0-9]* changes, '

it "a capture that they cover is covered"
banner 4.14.1 5.10.100 >old.log
run faultline check --facts-age old.log
code 0
out 'No capture is newer.'

it "a newer Xen or Linux is told with its line, and what that means"
banner 4.99.0 99.1.0 >new.log
run faultline check --facts-age new.log
code 1
out 'new.log:1: Xen 4.99.0 is newer than the tables'
out 'new.log:2: Linux 99.1.0 is newer than the tables'
out 'neither concluded nor ruled out'
not_out 'No capture is newer.'

it "so is a build that is later than the tables, and not one of a day before"
banner 4.14.1 '' | sed 's/Mon Jan 18 10:26:41 UTC 2021/Mon Jan  8 10:26:41 UTC 2096/' >late.log
run faultline check --facts-age late.log
code 1
out 'late.log:1: Xen 4.14.1 was built on 2096-01-08, later than the tables'
out 'What its number says holds'
banner 4.14.1 '' | sed 's/Mon Jan 18 10:26:41 UTC 2021/gcov=y Tue Jul 28 10:26:41 UTC 2026/' >early.log
run faultline check --facts-age early.log
code 0

it "a database is asked as well, and needs no captures beside it"
rm -f new.db
run faultline ingest -q -d new.db new.log
code 0
run faultline check --facts-age -d new.db
code 1
out 'new.log:1: Xen 4.99.0 is newer than the tables'
run faultline check --facts-age -d new.db new.log
code 2
no_output

it "a capture that states no release says nothing of them, one that is missing is told"
echo '[    1.000000] macb ff0e0000.ethernet eth0: DMA bus error: HRESP not OK' >none.log
run faultline check --facts-age none.log
code 0
out 'No capture states a release.'
run faultline check --facts-age missing.log
code 3
err 'missing.log'
