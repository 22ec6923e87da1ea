/* A console that several speakers print to, as the scene's framing has it. */

#ifndef TESTS_VARIATIONS_CONSOLE_H
#define TESTS_VARIATIONS_CONSOLE_H

#include "tests/variations/scene.h"

enum { LINE_BYTES = 400, RING_LINES = 600 };

struct console {
	const struct scene *scene;
	FILE *file;
	uint64_t now;			/* since power-on, microseconds */
	uint64_t booted;		/* wall clock at power-on, same unit */
	uint64_t ticked;		/* last line of the heartbeat */
	bool stamping;			/* Xen has read its command line */
	bool silent;			/* Xen prints to its ring only */
	char ring[RING_LINES][LINE_BYTES];
	unsigned nring;
};

/* Lines; the first also goes to Xen's ring. */
void say_xen(struct console *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void say_kernel(struct console *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void say_shell(struct console *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void say_loader(struct console *c, const char *text);
void say_guest(struct console *c, unsigned domain, const char *text);

/* A kernel line with a Xen line printed inside it. */
void say_torn(struct console *c, unsigned cut, const char *kernel,
	      const char *xen);

/* A line of ftrace at that instant, as cat prints it. */
void say_trace(struct console *c, uint64_t at, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Lets time pass, with the kernel's heartbeat every five seconds. */
void pass_to(struct console *c, uint64_t at);

/* xl dmesg: Xen's ring from line number first on, through dom0's tty. */
void replay_ring(struct console *c, unsigned first);

#endif
