# The test device as a neighbour of an NVMe disk, in one IOMMU group, so that the disk's driver maps for both.  Requests that the disk's driver
# has under way are mapped, and a trace of iommu/map tells where.

# with_neighbours: before boot; $disk and $edu
with_neighbours() {
	nvme_disk disk
	beside edu "$disk" edu,dma_mask=0xffffffffffffffff
	with_kit
}

# buffer_of WRITES: the disk gets writes (reads, if WRITES is empty) that it does not finish; $buffer is the bus address of the newest.
buffer_of() {
	random 3 8
	if [ -n "$1" ]; then
		monitor 'block_set_io_throttle disk 0 0 512 0 0 0'
		transfer='if=/dev/zero of=/dev/nvme0n1 oflag=direct seek='
	else
		monitor 'block_set_io_throttle disk 0 512 0 0 0 0'
		transfer='if=/dev/nvme0n1 of=/dev/null iflag=direct skip='
	fi
	on "i=0; while [ \$i -lt $random ]; do dd bs=4k count=1 $transfer\$i >/dev/null 2>&1 & i=\$((i + 1)); done; sleep 1" >/dev/null
	on 'cat /sys/kernel/tracing/instances/faultline-dma/trace' >"$here/mapped"
	buffer=0x$(still_mapped <"$here/mapped" | tail -n 1)
	[ "$buffer" != 0x ] || fail 'no request is under way'
}

# The disk finishes what it has; nothing is mapped any more.
finish() {
	monitor 'block_set_io_throttle disk 0 0 0 0 0 0'
	on 'sleep 1; cat /sys/kernel/tracing/instances/faultline-dma/trace' >"$here/mapped"
	[ -z "$(still_mapped <"$here/mapped")" ] || fail "$(still_mapped <"$here/mapped" | tail -n 1) is still mapped"
}

refused() { seen "0x0*${1#0x}[^0-9a-f]"; }

# disk_story DEVICE PERMISSION UNTRACED TRACED: what happens is the same behind any IOMMU.  DEVICE is what its message names, PERMISSION what it says of a
# page that is there, UNTRACED and TRACED the verdicts on that without a trace and with one.
disk_story() {
	on 'modprobe nvme'
	seen 'nvme nvme0: .*queues'
	trace_start
	buffer_of writes
	dma "$edu" read "$buffer"
	not_seen "$2|fault addr"
	capture "$scenario-live" <<-END
		title A device reads a buffer that the driver of its group's disk has mapped for reading: nothing is wrong
		verdict none
		no-fault
	END
	finish
	dma "$edu" read "$buffer"
	refused "$buffer"
	trace_save trace.late
	capture "$scenario-late" <<-END
		title A device reads a buffer after the driver has unmapped it; no trace
		verdict none
		fault $1 $buffer read
		note the truth is driver-dma-after-unmap, for which this capture has no evidence
	END
	capture "$scenario-late-traced" trace.late <<-END
		title A device reads a buffer after the driver has unmapped it; a trace shows when
		verdict driver-dma-after-unmap likely
		fault $1 $buffer read
	END
	trace_start
	buffer_of writes
	dma "$edu" write "$buffer"
	refused "$buffer"
	seen "$2"
	trace_save trace.readonly
	capture "$scenario-readonly" <<-END
		title A device writes to a buffer that the driver has mapped for reading only; no trace
		$3
		fault $1 $buffer write
	END
	capture "$scenario-readonly-traced" trace.readonly <<-END
		title A device writes to a buffer that the driver has mapped for reading only; a trace shows that it is mapped
		$4
		fault $1 $buffer write
		note iommu:map does not tell the direction, only that the page is mapped
	END
}
