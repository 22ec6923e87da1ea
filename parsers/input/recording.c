/* strnlen() and its kin */
#define _GNU_SOURCE

/*
 * trace.dat, what trace-cmd record writes, as the lines that trace-cmd report
 * -t would print, in time, through libtracecmd.
 *
 * The library trusts the formats that such a file brings along.  So a process
 * of its own reads it, with limits, and only its text comes back: what goes
 * wrong there ends that process and is told.
 */

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "parsers/base/die.h"
#include "parsers/input/child.h"
#include "parsers/input/late.h"

bool recording_is(struct str head)
{
	return str_starts(head, STR("\x17\x08\x44" "tracing"));
}

#ifdef TRACECMD_SONAME

#include <trace-cmd.h>

enum { BUFFERS_MOST = 64, CPUS_MOST = 4096, FLUSH_AT = 32 << 10 };

#define FUNCTIONS(X) \
	X(tracecmd_open_fd) X(tracecmd_get_tep) X(tracecmd_read_cpu_first) \
	X(tracecmd_read_data) X(tracecmd_free_record) \
	X(tracecmd_set_loglevel) X(tracecmd_buffer_instances) \
	X(tracecmd_buffer_instance_handle) X(tep_set_loglevel) \
	X(tep_find_event_by_record) X(tep_data_pid) \
	X(tep_data_comm_from_pid) X(tep_print_event) X(tep_get_cpus) \
	X(trace_seq_init) X(trace_seq_reset) X(trace_seq_terminate)

/* The library's own functions, asked for by name. */
static struct {
#define MEMBER(name) __typeof__(&name) name;
	FUNCTIONS(MEMBER)
#undef MEMBER
	/* Not in its header in all releases. */
	const char *(*get_trace_clock)(struct tracecmd_input *);
} lib;

/* ---- the process that reads ------------------------------------------------ */

static const struct late parts[] = {
#define WANTED(name) { #name, &lib.name },
	FUNCTIONS(WANTED)
#undef WANTED
};

static bool load_library(void)
{
	static const struct late clock = {
		"tracecmd_get_trace_clock", &lib.get_trace_clock,
	};

	/* Not in all releases: without it the clock is not told. */
	late_load(TRACECMD_SONAME, &clock, 1);
	return LATE_LOAD(TRACECMD_SONAME, parts);
}

/* One buffer on one processor: its next record. */
struct stream {
	struct tracecmd_input *input;
	struct tep_handle *tep;
	struct tep_record *record;
	int cpu;
};

struct reading {
	struct lines lines;		/* only its text */
	struct stream *streams;
	size_t n, room;
	struct trace_seq info;
	bool seconds;			/* times are nanoseconds */
};

/* "[local] global counter ...": the one in brackets, or the only one. */
static void tell_clock(struct reading *r, struct tracecmd_input *input)
{
	const char *said = lib.get_trace_clock ? lib.get_trace_clock(input)
					       : NULL;
	struct str clock = said ? str_from(said) : STR("");
	ptrdiff_t at = str_find_byte(clock, '[');

	if (at >= 0) {
		clock = str_skip(clock, (size_t)at + 1);
		at = str_find_byte(clock, ']');
		clock = str_head(clock, at < 0 ? 0 : (size_t)at);
	}
	clock = str_head(str_trim(clock), 32);
	r->seconds = !(str_eq(clock, STR("counter")) ||
		       str_eq(clock, STR("uptime")) ||
		       str_eq(clock, STR("x86-tsc")));
	if (!clock.n)
		return;
	lines_add(&r->lines, "# faultline trace_clock: ");
	lines_word(&r->lines, clock);
	lines_add(&r->lines, "\n");
}

static void add_buffer(struct reading *r, struct tracecmd_input *input)
{
	struct tep_handle *tep = input ? lib.tracecmd_get_tep(input) : NULL;
	int cpus = tep ? lib.tep_get_cpus(tep) : 0;

	for (int cpu = 0; cpu < cpus && cpu < CPUS_MOST; cpu++) {
		heap_grow(&r->streams, &r->room, r->n + 1,
			  sizeof(*r->streams));
		r->streams[r->n++] = (struct stream){
			.input = input, .tep = tep, .cpu = cpu,
			.record = lib.tracecmd_read_cpu_first(input, cpu),
		};
	}
}

static struct stream *earliest(struct reading *r)
{
	struct stream *first = NULL;

	for (size_t i = 0; i < r->n; i++) {
		struct stream *s = &r->streams[i];

		if (s->record && (!first || s->record->ts < first->record->ts))
			first = s;
	}
	return first;
}

static void tell_record(struct reading *r, const struct stream *s)
{
	struct tep_record *record = s->record;
	struct tep_event *event = lib.tep_find_event_by_record(s->tep, record);
	int pid = lib.tep_data_pid(s->tep, record);
	const char *comm = lib.tep_data_comm_from_pid(s->tep, pid);

	if (record->missed_events > 0)
		lines_add(&r->lines, "CPU:%d [LOST %lld EVENTS]\n", s->cpu,
			  record->missed_events);
	else if (record->missed_events)
		lines_add(&r->lines, "CPU:%d [LOST EVENTS]\n", s->cpu);
	if (!event)
		return;
	lib.trace_seq_reset(&r->info);
	lib.tep_print_event(s->tep, &r->info, record, "%s", TEP_PRINT_INFO);
	lib.trace_seq_terminate(&r->info);
	lines_add(&r->lines, " ");
	lines_text(&r->lines, str_head(str_from(comm ? comm : "<...>"), 32));
	if (r->seconds)
		lines_add(&r->lines, "-%d [%03d] %5llu.%09llu: ", pid, s->cpu,
			  record->ts / 1000000000, record->ts % 1000000000);
	else
		lines_add(&r->lines, "-%d [%03d] %llu: ", pid, s->cpu,
			  record->ts);
	lines_text(&r->lines, str_from(event->name ? event->name : "?"));
	lines_add(&r->lines, ": ");
	lines_text(&r->lines, str_trim(str_from(r->info.buffer)));
	lines_add(&r->lines, "\n");
}

static void read_recording(void *arg, int in, int out)
{
	struct tracecmd_input *input;
	struct reading r = { .n = 0 };
	struct stream *s;
	int buffers;

	(void)arg;
	if (!load_library())
		_exit(CHILD_NOT_LOADED);
	lib.tracecmd_set_loglevel(TEP_LOG_NONE);
	lib.tep_set_loglevel(TEP_LOG_NONE);
	/* Plugins are programs that lie about on the machine. */
	input = lib.tracecmd_open_fd(in, TRACECMD_FL_LOAD_NO_PLUGINS);
	if (!input)
		_exit(CHILD_NOT_READ);
	tell_clock(&r, input);
	add_buffer(&r, input);
	buffers = lib.tracecmd_buffer_instances(input);
	for (int i = 0; i < buffers && i < BUFFERS_MOST; i++)
		add_buffer(&r, lib.tracecmd_buffer_instance_handle(input, i));
	lib.trace_seq_init(&r.info);
	while ((s = earliest(&r))) {
		tell_record(&r, s);
		lib.tracecmd_free_record(s->record);
		s->record = lib.tracecmd_read_data(s->input, s->cpu);
		if (r.lines.n >= FLUSH_AT)
			child_flush(&r.lines, out);
	}
	child_flush(&r.lines, out);
	_exit(CHILD_FINE);
}

/* ---- the process that asked ------------------------------------------------ */

struct feed *recording_open(struct source *source, const char **why)
{
	int fd = source_spool(source, why);
	struct child *c;

	if (fd < 0)
		return NULL;
	/* The position is shared with whoever reads the source, who is done. */
	if (lseek(fd, 0, SEEK_SET) != 0) {
		*why = strerror(errno);
		close(fd);
		return NULL;
	}
	c = calloc(1, sizeof(*c));
	if (!c)
		die("out of memory");
	if (child_start(c, TRACECMD_SONAME, fd, read_recording, NULL, why))
		return &c->feed;
	free(c);
	return NULL;
}

void recording_close(struct feed *feed)
{
	child_end((struct child *)feed);
	free(feed);
}

const char *recording_library(void)
{
	return TRACECMD_SONAME;
}

#else

struct feed *recording_open(struct source *source, const char **why)
{
	(void)source;
	*why = "this program was built without libtracecmd: trace-cmd report -t "
	       "gives the text";
	return NULL;
}

void recording_close(struct feed *feed)
{
	(void)feed;
}

const char *recording_library(void)
{
	return "no libtracecmd";
}

#endif
