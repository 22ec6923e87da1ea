# Initramfs images: busybox, an init, the modules and programs that a machine needs.

# Programs of ours, for the machine: build PROGRAM FOLDER ARCH
build_program() {
	cc=${CC:-cc}
	[ "$3" = "$(dpkg --print-architecture)" ] || cc=$(cross_compiler "$3")
	$cc -O2 -Wall -static -o "$2/$1" "$lab/programs/$1.c" 2>"$work/cc.log" || {
		cat "$work/cc.log" >&2
		give_up "tests/lab/programs/$1.c does not compile"
	}
}

# The unpacked compiler finds its parts beside itself, and its headers below its own root.
cross_compiler() {
	case $1 in
	arm64) triplet=aarch64-linux-gnu ;;
	amd64) triplet=x86_64-linux-gnu ;;
	esac
	r=$cache/roots/gcc-$1
	libraries=$(find "$r/usr/lib" -maxdepth 2 -name '*.so.*' -printf '%h\n' | sort -u | tr '\n' ':')
	cat >"$work/cc-$1" <<-END
		#!/bin/sh
		LD_LIBRARY_PATH=$libraries PATH=$r/usr/bin:\$PATH exec $r/usr/bin/$triplet-gcc -B$r/usr/lib/gcc-cross/$triplet/ -B$r/usr/$triplet/lib/ \\
			-isystem $r/usr/$triplet/include -L$r/usr/$triplet/lib --sysroot=$r "\$@"
	END
	chmod +x "$work/cc-$1"
	echo "$work/cc-$1"
}

# A program of the packages, with the libraries that it names, and those that these name.
add_program() {
	from=$1 to=$2 program=$3
	mkdir -p "$to/bin" "$to/lib"
	# Debian's xl is a script that looks for the one of the running Xen.
	found=$(find "$from"/usr/lib/xen*/bin "$from/usr/bin" "$from/usr/sbin" "$from/bin" "$from/sbin" -name "$program" 2>/dev/null | head -n 1)
	[ -n "$found" ] || give_up "the packages have no program '$program'"
	cp -L "$found" "$to/bin/"
	add_libraries "$from" "$to" "$to/bin/$program"
}

add_libraries() {
	for library in $(objdump -p "$3" 2>/dev/null | awk '$1 == "NEEDED" { print $2 }') ld-linux-x86-64.so.2 libgcc_s.so.1; do
		[ ! -e "$2/lib/$library" ] || continue
		path=$(find "$1/lib" "$1/lib64" "$1/usr/lib" -name "$library" 2>/dev/null | head -n 1)
		[ -n "$path" ] || give_up "the packages have no library '$library'"
		cp -L "$path" "$2/lib/$library"
		add_libraries "$1" "$2" "$2/lib/$library"
	done
}

# Those modules that there are, and what they need; others are built in.
add_modules() {
	from=$1 to=$2
	release=$(ls "$from/lib/modules" | sort -V | tail -n 1)
	[ -e "$from/lib/modules/$release/modules.dep" ] || (of_host bin/kmod depmod -b "$from" "$release") || give_up "depmod fails"
	mkdir -p "$to/lib/modules/$release"
	cp "$from/lib/modules/$release"/modules.* "$to/lib/modules/$release/"
	awk -v arch="$3" '$1 == "both" || $1 == arch { for (i = 2; i <= NF; i++) print $i }' "$lab/modules" >"$work/wanted"
	awk 'NR == FNR { gsub(/-/, "_", $1); want[$1] = 1; next }
	     { file = $1; sub(/:$/, "", file); name = file; sub(/.*\//, "", name); sub(/\.ko.*/, "", name); gsub(/-/, "_", name)
	       if (name in want) { print file; for (i = 2; i <= NF; i++) print $i } }' \
		"$work/wanted" "$from/lib/modules/$release/modules.dep" | sort -u |
		while read -r file; do
			mkdir -p "$to/lib/modules/$release/${file%/*}"
			cp "$from/lib/modules/$release/$file" "$to/lib/modules/$release/$file"
		done
}

pack() { (cd "$1" && find . | LC_ALL=C sort | cpio -o -H newc --quiet -R 0:0 | gzip -1); }

# make_image KIND FILE: x86, arm, xen (dom0), guest
make_image() {
	kind=$1 to=$work/image.$1
	rm -rf "$to"
	mkdir -p "$to/bin" "$to/lib" "$to/etc/xen"
	case $kind in
	arm) set=arm arch=arm64 ;;
	*) set=x86 arch=amd64 ;;
	esac
	cp "$(file_of "$set" '*bin/busybox usr/bin/busybox')" "$to/bin/busybox"
	cp "$lab/guest/init" "$to/init"
	add_modules "$cache/roots/$set" "$to" "${set%64}"
	for program in dma bigwrite vfio usbbulk aerinject $([ "$kind" = arm ] || echo grant); do
		build_program "$program" "$to/bin" "$arch"
	done
	if [ "$kind" = xen ]; then
		for program in xl xenstored xenconsoled xen-init-dom0 xenstore-read xenstore-write xenstore-ls xentrace; do
			add_program "$cache/roots/xen" "$to" "$program"
		done
		mkdir -p "$to/lib64" "$to/etc/xen/scripts"
		ln -sf ../lib/ld-linux-x86-64.so.2 "$to/lib64/ld-linux-x86-64.so.2"
		cp "$lab/guest/hotplug-block" "$to/etc/xen/scripts/block"
		cp "$lab/guest/hotplug-vif" "$to/etc/xen/scripts/vif-bridge"
		cp "$lab/guest/in-guest" "$lab/guest/wait-guest" "$lab/guest/grant-frames" "$to/bin/"
		echo 'autoballoon="off"' >"$to/etc/xen/xl.conf"
	fi
	pack "$to" >"$2.new" && mv "$2.new" "$2"
	rm -rf "$to"
}
