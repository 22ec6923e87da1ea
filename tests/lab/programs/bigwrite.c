/*
 * Writes large pages to a block device, past the page cache:
 *
 *   bigwrite DEVICE COUNT
 *
 * COUNT processes write a page of 2 MiB each, all at a time. A page is one
 * piece of memory, so each request of the disk's driver is one buffer: of many
 * it asks for no warning when they cannot be bounced.
 */

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 2 << 20 };

static void give_up(const char *what)
{
	perror(what);
	exit(1);
}

static void write_one(const char *device, int nr)
{
	int fd = open(device, O_WRONLY | O_DIRECT);
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);

	if (fd < 0)
		give_up(device);
	if (page == MAP_FAILED)
		give_up("a large page (vm.nr_hugepages)");
	memset(page, nr, PAGE);
	if (pwrite(fd, page, PAGE, (off_t)nr * PAGE) < 0)
		give_up("pwrite");
	exit(0);
}

int main(int n, char **words)
{
	int count = n == 3 ? atoi(words[2]) : 0;

	if (count <= 0) {
		fputs("usage: bigwrite DEVICE COUNT\n", stderr);
		return 2;
	}
	for (int i = 0; i < count; i++)
		if (fork() == 0)
			write_one(words[1], i);
	return 0;
}
