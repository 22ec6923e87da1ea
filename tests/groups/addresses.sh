# What an address in a fault means, by the machine (v_model), and what is said to be there.
cd "$T" || exit 2

# model FILE…: that of their power-on.
model() {
	rm -f model.db
	faultline ingest -q -d model.db "$@"
	ask model.db "SELECT model FROM v_model"
}
places() { ask model.db "SELECT group_concat(class, ' ') FROM (SELECT DISTINCT class FROM fault_place ORDER BY class)"; }

cat >native.txt <<'END'
[    0.000000] Linux version 6.1.0 (a@b) (gcc version 12.2.0 (GCC)) #1 SMP Mon Jun 29 08:17:42 UTC 2020
[    0.310000] pci 0000:00:05.0: reg 0x10: [mem 0xfff00000-0xfff0ffff]
[    0.912345] iommu: Default domain type: Translated
[   68.290307] DMAR: [DMA Write NO_PASID] Request device [00:03.0] fault addr 0xfff00000 [fault reason 0x05] PTE Write access is not set
END

it "without Xen, Linux hands out numbers: none of them is in the registers of a device"
is "$(model native.txt) $(places)" "M5 " model

it "but it may be where the devices pass, where nothing tells, and where VFIO gives out addresses"
sed 's/Translated/Passthrough/' native.txt >pass.txt
is "$(model pass.txt) $(places)" "M6 bar" pass
sed '/Default domain/d' native.txt >untold.txt
is "$(model untold.txt) $(places)" " bar" "not told"
sed '/0.912345/a [   12.100000] vfio-pci 0000:00:03.0: enabling device (0000 -> 0002)' native.txt >vfio.txt
is "$(model vfio.txt) $(places)" "M5 bar" vfio

it "under Xen it is neither"
sed '/Default domain/i [    0.500000] Xen 4.14 support found' native.txt >guest.txt
is "$(model guest.txt)" "" "a kernel on Xen"
{ echo '(XEN) Xen version 4.17.7 (a@b) (gcc (GCC) 12.2.0) debug=n  Mon Jan 18 10:26:41 UTC 2021'; cat native.txt; } >xen.txt
is "$(model xen.txt)" "" "beside Xen"
sed 's/^.*Default/(d1) &/' native.txt >said.txt
is "$(model said.txt)" "" "a guest's word"
