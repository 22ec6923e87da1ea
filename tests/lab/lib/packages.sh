# Debian packages, unpacked into a cache.  Nothing is installed, and apt's own state stays as it is.
#
#   $cache/apt/SET/      what apt knows and has fetched for a set
#   $cache/roots/SET/    its packages, unpacked over each other; done is written last

architecture_of() {
	if [ "$1" = host ]; then dpkg --print-architecture; else echo "$1"; fi
}

# Apt with state and cache of its own; the machine's list of archives and their keys serve.
write_apt_conf() {
	cat <<-END
		Dir::State "$1";
		Dir::State::status "$1/status";
		Dir::State::Lists "$1/lists";
		Dir::Cache "$1";
		Dir::Cache::archives "$1/archives";
		Dir::Cache::pkgcache "";
		Dir::Cache::srcpkgcache "";
		Dir::Log "$1";
		Debug::NoLocking "1";
		APT::Sandbox::User "$(id -un)";
		APT::Install-Recommends "0";
		APT::Architecture "$2";
		APT::Architectures { "$2"; };
		APT::Keep-Downloaded-Packages "1";
		Acquire::Languages "none";
		Acquire::Retries "3";
	END
}

# What is in the cache serves as it is; --refresh takes it away first.
have_set() { [ -e "$cache/roots/$1/done" ]; }

fetch_set() {
	set -- "$1" $(awk -v set="$1" '$1 == set { $1 = ""; print }' "$lab/packages")
	[ $# -gt 2 ] || give_up "tests/lab/packages has no set '$1'"
	apt=$cache/apt/$1 name=$1
	mkdir -p "$apt/lists/partial" "$apt/archives/partial"
	: >"$apt/status"
	write_apt_conf "$apt" "$(architecture_of "$2")" >"$apt/conf"
	shift 2
	say "packages '$name': fetching $*"
	[ -z "$offline" ] || give_up "--offline, but the cache $cache has no packages '$name'; run once with a package archive in reach"
	{
		# An archive that is none of Debian's may be out of reach; whether it matters, the install tells.
		APT_CONFIG=$apt/conf apt-get -q update || :
		APT_CONFIG=$apt/conf apt-get -q -y --download-only install "$@"
	} >"$apt/log" 2>&1 || {
		tail -n 4 "$apt/log" >&2
		give_up "packages '$name' cannot be fetched (all that apt said: $apt/log); the lab needs Debian's archive once"
	}
	rm -rf "$cache/roots/$name"
	mkdir -p "$cache/roots/$name"
	for package in "$apt"/archives/*.deb; do
		dpkg-deb -x "$package" "$cache/roots/$name" || give_up "$package cannot be unpacked"
	done
	rm -rf "$apt/archives"
	touch "$cache/roots/$name/done"
}

# The sets that a machine is made of.
sets_of() {
	case $1 in
	xen-*) echo host x86 xen ;;
	x86-*) echo host x86 ;;
	arm-zcu102) echo host arm tree ;;
	arm-*) echo host arm ;;
	esac
	case $1-$(dpkg --print-architecture) in
	arm-*-arm64 | x*-amd64) ;;
	arm-*) echo gcc-arm64 ;;
	x*) echo gcc-amd64 ;;
	esac
}

# One process at a time fills the cache.
need_sets() {
	for set; do
		have_set "$set" && continue
		mkdir -p "$cache" && [ -w "$cache" ] || give_up "$cache cannot be made, or written to"
		until ln -s $$ "$cache/lock" 2>/dev/null; do
			owner=$(readlink "$cache/lock") || continue
			kill -0 "$owner" 2>/dev/null || rm -f "$cache/lock"
			sleep 1
		done
		have_set "$set" || fetch_set "$set"
		rm -f "$cache/lock"
	done
}

# A program of the host set, or $of_host_set, under a name, with its own libraries and its own loader: of_host PROGRAM NAME ARGUMENT…
of_host() {
	program=$1 called=$2
	shift 2
	r=$cache/roots/${of_host_set:-host}
	libraries=$(find "$r/lib" "$r/usr/lib" -name '*.so.*' -printf '%h\n' 2>/dev/null | sort -u | tr '\n' ':')
	loader=$(find "$r/lib" "$r/lib64" -name 'ld-linux*.so.*' 2>/dev/null | head -n 1)
	QEMU_MODULE_DIR=$(find "$cache/roots/host/usr/lib" -name 'accel-tcg-*.so' -printf '%h\n' | head -n 1)
	export QEMU_MODULE_DIR
	exec "$loader" --library-path "$libraries" --argv0 "$called" "$r/$program" "$@"
}

# The newest file of a pattern below a set's root.
file_of() {
	found=$(cd "$cache/roots/$1" && ls -d $2 2>/dev/null | sort -V | tail -n 1)
	[ -n "$found" ] || give_up "packages '$1' have no $2"
	echo "$cache/roots/$1/$found"
}
