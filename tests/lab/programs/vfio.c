/*
 * A driver in user space for QEMU's test device, bound to vfio-pci.
 *
 *   vfio BDF STEP...
 *
 *   map ADDRESS BYTES r|w|rw      memory of this process at a bus address
 *   unmap ADDRESS BYTES
 *   read ADDRESS, write ADDRESS   the device does 4 bytes of DMA
 *
 * The steps are done one by one, then all is given back. The device's
 * registers: dma.c.
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <linux/pci_regs.h>
#include <linux/vfio.h>

enum { EDU_MEMORY = 0x40000, DMA_BYTES = 4 };

static int container, device;
static uint64_t bar;

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

static void open_container(const char *bdf)
{
	char path[128], target[256];
	ssize_t n;
	int group;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/iommu_group", bdf);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		give_up(path);
	target[n] = 0;
	snprintf(path, sizeof(path), "/dev/vfio/%s", strrchr(target, '/') + 1);
	container = open("/dev/vfio/vfio", O_RDWR);
	group = open(path, O_RDWR);
	if (container < 0 || group < 0)
		give_up(path);
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container))
		give_up("VFIO_GROUP_SET_CONTAINER");
	if (ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		give_up("VFIO_SET_IOMMU");
	device = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, bdf);
	if (device < 0)
		give_up("VFIO_GROUP_GET_DEVICE_FD");
}

static uint64_t region(unsigned index)
{
	struct vfio_region_info info = { .argsz = sizeof(info),
					 .index = index };

	if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &info))
		give_up("VFIO_DEVICE_GET_REGION_INFO");
	return info.offset;
}

static void enable(void)
{
	off_t at = (off_t)region(VFIO_PCI_CONFIG_REGION_INDEX) + PCI_COMMAND;
	uint16_t command;

	if (pread(device, &command, 2, at) != 2)
		give_up("configuration");
	command |= PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER;
	if (pwrite(device, &command, 2, at) != 2)
		give_up("configuration");
	bar = region(VFIO_PCI_BAR0_REGION_INDEX);
}

static void map(uint64_t address, uint64_t n, const char *rights)
{
	struct vfio_iommu_type1_dma_map ask = { .argsz = sizeof(ask),
						.iova = address,
						.size = n };
	void *memory = mmap(NULL, n, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

	if (memory == MAP_FAILED)
		give_up("mmap");
	ask.vaddr = (uintptr_t)memory;
	ask.flags = (strchr(rights, 'r') ? VFIO_DMA_MAP_FLAG_READ : 0) |
		    (strchr(rights, 'w') ? VFIO_DMA_MAP_FLAG_WRITE : 0);
	if (ioctl(container, VFIO_IOMMU_MAP_DMA, &ask))
		give_up("VFIO_IOMMU_MAP_DMA");
}

static void unmap(uint64_t address, uint64_t n)
{
	struct vfio_iommu_type1_dma_unmap ask = { .argsz = sizeof(ask),
						  .iova = address,
						  .size = n };

	if (ioctl(container, VFIO_IOMMU_UNMAP_DMA, &ask))
		give_up("VFIO_IOMMU_UNMAP_DMA");
}

static void set(unsigned at, uint64_t value)
{
	if (pwrite(device, &value, 8, (off_t)(bar + at)) != 8)
		give_up("a register");
}

static uint64_t get(unsigned at)
{
	uint64_t value;

	if (pread(device, &value, 8, (off_t)(bar + at)) != 8)
		give_up("a register");
	return value;
}

static void transfer(int writes, uint64_t address)
{
	set(0x80, writes ? EDU_MEMORY : address);
	set(0x88, writes ? address : EDU_MEMORY);
	set(0x90, DMA_BYTES);
	set(0x98, writes ? 3 : 1);
	for (int i = 0; i < 100; i++) {
		nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
		if (!(get(0x98) & 1))
			return;
	}
	fputs("vfio: the device does not get done\n", stderr);
	exit(1);
}

int main(int n, char **words)
{
	int i = 2;

	if (n < 4) {
		fputs("usage: vfio BDF map ADDRESS BYTES r|w|rw | unmap ADDRESS BYTES |"
		      " read ADDRESS | write ADDRESS ...\n",
		      stderr);
		return 2;
	}
	open_container(words[1]);
	enable();
	while (i < n) {
		const char *step = words[i];
		uint64_t address = i + 1 < n ? strtoull(words[i + 1], NULL, 0) : 0;

		if (!strcmp(step, "map") && i + 3 < n) {
			map(address, strtoull(words[i + 2], NULL, 0), words[i + 3]);
			i += 4;
		} else if (!strcmp(step, "unmap") && i + 2 < n) {
			unmap(address, strtoull(words[i + 2], NULL, 0));
			i += 3;
		} else if ((!strcmp(step, "read") || !strcmp(step, "write")) && i + 1 < n) {
			transfer(*step == 'w', address);
			i += 2;
		} else {
			fprintf(stderr, "vfio: %s?\n", step);
			return 2;
		}
	}
	return 0;
}
