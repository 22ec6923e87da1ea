/* Messages of several lines: a head, lines that add to it, and rows. */

#include "parsers/catalog/matching.h"

enum { LINES_MAX = 64 };
static const int64_t SILENCE_NS = 1000000000;

/* Guests have places of their own: they cannot push others out. */
static bool is_guests(const struct matcher *m, const struct open *open)
{
	return open >= m->open + OPEN_MAX - GUESTS_MAX;
}

void block_close(struct matcher *m, struct open *open)
{
	if (!open->entry)
		return;
	if (open->pending)
		matcher_emit(m, &open->event, open->entry);
	if (is_guests(m, open)) {
		m->guests.open--;
		m->guests.blind -= open->entry->blind;
	} else {
		m->others.open--;
		m->others.blind -= open->entry->blind;
	}
	open->entry = NULL;
	open->pending = false;
	arena_reset(open->arena);
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

void blocks_age(struct matcher *m, const struct framed *framed, bool has_hits)
{
	bool all = (has_hits || m->others.blind) &&
		   framed->trust != TRUST_GUEST;

	for (unsigned i = 0; i < OPEN_MAX; i++) {
		struct open *open = &m->open[i];
		const struct stamp *now = &framed->stamp;

		if (!open->entry || (!all && !is_guests(m, open)))
			continue;
		if (framed->where.line > open->line + LINES_MAX ||
		    (now->kind == open->event.when.clock &&
		     now->kind != CLOCK_NONE && now->kind != CLOCK_XEN_RAW &&
		     now->lo - open->last > SILENCE_NS))
			block_close(m, open);
	}
}

struct open *block_open(struct matcher *m, struct entry *entry,
			const struct event *event, const struct event *line)
{
	bool guest = event->trust == TRUST_GUEST;
	unsigned from = guest ? OPEN_MAX - GUESTS_MAX : 0;
	unsigned to = guest ? OPEN_MAX : OPEN_MAX - GUESTS_MAX;
	struct open *slot = &m->open[from];

	for (unsigned i = from; i < to; i++) {
		struct open *open = &m->open[i];

		if (open->entry == entry &&
		    open->event.speaker == event->speaker &&
		    same_keys(open, line))
			block_close(m, open);
		/* A free one, or the one that was quiet longest. */
		if (slot->entry && (!open->entry || open->line < slot->line))
			slot = open;
	}
	block_close(m, slot);
	if (!slot->arena) {
		slot->arena = arena_new();
		slot->repeats = arena_alloc(m->own, m->catalog->fields->count);
	}
	slot->entry = entry;
	slot->line = event->where.line;
	slot->last = event->when.open_lo ? event->when.hi : event->when.lo;
	slot->pending = entry->more != NULL;
	memset(slot->repeats, 0, m->catalog->fields->count);
	keep_event(slot, event);
	if (guest) {
		m->guests.open++;
		m->guests.blind += entry->blind;
	} else {
		m->others.open++;
		m->others.blind += entry->blind;
	}
	return slot;
}

bool block_add(struct open *open, const struct event *line)
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
		if (!open->pending ||
		    !matcher_tries(m, t, framed->text, &m->event) ||
		    !same_keys(open, &m->event) ||
		    !block_add(open, &m->event))
			continue;
		m->sink->claimed(m->sink, framed, &block->message);
		touch(open, framed);
		return &block->message;
	}
	for (struct entry *row = block->rows; row; row = row->sibling) {
		for (struct template *t = row->templates; t; t = t->next) {
			if (!matcher_tries(m, t, framed->text, &m->event) ||
			    !same_keys(open, &m->event))
				continue;
			matcher_start(m, framed, &row->message);
			inherit(&m->event, &open->event);
			touch(open, framed);
			matcher_emit(m, &m->event, row);
			return &row->message;
		}
	}
	return NULL;
}

const struct message *blocks_try(struct matcher *m, const struct framed *framed)
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
