/*
 * A framed line against the catalogue: open blocks first, then the entries
 * whose anchors were hit, in the order of the catalogue.
 */

#include "parsers/catalog/entry.h"

enum { OPEN_MAX = 12, GUESTS_MAX = 4, LINES_MAX = 64 };
static const int64_t SILENCE_NS = 1000000000;

/* A block whose head was seen and whose members may still come. */
struct open {
	struct entry *entry;		/* NULL: free */
	struct event event;		/* of the head */
	struct arena *arena;		/* what its values point to */
	bool pending;			/* not yet given to the sink */
	uint32_t line;			/* its last own one */
	int64_t last;			/* stamp of its last own line, ns */
	uint8_t *repeats;		/* by field, how often so far */
};

struct matcher {
	struct catalog *catalog;
	struct sink *sink;
	struct dater *dater;
	struct regex_scratch *scratch;
	struct arena *arena;		/* of the line */
	struct arena *own;		/* of the matcher itself */
	struct diag diag;
	struct event event;		/* of the line */
	struct open open[OPEN_MAX];
	unsigned nopen, nblind;		/* nblind: with members that have no anchor */
};

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
	for (unsigned i = 0; i < OPEN_MAX; i++) {
		m->open[i].arena = arena_new();
		m->open[i].repeats = arena_alloc(arena, catalog->fields->count);
	}
	m->own = arena;
	return m;
}

static bool matches(struct matcher *m, struct template *t, struct str text,
		    struct event *event)
{
	event->nvalues = 0;
	return template_ready(t, m->catalog->fields, &m->diag) &&
	       regex_match(t->regex, m->scratch, text) &&
	       slots_convert(t, m->scratch, text, m->arena, event);
}

static void emit(struct matcher *m, struct event *event,
		 const struct entry *entry)
{
	if (entry->each.used)
		operations_emit(m->sink, m->catalog->fields, event,
				&entry->each);
	else
		m->sink->event(m->sink, event);
}

/* ---- open blocks ------------------------------------------------------- */

static void close_block(struct matcher *m, struct open *open)
{
	if (!open->entry)
		return;
	if (open->pending)
		emit(m, &open->event, open->entry);
	m->nblind -= open->entry->blind;
	m->nopen--;
	open->entry = NULL;
	open->pending = false;
	arena_reset(open->arena);
}

void matcher_flush(struct matcher *m)
{
	for (unsigned i = 0; i < OPEN_MAX; i++)
		close_block(m, &m->open[i]);
}

bool matcher_is_open(const struct matcher *m)
{
	return m->nopen != 0;
}

bool matcher_wants_all(const struct matcher *m)
{
	return m->nblind != 0;
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

/* Copies an event so that it outlives its line. */
static void keep_event(struct open *open, const struct event *event)
{
	open->event = *event;
	for (unsigned i = 0; i < event->nvalues; i++)
		if (!event->values[i].is_int)
			open->event.values[i].s = arena_copy(open->arena,
						event->values[i].s);
}

static bool same_keys(const struct open *open, const struct event *event)
{
	for (unsigned i = 0; i < open->entry->nkeys; i++) {
		const struct value *a, *b;

		a = event_find(&open->event, open->entry->keys[i]);
		b = event_find(event, open->entry->keys[i]);
		if (a && b && !event_same(a, b))
			return false;
	}
	return true;
}

/* Closes the blocks that were silent for too many lines, or for too long. */
static void age_blocks(struct matcher *m, const struct framed *framed)
{
	for (unsigned i = 0; i < OPEN_MAX; i++) {
		struct open *open = &m->open[i];
		const struct stamp *now = &framed->stamp;

		if (!open->entry)
			continue;
		if (framed->where.line > open->line + LINES_MAX ||
		    (now->kind == open->event.when.clock &&
		     now->kind != CLOCK_NONE && now->kind != CLOCK_XEN_RAW &&
		     now->lo - open->last > SILENCE_NS))
			close_block(m, open);
	}
}

/*
 * Opens a block for the event of its head, or of a member without one; line:
 * what was read, which tells the block that this one takes the place of.
 */
static struct open *open_block(struct matcher *m, struct entry *entry,
			       const struct event *event,
			       const struct event *line)
{
	/* Guests have places of their own: they cannot push others out. */
	bool guest = event->trust == TRUST_GUEST;
	unsigned from = guest ? OPEN_MAX - GUESTS_MAX : 0;
	unsigned to = guest ? OPEN_MAX : OPEN_MAX - GUESTS_MAX;
	struct open *slot = &m->open[from];

	for (unsigned i = from; i < to; i++) {
		struct open *open = &m->open[i];

		if (open->entry == entry &&
		    open->event.speaker == event->speaker &&
		    same_keys(open, line))
			close_block(m, open);
		/* A free one, or the one that was quiet longest. */
		if (slot->entry && (!open->entry || open->line < slot->line))
			slot = open;
	}
	close_block(m, slot);
	slot->entry = entry;
	slot->line = event->where.line;
	slot->last = event->when.lo;
	slot->pending = entry->more != NULL;
	memset(slot->repeats, 0, m->catalog->fields->count);
	keep_event(slot, event);
	m->nopen++;
	m->nblind += entry->blind;
	return slot;
}

/* Adds the fields of a "more" line; false if they are there already. */
static bool add_fields(struct open *open, const struct event *line)
{
	for (unsigned i = 0; i < line->nvalues; i++) {
		const struct value *v = &line->values[i];

		if (v->repeat && open->repeats[v->field] >= v->repeat)
			return false;
		if (!v->repeat && event_find(&open->event, v->field) &&
		    !event_same(event_find(&open->event, v->field), v))
			return false;
	}
	for (unsigned i = 0; i < line->nvalues; i++) {
		struct value v = line->values[i];

		if (!v.repeat && event_find(&open->event, v.field))
			continue;
		if (v.repeat)
			v.repeat = ++open->repeats[v.field];
		if (!v.is_int)
			v.s = arena_copy(open->arena, v.s);
		event_add(&open->event, v);
	}
	return true;
}

static void inherit(struct event *event, const struct event *head)
{
	for (unsigned i = 0; i < head->nvalues; i++)
		if (!event_find(event, head->values[i].field))
			event_add(event, head->values[i]);
}

static void start_event(struct matcher *m, const struct framed *framed,
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
	m->dater->date(m->dater, framed, &event->when, &event->between);
	m->sink->claimed(m->sink, framed, message);
}

static void touch(struct open *open, const struct framed *framed)
{
	open->line = framed->where.line;
	if (framed->stamp.kind == open->event.when.clock)
		open->last = framed->stamp.lo;
}

/* Tries a line against one open block. */
static const struct message *try_block(struct matcher *m, struct open *open,
				       const struct framed *framed)
{
	struct entry *block = open->entry;

	for (struct template *t = block->more; t; t = t->next) {
		if (!open->pending || !matches(m, t, framed->text, &m->event) ||
		    !same_keys(open, &m->event) ||
		    !add_fields(open, &m->event))
			continue;
		m->sink->claimed(m->sink, framed, &block->message);
		touch(open, framed);
		return &block->message;
	}
	for (struct entry *row = block->rows; row; row = row->sibling) {
		for (struct template *t = row->templates; t; t = t->next) {
			if (!matches(m, t, framed->text, &m->event) ||
			    !same_keys(open, &m->event))
				continue;
			start_event(m, framed, &row->message);
			inherit(&m->event, &open->event);
			touch(open, framed);
			emit(m, &m->event, row);
			return &row->message;
		}
	}
	return NULL;
}

static const struct message *try_blocks(struct matcher *m,
					const struct framed *framed)
{
	for (unsigned i = 0; i < OPEN_MAX; i++) {
		struct open *open = &m->open[i];
		const struct message *message;

		if (!open->entry || open->event.speaker != framed->speaker ||
		    open->event.forged != framed->forged)
			continue;
		message = try_block(m, open, framed);
		if (message)
			return message;
	}
	return NULL;
}

/* ---- candidates -------------------------------------------------------- */

static bool may_say(enum from from, const struct framed *framed)
{
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
		return framed->traced;
	case FROM_ANY:
		return true;
	}
	return false;
}

static const struct message *try_candidate(struct matcher *m,
					   struct candidate *c,
					   const struct framed *framed)
{
	struct entry *entry = candidate_ready(m->catalog, c, &m->diag);
	struct open *open;

	if (!entry || !may_say(entry->from, framed) ||
	    !matches(m, c->template, framed->text, &m->event))
		return NULL;
	start_event(m, framed, &entry->message);
	if (c->lead->is_more) {
		struct event line = m->event;

		m->event.headless = true;
		m->event.nvalues = 0;
		open = open_block(m, entry, &m->event, &line);
		add_fields(open, &line);
	} else if (entry->role == ROLE_BLOCK) {
		open = open_block(m, entry, &m->event, &m->event);
		if (!open->pending)
			emit(m, &m->event, entry);
	} else {
		emit(m, &m->event, entry);
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
		for (struct candidate *c = m->catalog->by_anchor[hits[i].anchor];
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
	if (m->nopen) {
		age_blocks(m, framed);
		message = try_blocks(m, framed);
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
