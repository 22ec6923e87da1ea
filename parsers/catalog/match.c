/*
 * A framed line against the catalogue: open blocks first, then the entries
 * whose anchors were hit, in the order of the catalogue.
 */

#include "parsers/catalog/matching.h"

struct matcher *matcher_new(struct catalog *catalog, struct sink *sink,
			    struct dater *dater)
{
	struct arena *arena = arena_new();
	struct matcher *m = ARENA_NEW(arena, struct matcher);

	m->catalog = catalog;
	m->sink = sink;
	m->dater = dater;
	m->scratch = regex_scratch_new();
	m->arena = arena_new();
	m->own = arena;
	return m;
}

bool matcher_tries(struct matcher *m, struct template *t, struct str text,
		   struct event *event)
{
	event->nvalues = 0;
	return template_ready(t, m->catalog->fields, &m->diag) &&
	       regex_match(t->regex, m->scratch, text) &&
	       slots_convert(t, m->scratch, text, m->arena, event);
}

void matcher_emit(struct matcher *m, struct event *event,
		  const struct entry *entry)
{
	if (entry->each.used)
		operations_emit(m->sink, m->catalog->fields, event,
				&entry->each);
	else
		m->sink->event(m->sink, event);
}

void matcher_flush(struct matcher *m)
{
	for (unsigned i = 0; i < OPEN_MAX; i++)
		block_close(m, &m->open[i]);
}

bool matcher_is_open(const struct matcher *m)
{
	return m->others.open != 0;
}

bool matcher_wants_all(const struct matcher *m)
{
	return m->guests.blind + m->others.blind != 0;
}

void matcher_free(struct matcher *m)
{
	struct arena *own;

	if (!m)
		return;
	matcher_flush(m);
	own = m->own;
	for (unsigned i = 0; i < OPEN_MAX; i++)
		arena_free(m->open[i].arena);
	regex_scratch_free(m->scratch);
	arena_free(m->arena);
	arena_free(own);
}

void matcher_start(struct matcher *m, const struct framed *framed,
		   const struct message *message)
{
	struct event *event = &m->event;

	event->message = message;
	event->where = framed->where;
	event->speaker = framed->speaker;
	event->trust = framed->trust;
	event->forged = framed->forged;
	event->replayed = framed->replayed;
	event->headless = false;
	event->when = event->between = (struct when){ 0 };
	if (m->dater)
		m->dater->date(m->dater, framed, &event->when, &event->between);
	m->sink->claimed(m->sink, framed, message);
}

/* ---- candidates -------------------------------------------------------- */

static bool may_say(enum from from, const struct framed *framed)
{
	/* What is found in a file is said by no line of a console. */
	if ((from == FROM_FILE) != (framed->speaker == SPEAKER_FILE))
		return false;
	switch (from) {
	case FROM_XEN:
		return framed->speaker == SPEAKER_XEN || framed->forged;
	case FROM_LINUX:
		if (framed->user)
			return false;
		/* fall through */
	case FROM_TOOL:
		return framed->speaker != SPEAKER_XEN && !framed->forged &&
		       !framed->traced;
	case FROM_TRACE:
		/* A program that logs one may pass on what a guest says. */
		return framed->traced && !framed->user;
	case FROM_FILE:
	case FROM_ANY:
		return true;
	}
	return false;
}

/* Lines of a machine that starts belong to nothing that was before. */
static bool starts_over(const struct entry *entry, const struct framed *framed)
{
	enum means means = entry->message.means;

	return framed->speaker < 0 && !framed->replayed &&
	       (means == MEANS_BOOT_EARLY || means == MEANS_BOOT_START ||
		means == MEANS_KERNEL_EARLY || means == MEANS_KERNEL_START);
}

static const struct message *try_candidate(struct matcher *m,
					   struct candidate *c,
					   const struct framed *framed)
{
	struct entry *entry = candidate_ready(m->catalog, c, &m->diag);
	struct open *open;

	if (!entry || !may_say(entry->from, framed) ||
	    !matcher_tries(m, c->template, framed->text, &m->event))
		return NULL;
	if (starts_over(entry, framed))
		matcher_flush(m);
	matcher_start(m, framed, &entry->message);
	if (c->is_more) {
		struct event line = m->event;

		m->event.headless = true;
		m->event.nvalues = 0;
		open = block_open(m, entry, &m->event, &line);
		block_add(open, &line);
	} else if (entry->role == ROLE_BLOCK) {
		open = block_open(m, entry, &m->event, &m->event);
		if (!open->pending)
			matcher_emit(m, &m->event, entry);
	} else {
		matcher_emit(m, &m->event, entry);
	}
	return &entry->message;
}

/* The candidate of lowest rank that was not tried yet. */
static struct candidate *next_candidate(const struct matcher *m,
					const struct hit *hits, size_t nhits,
					unsigned above, bool first)
{
	struct candidate *best = NULL;

	for (size_t i = 0; i < nhits; i++)
		for (struct candidate *c = candidates_of(m->catalog,
							 hits[i].anchor);
		     c; c = c->next)
			if ((first || c->rank > above) &&
			    (!best || c->rank < best->rank))
				best = c;
	return best;
}

const struct message *matcher_line(struct matcher *m,
				   const struct framed *framed,
				   const struct hit *hits, size_t nhits)
{
	const struct message *message = NULL;
	struct candidate *c;

	arena_reset(m->arena);
	m->event.nvalues = 0;
	if (m->guests.open + m->others.open) {
		blocks_age(m, framed, nhits != 0);
		message = blocks_try(m, framed);
	}
	if (message || nhits == 0)
		return message;
	for (c = next_candidate(m, hits, nhits, 0, true); c && !message;
	     c = next_candidate(m, hits, nhits, c->rank, false))
		message = try_candidate(m, c, framed);
	return message;
}

struct str matcher_value(const struct matcher *m, const char *name)
{
	int field = fields_find(m->catalog->fields, str_from(name));
	const struct value *value = field < 0 ? NULL
		: event_find(&m->event, (unsigned)field);

	return value && !value->is_int ? value->s : (struct str){ 0 };
}
