/* Prefixes, time stamps and line ends. */

#define _GNU_SOURCE
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "tests/variations/console.h"

enum { KERNEL_STARTS = 2600000, HEARTBEAT = 5000000, TEXT = 300 };

static const uint64_t EPOCH = 1610965601;	/* 2021-01-18 10:26:41 */

static const char *dom0_end(const struct console *c)
{
	switch (c->scene->end) {
	case END_LF: return "\n";
	case END_CRLF: return "\r\n";
	case END_TTY: break;
	}
	return "\r\r\n";
}

static const char *xen_end(const struct console *c)
{
	return c->scene->end == END_LF ? "\n" : "\r\n";
}

static uint64_t kernel_time(uint64_t at)
{
	return at < KERNEL_STARTS ? 0 : at - KERNEL_STARTS;
}

static void stamp_kernel(const struct console *c, char out[LINE_BYTES])
{
	uint64_t us = kernel_time(c->now);
	size_t n = 0;

	out[0] = 0;
	if (c->scene->printk_time)
		n += (size_t)snprintf(out, LINE_BYTES, "[%5llu.%06llu]",
				      (unsigned long long)us / 1000000,
				      (unsigned long long)us % 1000000);
	if (c->scene->caller_id)
		n += (size_t)snprintf(out + n, LINE_BYTES - n, "[%6s]",
				      us % 3 ? "T104" : "C2");
	if (n)
		snprintf(out + n, LINE_BYTES - n, " ");
}

static void stamp_date(uint64_t us, bool ms, char out[LINE_BYTES])
{
	time_t t = (time_t)(EPOCH + us / 1000000);
	struct tm tm;
	size_t n;

	gmtime_r(&t, &tm);
	n = strftime(out, LINE_BYTES, "[%Y-%m-%d %H:%M:%S", &tm);
	if (ms)
		n += (size_t)snprintf(out + n, LINE_BYTES - n, ".%03u",
				      (unsigned)(us / 1000 % 1000));
	snprintf(out + n, LINE_BYTES - n, "] ");
}

static void stamp_xen(const struct console *c, char out[LINE_BYTES])
{
	enum xen_stamp mode = c->scene->stamp;

	out[0] = 0;
	if (!c->stamping)
		return;
	/* Until its clock runs, Xen prints the raw counter. */
	if (mode == XEN_BOOT && c->now < 500000)
		mode = XEN_RAW;
	if (mode == XEN_BOOT)
		snprintf(out, LINE_BYTES, "[%5llu.%06llu] ",
			 (unsigned long long)c->now / 1000000,
			 (unsigned long long)c->now % 1000000);
	else if (mode == XEN_RAW)
		snprintf(out, LINE_BYTES, "[%016llx] ",
			 (unsigned long long)c->now * 100 + 0x1000000);
	else if (mode != XEN_NONE)
		stamp_date(c->booted + c->now, mode == XEN_DATEMS, out);
}

/* The line as Xen prints it; into the ring, too. */
static const char *xen_line(struct console *c, const char *text)
{
	char stamp[LINE_BYTES];
	char *line = c->ring[c->nring < RING_LINES - 1 ? c->nring++
						       : RING_LINES - 1];

	stamp_xen(c, stamp);
	snprintf(line, LINE_BYTES, "(XEN) %.40s%.*s", stamp, TEXT, text);
	return line;
}

static void kernel_line(const struct console *c, const char *text,
			char out[LINE_BYTES])
{
	char stamp[LINE_BYTES];

	stamp_kernel(c, stamp);
	snprintf(out, LINE_BYTES, "%.40s%.*s", stamp, TEXT, text);
}

void say_xen(struct console *c, const char *format, ...)
{
	char text[TEXT];
	const char *line;
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	line = xen_line(c, text);
	if (!c->silent)
		fprintf(c->file, "%s%s", line, xen_end(c));
	c->now += 40;
}

void say_kernel(struct console *c, const char *format, ...)
{
	char text[TEXT], line[LINE_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	kernel_line(c, text, line);
	fprintf(c->file, "%s%s", line, dom0_end(c));
	c->now += 70;
}

void say_shell(struct console *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vfprintf(c->file, format, args);
	va_end(args);
	fputs(dom0_end(c), c->file);
	c->now += 100;
}

void say_loader(struct console *c, const char *text)
{
	fprintf(c->file, "%s%s", text, xen_end(c));
}

void say_guest(struct console *c, unsigned domain, const char *text)
{
	char stamp[LINE_BYTES];

	stamp_xen(c, stamp);
	if (domain % 2)
		fprintf(c->file, "(d%u) %s(XEN) %s%s", domain, stamp, text,
			xen_end(c));
	else
		fprintf(c->file, "(XEN) %sDOM%u: (XEN) %s%s", stamp, domain,
			text, xen_end(c));
	c->now += 40;
}

void say_torn(struct console *c, unsigned cut, const char *kernel,
	      const char *xen)
{
	char line[LINE_BYTES];
	size_t n;

	kernel_line(c, kernel, line);
	n = 2 + cut % (strlen(line) - 4);
	fprintf(c->file, "%.*s%s%s%s%s", (int)n, line, xen_line(c, xen),
		xen_end(c), line + n, dom0_end(c));
	c->now += 150;
}

void say_trace(struct console *c, uint64_t at, const char *format, ...)
{
	uint64_t us = kernel_time(at);
	char text[TEXT];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	say_shell(c, " vif%u.0-q0-guest-2311    [002] ..... %5llu.%06llu: %s",
		  c->scene->guest, (unsigned long long)us / 1000000,
		  (unsigned long long)us % 1000000, text);
}

void pass_to(struct console *c, uint64_t at)
{
	if (c->ticked + HEARTBEAT < c->now)
		c->ticked = c->now / HEARTBEAT * HEARTBEAT;
	while (c->ticked + HEARTBEAT < at) {
		c->ticked += HEARTBEAT;
		if (c->ticked < c->now)
			continue;
		c->now = c->ticked;
		say_kernel(c, "tick");
	}
	if (c->now < at)
		c->now = at;
}

void replay_ring(struct console *c, unsigned first)
{
	say_shell(c, "root@zcu102:~# xl dmesg");
	for (unsigned i = first; i < c->nring; i++)
		say_shell(c, "%s", c->ring[i]);
}
