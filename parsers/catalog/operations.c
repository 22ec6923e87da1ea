/* A list of words in one line, and the operations it stands for. */

#include "parsers/base/num.h"
#include "parsers/catalog/entry.h"

static int64_t pick_bits(const struct pick *pick, const uint64_t *words)
{
	uint64_t bits = words[pick->word] >> pick->bit;

	if (pick->width < 64) {
		bits &= ((uint64_t)1 << pick->width) - 1;
		if (pick->is_signed && bits >> (pick->width - 1))
			bits |= ~(((uint64_t)1 << pick->width) - 1);
	}
	return (int64_t)bits;
}

/* Takes the words of one operation off a list; false at its end. */
static bool take_words(struct str *list, uint64_t *words, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		struct str word = str_split(list, ',');

		if (!num_hex(word, &words[i]))
			return false;
	}
	return true;
}

/* One event an operation; an operation of zeros was unreadable memory. */
void operations_emit(struct sink *sink, const struct fields *fields,
		     struct event *event, const struct each *each)
{
	const struct value *list = event_find(event, each->list);
	int shown_field = fields_find(fields, STR("shown"));
	int count_field = fields_find(fields, STR("count"));
	const struct value *count = count_field < 0 ? NULL
		: event_find(event, (unsigned)count_field);
	unsigned before = event->nvalues;
	uint64_t words[8];
	int64_t shown = 0;
	struct str rest;

	if (!list)
		return;
	rest = list->s;
	while (take_words(&rest, words, each->size))
		shown++;
	rest = list->s;
	/* What stands behind the last operation is old memory. */
	if (count && count->is_int && count->i - each->first < shown)
		shown = count->i - each->first;
	for (int64_t left = shown;
	     left > 0 && take_words(&rest, words, each->size); left--) {
		uint64_t any = 0;

		for (unsigned i = 0; i < each->size; i++)
			any |= words[i];
		if (!any)
			continue;
		event->nvalues = before;
		for (unsigned i = 0; i < each->npicks; i++)
			event_add(event, (struct value){
				.field = each->picks[i].field, .is_int = true,
				.i = pick_bits(&each->picks[i], words),
			});
		if (shown_field >= 0)
			event_add(event, (struct value){
				.field = (uint16_t)shown_field,
				.is_int = true,
				.i = each->first + shown,
			});
		sink->event(sink, event);
	}
}
