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

/* Takes the words of one operation off the lists; false at the end of one. */
static bool take_words(struct str *lists, const struct each *each,
		       uint64_t *words)
{
	for (unsigned i = 0; i < each->nlists; i++)
		for (unsigned n = 0; n < each->size; n++)
			if (!num_hex(str_split(&lists[i], ','), words++))
				return false;
	return true;
}

/* False when one of them is missing. */
static bool find_lists(const struct event *event, const struct each *each,
		       struct str *lists)
{
	for (unsigned i = 0; i < each->nlists; i++) {
		const struct value *list = event_find(event, each->lists[i]);

		if (!list)
			return false;
		lists[i] = list->s;
	}
	return true;
}

/* One event an operation; an operation of zeros was unreadable memory. */
void operations_emit(struct sink *sink, const struct fields *fields,
		     struct event *event, const struct each *each)
{
	int shown_field = fields_find(fields, STR("shown"));
	int count_field = fields_find(fields, STR("count"));
	const struct value *count = count_field < 0 ? NULL
		: event_find(event, (unsigned)count_field);
	unsigned before = event->nvalues;
	struct str rest[LISTS_MAX];
	uint64_t words[WORDS_MAX];
	int64_t shown = 0;

	if (!find_lists(event, each, rest))
		return;
	while (take_words(rest, each, words))
		shown++;
	find_lists(event, each, rest);
	/* What stands behind the last operation is old memory. */
	if (count && count->is_int && count->i - each->first < shown)
		shown = count->i - each->first;
	for (int64_t left = shown;
	     left > 0 && take_words(rest, each, words); left--) {
		uint64_t any = 0;

		for (unsigned i = 0; i < each->size * each->nlists; i++)
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
