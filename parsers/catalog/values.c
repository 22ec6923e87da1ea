/* Groups of a match to typed values. */

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

/* "d3", "3", or a system domain by name, xen/include/public/xen.h DOMID_* */
static bool convert_domain(struct str s, int64_t *out)
{
	static const struct { struct str name; int64_t id; } special[] = {
		{ STR("d[IO]"), 0x7ff1 },   { STR("d[XEN]"), 0x7ff2 },
		{ STR("d[COW]"), 0x7ff3 },  { STR("d[IDLE]"), 0x7fff },
	};

	for (size_t i = 0; i < sizeof(special) / sizeof(*special); i++) {
		if (!str_eq(s, special[i].name))
			continue;
		*out = special[i].id;
		return true;
	}
	if (s.n && s.p[0] == 'd')
		s = str_skip(s, 1);
	return num_dec(s, out);
}

static bool convert_number(enum kind kind, struct str s, int64_t *out)
{
	uint64_t bits;

	switch (kind) {
	case KIND_HEX:
		if (!num_hex(s, &bits))
			return false;
		*out = (int64_t)bits;
		return true;
	case KIND_NUM: return num_any(s, out);
	case KIND_DOM: return convert_domain(s, out);
	default: return num_dec(s, out);
	}
}

/*
 * "03:00.0", and "0x03:0x00.0" of Linux 5.14: the segment that is not printed
 * is 0.
 */
static struct str convert_bdf(struct str s, struct arena *arena)
{
	if (s.n == 11 && str_starts(s, STR("0x")))
		s = arena_printf(arena, "%.*s:%.*s", 2, s.p + 2, 4, s.p + 7);
	if (s.n == 7)
		return arena_printf(arena, "0000:%.*s", STR_FMT(s));
	return s;
}

static struct str convert_text(const struct slot *slot, struct str s,
			       struct arena *arena)
{
	for (const struct setting *w = slot->words; w; w = w->next)
		if (str_eq(w->name, s))
			return w->value;
	if (slot->kind == KIND_BDF)
		return convert_bdf(s, arena);
	/* "eth0 (uninitialized)": the name without its state */
	if (slot->kind == KIND_IFACE && str_find(str_skip(s, 1), STR(" (")) > 0)
		return str_head(s, (size_t)str_find(str_skip(s, 1),
						    STR(" (")) + 1);
	return s;
}

bool slots_convert(const struct template *t,
		   const struct regex_scratch *scratch, struct str text,
		   struct arena *arena, struct event *event)
{
	for (unsigned i = 0; i < t->nslots; i++) {
		const struct slot *slot = &t->slots[i];
		struct str s = regex_slice(scratch, text, i + 1);
		struct value value = { .field = slot->field };
		const struct value *first;

		if (!s.p || slot->field == UINT16_MAX)
			continue;
		value.is_int = kind_is_number(slot->kind) && !slot->words;
		if (value.is_int) {
			if (!convert_number(slot->kind, s, &value.i))
				return false;
		} else {
			value.s = convert_text(slot, s, arena);
		}
		value.repeat = slot->repeats;	/* the block counts */
		first = slot->again ? event_find(event, slot->field) : NULL;
		if (first && !event_same(first, &value))
			return false;
		if (first)
			continue;
		if (event->nvalues < EVENT_VALUES_MAX)
			event->values[event->nvalues++] = value;
	}
	return true;
}

const struct value *event_find(const struct event *event,
				      unsigned field)
{
	for (unsigned i = 0; i < event->nvalues; i++)
		if (event->values[i].field == field)
			return &event->values[i];
	return NULL;
}

bool event_same(const struct value *a, const struct value *b)
{
	if (a->is_int != b->is_int)
		return false;
	return a->is_int ? a->i == b->i : str_eq(a->s, b->s);
}

void event_add(struct event *event, struct value value)
{
	if (event->nvalues < EVENT_VALUES_MAX)
		event->values[event->nvalues++] = value;
}
