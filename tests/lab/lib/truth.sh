# What a scenario leaves: captures, each with the truth that the scenario knows, and whether faultline finds it.

# The console has said nothing for a second and a half.
quiet() {
	before=-1
	quiet_left=30
	while size=$(wc -c <"$here/console.part") && [ "$size" -ne "$before" ] && [ $quiet_left -gt 0 ]; do
		before=$size
		quiet_left=$((quiet_left - 1))
		sleep 1.5
	done
}

version_of() {
	(cd "$cache/roots/$1" && ls -d $2 2>/dev/null | sort -V | tail -n 1 | sed -E "$3")
}

origin() {
	printf 'made by tests/lab/run --seed %s %s: ' "$seed" "$scenario"
	case $machine in
	xen-*) printf 'Xen %s and Linux %s' "$(version_of xen 'boot/xen-*-amd64.gz' 's/.*xen-(.*)-amd64.*/\1/')" "$(version_of x86 'boot/vmlinuz-*' 's/.*vmlinuz-//')" ;;
	arm-*) printf 'Linux %s' "$(version_of arm 'boot/vmlinuz-*' 's/.*vmlinuz-//')" ;;
	*) printf 'Linux %s' "$(version_of x86 'boot/vmlinuz-*' 's/.*vmlinuz-//')" ;;
	esac
	printf ' of Debian under QEMU, machine %s\n' "$machine"
}

# capture NAME FILE…, with the truth from standard input: the console as it is now, and files that were pulled, become a case.
captured=
capture() {
	quiet
	capture_name=$1 case=$results/$1
	shift
	rm -rf "$case"
	mkdir -p "$case"
	cp "$here/console.part" "$case/console.log"
	for file; do cp "$here/$file" "$case/"; done
	{
		cat
		echo "origin $(origin)"
		echo "platform $platform"
		echo 'licence GPL-2.0-or-later'
	} >"$case/CASE"
	captured="$captured $capture_name"
}
