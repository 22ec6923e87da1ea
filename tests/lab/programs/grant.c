/*
 * Grants by hand.
 *
 *   grant offer DOMAIN [ro] [COUNT]      in a guest: COUNT pages for DOMAIN
 *   grant map DOMAIN REF [ro]            in dom0: maps one of them
 *
 * Prints what came of it, then sleeps: the grant, or the mapping, lasts until
 * the program is killed.
 */

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* Xen's own names, which the next header takes for known. */
typedef uint32_t grant_ref_t;
typedef uint16_t domid_t;

#include <xen/gntalloc.h>
#include <xen/gntdev.h>

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

static void hold(void)
{
	fflush(stdout);
	for (;;)
		pause();
}

static void offer(unsigned domain, int readonly, unsigned count)
{
	struct ioctl_gntalloc_alloc_gref *ask;
	int fd = open("/dev/xen/gntalloc", O_RDWR);
	unsigned char *at;

	ask = calloc(1, sizeof(*ask) + count * sizeof(uint32_t));
	if (fd < 0 || !ask)
		give_up("/dev/xen/gntalloc");
	ask->domid = (uint16_t)domain;
	ask->flags = readonly ? 0 : GNTALLOC_FLAG_WRITABLE;
	ask->count = count;
	if (ioctl(fd, IOCTL_GNTALLOC_ALLOC_GREF, ask))
		give_up("IOCTL_GNTALLOC_ALLOC_GREF");
	at = mmap(NULL, count * 4096ul, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
		  (off_t)ask->index);
	if (at == MAP_FAILED)
		give_up("mmap");
	memset(at, 0x5a, count * 4096ul);
	for (unsigned i = 0; i < count; i++)
		printf("%u\n", ask->gref_ids[i]);
	hold();
}

static void map(unsigned domain, unsigned ref, int readonly)
{
	struct ioctl_gntdev_map_grant_ref ask = { .count = 1 };
	int fd = open("/dev/xen/gntdev", O_RDWR);
	volatile unsigned char *at;

	if (fd < 0)
		give_up("/dev/xen/gntdev");
	ask.refs[0].domid = domain;
	ask.refs[0].ref = ref;
	if (ioctl(fd, IOCTL_GNTDEV_MAP_GRANT_REF, &ask))
		give_up("IOCTL_GNTDEV_MAP_GRANT_REF");
	at = mmap(NULL, 4096, readonly ? PROT_READ : PROT_READ | PROT_WRITE,
		  MAP_SHARED, fd, (off_t)ask.index);
	if (at == MAP_FAILED)
		give_up("mmap");
	printf("mapped %u of %u: byte %#x\n", ref, domain, at[0]);
	hold();
}

int main(int n, char **words)
{
	int readonly = 0;

	for (int i = 2; i < n; i++)
		if (!strcmp(words[i], "ro")) {
			readonly = 1;
			memmove(words + i, words + i + 1,
				(size_t)(--n - i) * sizeof(*words));
		}
	if (n >= 3 && !strcmp(words[1], "offer"))
		offer((unsigned)atoi(words[2]), readonly,
		      n > 3 ? (unsigned)atoi(words[3]) : 1);
	if (n == 4 && !strcmp(words[1], "map"))
		map((unsigned)atoi(words[2]), (unsigned)atoi(words[3]), readonly);
	fputs("usage: grant offer DOMAIN [ro] [COUNT] | grant map DOMAIN REF [ro]\n", stderr);
	return 2;
}
