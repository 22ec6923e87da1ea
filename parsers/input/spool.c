/* open(), mkstemp() */
#define _GNU_SOURCE

/* The whole of a file behind one descriptor, for what is not read in order. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/input/input.h"

static bool write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* A file without a name, where the user wants such files. */
static int open_nameless(void)
{
	const char *folder = getenv("TMPDIR");
	char path[4096];
	int n, fd;

	n = snprintf(path, sizeof(path), "%s/faultline.XXXXXX",
		     folder && folder[0] ? folder : "/tmp");
	if (n < 0 || (size_t)n >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	fd = mkstemp(path);
	if (fd >= 0)
		unlink(path);
	return fd;
}

int source_spool(struct source *s, const char **why)
{
	struct window window = source_next(s, 0);
	int fd = source_file(s);

	if (fd >= 0) {
		fd = dup(fd);
		if (fd < 0)
			*why = strerror(errno);
		return fd;
	}
	fd = open_nameless();
	if (fd < 0) {
		*why = strerror(errno);
		return -1;
	}
	for (; window.n; window = source_next(s, window.n)) {
		if (source_bytes(s) > SPOOL_MOST) {
			*why = "more than 4 GiB, and not a file of its own";
		} else if (!write_all(fd, window.p, window.n)) {
			*why = strerror(errno);
		} else {
			continue;
		}
		close(fd);
		return -1;
	}
	return fd;
}
