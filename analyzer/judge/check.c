/* Causes prepared and their columns compared, for "check". */

#include "analyzer/judge/judge.h"

void judge_check(struct store *store, const struct data *data,
		 const struct causes *causes, struct diag *diag)
{
	static const char *const columns[] = {
		"subject", "case", "clue", "says", "capture", "line", "n",
	};

	for (unsigned i = 0; i < causes->count; i++) {
		const struct cause *cause = causes_at(causes, i);
		struct place place = { 0 };
		struct str whole;
		const char *error;
		struct query *q;
		ptrdiff_t at;

		if (!cause)
			continue;
		place.file = cause->file;
		whole = data_find(data, cause->file).text;
		q = query_open(store, cause->sql, &error);
		at = query_error_at(store);
		if (!q) {
			if (at >= 0)
				place = place_in(cause->file, whole,
					(size_t)(cause->sql.p - whole.p + at));
			diag_at(diag, place, "", "%s", error);
			continue;
		}
		if (cause->when.n)
			store_has(store, cause->when, cause->file);
		for (int c = 0; c < 7; c++)
			if (c >= query_columns(q) ||
			    strcmp(query_name(q, c), columns[c]) != 0)
				diag_at(diag, place, "a cause selects subject, "
					"\"case\", clue, says, capture, line, n",
					"column %d is not '%s'", c + 1,
					columns[c]);
		query_close(q);
		for (unsigned k = 0; k < cause->nclues; k++) {
			struct str name = cause->clues[k].name;
			struct arena *arena = arena_new();
			struct str quoted = arena_printf(arena, "'%.*s'",
							 STR_FMT(name));

			if (str_find(cause->sql, quoted) < 0)
				diag_at(diag, place, "", "clue '%.*s' is "
					"declared and never selected",
					STR_FMT(name));
			arena_free(arena);
		}
	}
}
