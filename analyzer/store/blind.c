/* Questions of what the traces could not show. */

#include "analyzer/store/blind.h"
#include "analyzer/store/inside.h"

int64_t minus(int64_t a, int64_t b)
{
	int64_t out;

	return __builtin_sub_overflow(a, b, &out) ? (b < 0 ? NEVER : EVER) : out;
}

int64_t plus(int64_t a, int64_t b)
{
	int64_t out;

	return __builtin_add_overflow(a, b, &out) ? (b < 0 ? EVER : NEVER) : out;
}

static bool answer(struct query *q)
{
	bool any = query_row(q);

	query_reset(q);
	return any;
}

bool blind_may_miss(struct blind *b, const struct fault *f, enum hidden what,
		    int64_t after)
{
	if (b->all_shown)
		return false;
	query_bind_int(b->missing, 1, f->boot);
	query_bind_int(b->missing, 2, what);
	query_bind_int(b->missing, 3, after);
	query_bind_int(b->missing, 4, f->hi);
	query_bind_int(b->missing, 5, plus(f->hi, b->widest));
	return answer(b->missing);
}

/* Operations that are not shown up to that time. */
static int64_t count_upto(struct blind *b, const struct fault *f,
			  enum hidden what, int64_t lo, int64_t hi)
{
	int64_t n = 0;

	query_bind_int(b->upto, 1, f->boot);
	query_bind_int(b->upto, 2, what);
	query_bind_int(b->upto, 3, lo);
	query_bind_int(b->upto, 4, hi);
	if (query_row(b->upto))
		n = query_int(b->upto, 0);
	query_reset(b->upto);
	return n;
}

int64_t blind_count(struct blind *b, const struct fault *f,
		    const struct finding *found)
{
	enum hidden what = found->rank >= LIVE_POSSIBLE ? UNMAPS : MAPS;
	int64_t n;

	if (b->all_shown || found->rank == LIVE_CERTAIN)
		return 0;
	n = count_upto(b, f, what, f->hi, plus(f->hi, b->widest));
	if (found->since != EVER && found->since != NEVER)
		n -= count_upto(b, f, what, NEVER, found->since);
	if (n < 0)			/* it began at the fault, or behind it */
		n = 0;
	query_bind_int(b->loose, 1, f->boot);
	query_bind_int(b->loose, 2, what);
	if (query_row(b->loose))
		n += int_or(b->loose, 0, 0);
	query_reset(b->loose);
	return n;
}

bool blind_covers(struct blind *b, const struct fault *f)
{
	if (blind_seen_to(b, f->boot) >= f->hi)
		return true;
	query_bind_int(b->covered, 1, f->boot);
	query_bind_int(b->covered, 2, f->in_order ? f->capture : 0);
	query_bind_int(b->covered, 3, f->line);
	return answer(b->covered);
}

int64_t blind_seen_to(struct blind *b, int64_t boot)
{
	if (b->boot == boot)
		return b->to;
	query_bind_int(b->seen_to, 1, boot);
	b->boot = boot;
	b->to = query_row(b->seen_to) ? int_or(b->seen_to, 0, EVER) : EVER;
	query_reset(b->seen_to);
	return b->to;
}

static int64_t ask_widest(struct store *s)
{
	struct query *q = query_must(s, "SELECT max(hi - lo) FROM grant_unshown");
	int64_t widest = query_row(q) ? int_or(q, 0, 0) : 0;

	query_close(q);
	return widest;
}

void blind_open(struct blind *b, struct store *s)
{
	b->widest = ask_widest(s);
	b->boot = 0;			/* none has that number */
	b->all_shown = !query_any(s, "SELECT 1 FROM grant_unshown UNION ALL "
				     "SELECT 1 FROM grant_dark LIMIT 1");
	b->missing = query_must(s, "SELECT 1 FROM grant_unshown "
		"WHERE boot = ?1 AND maps = ?2 AND hi > ?3 AND hi <= ?5 "
		"AND lo <= ?4 UNION ALL SELECT 1 FROM grant_dark "
		"WHERE boot = ?1 AND maps IN (?2, 2) "
		"AND (hi IS NULL OR hi > ?3) AND (lo IS NULL OR lo <= ?4) "
		"LIMIT 1");
	b->upto = query_must(s, "SELECT upto FROM grant_unshown "
		"WHERE boot = ?1 AND maps = ?2 AND hi <= ?4 AND lo <= ?3 "
		"ORDER BY hi DESC, lo DESC, upto DESC LIMIT 1");
	b->loose = query_must(s, "SELECT sum(n) FROM grant_dark "
				 "WHERE boot = ?1 AND maps = ?2");
	b->covered = query_must(s, "SELECT 1 FROM trace_cover "
		"WHERE boot = ?1 AND capture = ?2 AND line > ?3 LIMIT 1");
	b->seen_to = query_must(s, "SELECT max(last_lo) FROM trace_cover "
				   "WHERE boot = ?1");
}

void blind_close(struct blind *b)
{
	query_close(b->missing);
	query_close(b->upto);
	query_close(b->loose);
	query_close(b->covered);
	query_close(b->seen_to);
}
