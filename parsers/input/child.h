/*
 * A process of its own for a library that trusts what it reads: only its text
 * comes back, and what goes wrong there ends that process and is told; not for
 * other rooms.
 */
#ifndef PARSERS_INPUT_CHILD_H
#define PARSERS_INPUT_CHILD_H

#include "parsers/input/lines.h"

#include <sys/types.h>

/* How it ends. */
enum { CHILD_FINE, CHILD_NOT_LOADED = 2, CHILD_NOT_READ = 3, CHILD_CUT = 4 };

struct child {
	struct feed feed;		/* first: its text */
	pid_t pid;			/* 0: it has ended */
	int fd;
	const char *reader;		/* what it reads with */
	char problem[120];
};

/*
 * Starts run(arg, in, out), which never comes back, with limits on time and
 * memory; all it can reach are the two descriptors.  in is closed here.
 */
bool child_start(struct child *, const char *reader, int in,
		 void (*run)(void *arg, int in, int out), void *arg,
		 const char **why);
/* Stops it if it still runs. */
void child_end(struct child *);
/* In the child: writes all that was added, or ends. */
void child_flush(struct lines *, int out);

#endif
