/* The SELECT behind one clue of a cause: those parts of its UNION that name it. */

#include "analyzer/judge/judge.h"

/* Behind a quoted text or a comment that starts here; 0: none does. */
static size_t skip_quiet(struct str s, size_t at)
{
	char c = s.p[at];

	if (c == '\'' || c == '"') {
		for (at++; at < s.n && s.p[at] != c; at++)
			;
		return at < s.n ? at + 1 : s.n;
	}
	if (c != '-' || at + 1 >= s.n || s.p[at + 1] != '-')
		return 0;
	while (at < s.n && s.p[at] != '\n')
		at++;
	return at;
}

/* Where a word stands outside quotes, comments and parentheses; s.n: nowhere. */
static size_t find_word(struct str s, size_t from, struct str word)
{
	unsigned depth = 0;

	for (size_t at = from; at < s.n; ) {
		size_t behind = skip_quiet(s, at);

		if (behind) {
			at = behind;
			continue;
		}
		depth += s.p[at] == '(';
		depth -= s.p[at] == ')' && depth;
		if (!depth && str_starts(str_skip(s, at), word) &&
		    (!at || s.p[at - 1] == '\n' || s.p[at - 1] == ' '))
			return at;
		at++;
	}
	return s.n;
}

/* The statement without its semicolon. */
static struct str bare(struct str sql)
{
	sql = str_trim_end(sql);
	while (sql.n && (sql.p[sql.n - 1] == ';' || sql.p[sql.n - 1] == '\n'))
		sql = str_trim_end(str_head(sql, sql.n - 1));
	return sql;
}

struct str cause_sql(const struct cause *cause, const struct clue_decl *clue,
		     int64_t subject, struct arena *arena)
{
	struct str all = bare(cause->sql), with = { 0 }, parts = { 0 };
	struct str quoted = arena_printf(arena, "'%.*s'", STR_FMT(clue->name));
	size_t at = find_word(all, 0, STR("WITH "));
	size_t select = find_word(all, 0, STR("SELECT"));

	if (at < select && select < all.n) {
		with = str_skip(str_head(all, select), at + 5);
		with = arena_printf(arena, "%.*s,\n",
				    STR_FMT(bare(with)));
	}
	for (at = select < all.n ? select : 0; at < all.n; ) {
		size_t end = find_word(all, at, STR("UNION ALL"));
		struct str part = str_skip(str_head(all, end), at);

		at = end < all.n ? end + 9 : end;
		while (at < all.n && all.p[at] == '\n')
			at++;
		if (str_find(part, quoted) < 0)
			continue;
		parts = arena_printf(arena, "%.*s%s%.*s", STR_FMT(parts),
				     parts.n ? "\nUNION ALL\n" : "",
				     STR_FMT(bare(part)));
	}
	return arena_printf(arena, "WITH %.*sclue (subject, \"case\", clue, "
		"says, capture, line, n) AS (\n%.*s\n)\nSELECT * FROM clue "
		"WHERE clue = %.*s AND subject = %lld;", STR_FMT(with),
		STR_FMT(parts), STR_FMT(quoted), (long long)subject);
}
