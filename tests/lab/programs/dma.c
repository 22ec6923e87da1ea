/*
 * Makes a device read or write any bus address.
 *
 *   dma BDF read|write ADDRESS [BYTES]     a transfer by QEMU's test device
 *   dma BDF off                            takes bus mastering away
 *
 * The test device (docs/specs/edu.rst of QEMU) has a DMA engine behind BAR 0:
 * source, destination, count, command; its own memory is at 0x40000, and a
 * transfer starts 100 ms after the command. At most 4096 bytes.
 *
 *   dma BDF flood ADDRESS COUNT            COUNT reads, a millisecond apart, until bus
 *                                          mastering is off
 *
 * is for an NVMe controller that no driver has: its admin queue is put at the
 * address, and each write of the doorbell makes it fetch a command from there
 * (NVM Express base specification, 3.1.3).
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { COMMAND = 4, MEMORY = 2, MASTER = 4, EDU_MEMORY = 0x40000, EDU_MOST = 4096, BAR = 0x4000 };

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

static void sleep_ms(long ms)
{
	nanosleep(&(struct timespec){ ms / 1000, ms % 1000 * 1000000 }, NULL);
}

/* Xen counts refusals that are less than 10 ms apart; a sleep may be longer. */
static void spin_ms(long ms)
{
	struct timespec began, now;

	clock_gettime(CLOCK_MONOTONIC, &began);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - began.tv_sec) * 1000 +
		       (now.tv_nsec - began.tv_nsec) / 1000000 < ms);
}

static const char *in_device(const char *bdf, const char *file)
{
	static char path[256];

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/%s", bdf, file);
	return path;
}

static int is_master(const char *bdf)
{
	int fd = open(in_device(bdf, "config"), O_RDONLY);
	uint16_t command = 0;

	if (fd < 0 || pread(fd, &command, 2, COMMAND) != 2)
		give_up(in_device(bdf, "config"));
	close(fd);
	return command & MASTER;
}

static void set_master(const char *bdf, int on)
{
	int fd = open(in_device(bdf, "config"), O_RDWR);
	uint16_t command;

	if (fd < 0 || pread(fd, &command, 2, COMMAND) != 2)
		give_up(in_device(bdf, "config"));
	command = on ? command | MEMORY | MASTER : command & ~MASTER;
	if (pwrite(fd, &command, 2, COMMAND) != 2)
		give_up(in_device(bdf, "config"));
	close(fd);
}

static volatile uint8_t *map_bar(const char *bdf, size_t n)
{
	int fd = open(in_device(bdf, "resource0"), O_RDWR | O_SYNC);
	void *at;

	if (fd < 0)
		give_up(in_device(bdf, "resource0"));
	at = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (at == MAP_FAILED)
		give_up("mmap");
	close(fd);
	return at;
}

static void set64(volatile uint8_t *at, uint64_t value)
{
	*(volatile uint64_t *)at = value;
}

static void set32(volatile uint8_t *at, uint32_t value)
{
	*(volatile uint32_t *)at = value;
}

static int transfer(const char *bdf, int writes, uint64_t address, uint64_t n)
{
	volatile uint8_t *bar = map_bar(bdf, BAR);

	if (n == 0 || n > EDU_MOST)
		n = 4;
	set64(bar + 0x80, writes ? EDU_MEMORY : address);
	set64(bar + 0x88, writes ? address : EDU_MEMORY);
	set64(bar + 0x90, n);
	set64(bar + 0x98, writes ? 3 : 1);
	for (int i = 0; i < 100; i++) {
		sleep_ms(50);
		if (!(*(volatile uint64_t *)(bar + 0x98) & 1)) {
			printf("%s %s 0x%llx %llu\n", bdf,
			       writes ? "write" : "read",
			       (unsigned long long)address,
			       (unsigned long long)n);
			return 0;
		}
	}
	fprintf(stderr, "dma: %s does not get done\n", bdf);
	return 1;
}

static int flood(const char *bdf, uint64_t address, unsigned count)
{
	volatile uint8_t *bar = map_bar(bdf, BAR);
	unsigned done;

	set32(bar + 0x14, 0);
	sleep_ms(50);
	set32(bar + 0x24, 63 << 16 | 63);
	set64(bar + 0x28, address);
	set64(bar + 0x30, address);
	set32(bar + 0x14, 4 << 20 | 6 << 16 | 1);
	sleep_ms(100);
	for (done = 0; done < count && is_master(bdf); done++) {
		set32(bar + 0x1000, (done + 1) % 64);
		spin_ms(1);
	}
	printf("%s flood 0x%llx %u%s\n", bdf, (unsigned long long)address, done,
	       is_master(bdf) ? "" : ", bus mastering is off");
	return 0;
}

int main(int n, char **words)
{
	uint64_t address, count;

	if (n == 3 && !strcmp(words[2], "off")) {
		set_master(words[1], 0);
		return 0;
	}
	if (n < 4) {
		fputs("usage: dma BDF read|write|flood ADDRESS [N] | dma BDF off\n", stderr);
		return 2;
	}
	address = strtoull(words[3], NULL, 0);
	count = n > 4 ? strtoull(words[4], NULL, 0) : 0;
	set_master(words[1], 1);
	if (!strcmp(words[2], "flood"))
		return flood(words[1], address, count ? (unsigned)count : 64);
	return transfer(words[1], !strcmp(words[2], "write"), address, count);
}
