/* fork(), prctl() */
#define _GNU_SOURCE

/* A process of its own that reads a file and writes text. */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/input/child.h"

static const rlim_t SECONDS_MOST = 3600;

/* AddressSanitizer wants the address space for itself. */
#ifdef __has_feature
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif
static const rlim_t MEMORY_MOST = SANITIZED ? RLIM_INFINITY : (rlim_t)4 << 30;

static void limit(int what, rlim_t most)
{
	struct rlimit l = { most, most };

	setrlimit(what, &l);
}

static void confine(int in, int out)
{
	int null = open("/dev/null", O_RDWR);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	for (int fd = 0; fd < 3; fd++)
		dup2(null, fd);
	for (int fd = 3; fd < 1024; fd++)
		if (fd != in && fd != out)
			close(fd);
	limit(RLIMIT_CPU, SECONDS_MOST);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_AS, MEMORY_MOST);
	signal(SIGPIPE, SIG_DFL);
}

void child_flush(struct lines *lines, int out)
{
	size_t done = 0;

	while (done < lines->n) {
		ssize_t n = write(out, lines->text + done, lines->n - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			_exit(CHILD_CUT);
		done += (size_t)n;
	}
	lines->n = 0;
}

static void tell_end(struct child *c, int status)
{
	if (WIFSIGNALED(status))
		snprintf(c->problem, sizeof(c->problem), "%s ended on it by "
			 "signal %d: the file is damaged", c->reader,
			 WTERMSIG(status));
	else if (WEXITSTATUS(status) == CHILD_NOT_LOADED)
		snprintf(c->problem, sizeof(c->problem), "%s cannot be loaded",
			 c->reader);
	else if (WEXITSTATUS(status) != CHILD_FINE)
		snprintf(c->problem, sizeof(c->problem), "%s cannot read it",
			 c->reader);
	if (c->problem[0])
		c->feed.problem = c->problem;
}

static size_t read_text(struct feed *feed, char *at, size_t room)
{
	struct child *c = (struct child *)feed;
	int status = 0;
	ssize_t n;

	if (!c->pid)
		return 0;
	do
		n = read(c->fd, at, room);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		return (size_t)n;
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		;
	c->pid = 0;
	tell_end(c, status);
	return 0;
}

bool child_start(struct child *c, const char *reader, int in,
		 void (*run)(void *arg, int in, int out), void *arg,
		 const char **why)
{
	int pipes[2];

	*c = (struct child){ .feed.read = read_text, .reader = reader };
	if (pipe(pipes) != 0) {
		*why = strerror(errno);
		close(in);
		return false;
	}
	c->fd = pipes[0];
	c->pid = fork();
	if (c->pid == 0) {
		close(pipes[0]);
		confine(in, pipes[1]);
		run(arg, in, pipes[1]);
		_exit(CHILD_NOT_READ);
	}
	close(pipes[1]);
	close(in);
	if (c->pid > 0)
		return true;
	*why = strerror(errno);
	close(pipes[0]);
	return false;
}

void child_end(struct child *c)
{
	if (c->pid) {
		kill(c->pid, SIGKILL);
		waitpid(c->pid, NULL, 0);
	}
	close(c->fd);
}
