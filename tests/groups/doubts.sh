# Wrong confidence, looked for by machine: every case that concludes something is changed so that
# one of its reasons is gone, and must conclude less.  tests/doubts/: plan.awk says what is tried,
# change.awk how, hold.awk what must hold then.
#
# ONLY='name*'         these cases
# HOW='cut loss'       these changes
# DOUBTS_DATA=TREE     --data of that tree
# DOUBTS_KEEP=FOLDER   keeps what was found
. "$root/tests/case.sh"

doubts=$root/tests/doubts
clue_roles >"$T/roles"

# conclude TO FOLDER ARGUMENTS…: what faultline says of the captures, one thing a line.
conclude() {
	to=$1 in=$2
	shift 2
	rc=0
	(cd "$in" && exec "$FAULTLINE" $DATA -q -f json "$@") >"$W/document" 2>"$W/err" || rc=$?
	[ "$rc" -le 3 ] || problem "died (status $rc): $last_case $change" "$(shown "$W/err")"
	awk -f "$root/tests/document.awk" -f "$doubts/read.awk" "$T/roles" "$W/document" >"$to"
}

facts() { sed -n 's/^fact[ 	]*/--fact /p' CASE; }

# "cause clue  why": what may stay.  Either the words deny what the line itself states, or what they
# deny could not have been said in what was lost.
cat >"$T/argued" <<'END'
aer-acs-violation acs-bit  the bits of the register on its line
aer-completion-timeout not-refused  cited where refusals would be shown from, whenever that was
aer-recovery-impossible no-callback  the kernel says so
arm-grant-not-in-iommu-p2m foreign-page  banks that add up to all of dom0's memory; one that was lost makes them not do so
arm-grant-not-in-iommu-p2m device-error  the neighbouring line of a console that says no more for an hour
backend-unmaps-unmapped-grant own-check  what the driver says itself
bus-address-in-translated-domain translated  what Xen's line says
bus-address-in-translated-domain not-own  as foreign-page
clock-unjoinable no-clock  the clocks of these captures, lost lines or not
cmdline-option-typo matters  Xen says so
device-not-behind-iommu no-iommu  Xen's line, the firmware's table or the device tree says so
dma-direction-violation no-unity-map  a kind of IOMMU, not a line
dma-direction-violation not-wild  the kind of the refusal says it
driver-dma-after-unmap unmapped-before  of a trace; a loss in it takes the clue away
gnttab-option-lost release-lacks  a release
gnttab-option-lost never-told  a release
gnttab-transitive-exposed no-limit  the command line is one line
gnttab-transitive-refused not-allowed  Xen says so
gnttab-v2-disabled-arm not-told  the command line is one line
grant-maptrack-exhausted map-refused  Xen says so
grant-maptrack-exhausted said-so  Xen says so
grant-ref-invalid own-refusal  Xen's status
hotplug-no-iommu-context from-4.13  what the toolstack says itself
iommu-map-unmap-failed not-changed  Xen says so
iommu-table-hw-error says-so  the event itself
linux-smmu-unattached-stream not-set-up  the event itself
memory-ecc memory-itself  the error's own line
native-linux-fault no-xen  of these captures; a kernel under Xen says so in its first lines, and again and again
smmu-unknown-stream unknown-stream  the event itself
swiotlb-not-allocated no-pool  the kernel says so
END

concluded() { awk -F '\t' '$1 == "V" && ($5 == "confirmed" || $5 == "likely") { print $4, $5 }' "$1"; }

# Two power-ons in one file conclude what each would alone.
check_halves() {
	[ $# -eq 1 ] && [ -z "$others" ] || return 0
	rm -rf "$W/half"
	mkdir "$W/half"
	head -n $((b - 1)) "$W/changed/$a" >"$W/half/$a"
	conclude "$W/first" "$W/half" $told "$a"
	tail -n +"$b" "$W/changed/$a" >"$W/half/$a"
	conclude "$W/second" "$W/half" $told "$a"
	cat "$W/first" "$W/second" >"$W/both"
	concluded "$W/both" | sort -u >"$W/wanted"
	concluded "$W/now" | sort -u | comm -13 "$W/wanted" - |
		sed 's/$/: neither half alone says so/' >>"$W/wrong"
}

try_change() {
	how=$1 a=$2 b=$3
	change="$1 $2 $3"
	rm -rf "$W/changed" "$W/names"
	mkdir "$W/changed"
	done=0
	awk -v how="$how" -v a="$a" -v b="$b" -v out="$W/changed" -f "$doubts/change.awk" \
		"$W/base" $texts || done=$?
	[ $done -ne 3 ] || return 0	# nothing to change
	[ $done -eq 0 ] || problem "change.awk failed: $change"
	if [ "$how" != guest ]; then
		for file in $others; do
			cp "$folder/$file" "$W/changed/$file"
		done
	fi
	conclude "$W/now" "$W/changed" $told $(cd "$W/changed" && ls)
	old= new=
	if [ -f "$W/names" ]; then
		IFS='	' read -r old new <"$W/names"
	fi
	echo "$how" >>"$T/tried"
	awk -v how="$how" -v a="$a" -v b="$b" -v old="$old" -v new="$new" -f "$doubts/hold.awk" \
		"$T/argued" "$W/base" "$W/now" | sort -u >"$W/wrong"
	if [ "$how" = cut ]; then
		check_halves $texts
	fi
	[ -s "$W/wrong" ] || return 0
	problem "$change:" "$(cat "$W/wrong")"
	echo "$how" >>"$T/failed"
	[ -z "${DOUBTS_KEEP:-}" ] || sed "s|^|$last_case	$change	|" "$W/wrong" >>"$DOUBTS_KEEP/wrong.$worker"
}

doubt() {
	folder=$1
	last_case=${1##*/}
	change=
	it "$last_case"
	told=$(cd "$folder" && facts)
	texts= others=
	for file in $(cd "$folder" && captures); do
		if is_text "$folder/$file"; then
			texts="$texts $folder/$file"
		else
			others="$others $file"
		fi
	done
	[ -n "$texts" ] || return 0
	conclude "$W/base" "$folder" $(cd "$folder" && arguments)
	awk -f "$doubts/plan.awk" "$W/base" >"$W/plan"
	while read -r how a b; do
		case " ${HOW:-$how} " in
		*" $how "*) try_change "$how" "$a" "$b" </dev/null ;;
		esac
	done <"$W/plan"
}

DATA=${DOUBTS_DATA:+--data $DOUBTS_DATA}
case_folders >"$T/folders"
: >"$T/tried"
: >"$T/failed"
two_at_a_time doubt "$T/folders"

sort "$T/tried" | uniq -c >"$T/made"
sort "$T/failed" | uniq -c >"$T/wrong"
[ -z "${DOUBTS_KEEP:-}" ] || cp "$T/made" "$T/wrong" "$DOUBTS_KEEP/"

if [ -z "${ONLY:-}${HOW:-}" ]; then
	it "every kind of change was made, many times"
	for how in guest tty newer vendor cut other device hour loss torn half; do
		[ "$(awk -v how=$how '$2 == how { print $1 }' "$T/made")" -ge 50 ] || problem "$how" "$(shown "$T/made")"
	done
fi

# ---- the rules themselves notice -------------------------------------------

# notices HOW WANTED: what hold.awk says of a verdict with the clue in $clue, whose trigger is in line 9.
notices() {
	printf 'V\t1\tincident\tmade\t%s\tx\nC\t1\ttrigger\tseen\tmessage\ta.log\t9\thost\tit is there\tof NEW\n%b\n' "$grade" "$clue" >"$T/now"
	awk -v how="$1" -v a=a.log -v b=5 -v old=OLD -v new=NEW -f "$doubts/hold.awk" "$T/argued" "$T/none" "$T/now" >"$T/said"
	if [ -n "$2" ]; then
		grep -q -F -e "$2" "$T/said" || problem "$1: wanted \"$2\"" "$(shown "$T/said")"
	elif [ -s "$T/said" ]; then
		problem "$1: wanted nothing" "$(shown "$T/said")"
	fi
}
: >"$T/none"
grade=likely

it "a rule notices what it is for, and not its near twin"
clue='C\t1\tneeds\tfar\ttime\ta.log\t2\thost\tsoon after\tof OLD'
notices guest 'by lines of a guest'
notices cut 'a start between'
notices hour 'an hour from its trigger'
notices device 'needs far of OLD'
notices other ''
clue='C\t1\tneeds\tnear\ttime\ta.log\t7\thost\tsoon after\tof NEW'
notices cut ''
notices hour ''
notices device ''
clue='C\t1\tneeds\tthere\torder\tzz-other.log\t2\thost\tsaid so\tsaid so'
notices other "another machine's"
clue='C\t1\tneeds\trelease\tversion\ta.log\t7\thost\tXen 4.99.0\tXen version 4.99.0'
notices newer 'Xen 4.99.0'
notices vendor ''
grade=confirmed
notices vendor 'needs release'
clue='C\t1\tdecides\tabsent\torder\ta.log\t7\thost\tno fault of any IOMMU\t(XEN) all is well'
notices loss 'decides absent'
notices tty 'dom0 could have printed'
grade=likely
notices tty ''
notices loss ''
