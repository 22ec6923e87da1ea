/* Runs the causes, grades their cases, and writes the verdicts down. */

#include "analyzer/judge/inside.h"
#include "parsers/base/die.h"

/* By the numbers of the files: before the causes, for needs, behind them. */
static void run_analysis(struct store *store, const struct data *data,
			 const char *from, const char *to)
{
	const struct data_file *f;

	for (f = data_next(data, "schema/analysis/", ".sql", NULL); f;
	     f = data_next(data, "schema/analysis/", ".sql", f)) {
		struct str stem = data_stem(f);

		if (strcmp(stem.p, from) >= 0 && strcmp(stem.p, to) < 0)
			store_run_file(store, f);
	}
}

/* What the captures could have shown: found out when it is first asked. */
static void observe(struct judge *j)
{
	if (j->observed)
		return;
	run_analysis(j->store, j->data, "3", "5");
	j->observed = query_must(j->store, "SELECT 1 FROM observed WHERE "
		"boot = ?1 AND what = ?2");
}

static bool was_observed(void *arg, struct str what)
{
	struct judge *j = arg;
	bool any;

	observe(j);
	query_bind_int(j->observed, 1, j->boot);
	query_bind_text(j->observed, 2, what);
	any = query_next(j->observed);
	query_reset(j->observed);
	return any;
}

/*
 * Could the host have printed this line of Xen's?  Or rests what it says on a
 * clock that the user told?
 */
static bool is_forgeable(struct judge *j, int64_t capture, int64_t line,
			 int64_t of_case, enum evidence evidence)
{
	bool forgeable;

	query_bind_int(j->trust, 1, capture);
	query_bind_int(j->trust, 2, line);
	query_bind_int(j->trust, 3, of_case);
	query_bind_int(j->trust, 4, j->told && evidence != EVIDENCE_MESSAGE);
	forgeable = query_next(j->trust);
	query_reset(j->trust);
	return forgeable;
}

/* Nothing is joined across power-ons, however near its line stands. */
static bool is_elsewhere(struct judge *j, int64_t capture, int64_t line)
{
	int64_t boot;

	query_bind_int(j->place, 1, capture);
	query_bind_int(j->place, 2, line);
	boot = query_next(j->place) ? query_int(j->place, 0) : 0;
	query_reset(j->place);
	return boot && boot != j->boot;
}

static int64_t boot_of(struct judge *j, const struct cause *cause,
		       int64_t subject)
{
	int64_t boot;

	if (!str_eq(cause->about, STR("incident")))
		return subject;
	query_bind_int(j->incident, 1, subject);
	boot = query_next(j->incident) ? query_int(j->incident, 0) : 0;
	query_reset(j->incident);
	return boot;
}

/* A case that was graded: is it better than what the subject has? */
static void keep_better(struct best *best, struct best *now)
{
	struct arena *worse = best->arena;

	if (now->grading.grade == GRADE_NONE)
		return;
	if (best->grading.grade != GRADE_NONE &&
	    now->grading.grade >= best->grading.grade &&
	    (now->grading.grade != best->grading.grade || now->n <= best->n))
		return;
	*best = *now;
	now->arena = worse;
	/* Of the copy, as the next case is found in the other one's place. */
	for (unsigned i = 0; i < best->grading.ncaps; i++) {
		struct cap *cap = &best->grading.caps[i];

		if (cap->by)
			cap->by = best->found + (cap->by - now->found);
	}
}

/* A place for a clue: they stand as the header declares them. */
static struct found *place_for(struct best *now, const struct clue_decl *decl)
{
	struct found *f = now->found + now->nfound++;

	for (; f > now->found && f[-1].decl > decl; f--)
		*f = f[-1];
	return f;
}

/* Rows come by their lines: the first witness of a clue stands for all. */
static void add_found(struct judge *j, const struct cause *cause,
		      struct best *now, const struct query *q)
{
	const struct clue_decl *decl = cause_clue(cause, query_text(q, 2));
	struct found *f;

	if (!decl)
		die("%s: clue '%.*s' is not declared", cause->file,
		    STR_FMT(query_text(q, 2)));
	for (unsigned i = 0; i < now->nfound; i++)
		if (now->found[i].decl == decl)
			return;
	if (now->nfound == FOUND_MAX ||
	    (!query_is_null(q, 4) &&
	     is_elsewhere(j, query_int(q, 4), query_int(q, 5))))
		return;
	f = place_for(now, decl);
	*f = (struct found){
		.decl = decl, .says = arena_copy(now->arena, query_text(q, 3)),
		.has_line = !query_is_null(q, 4), .capture = query_int(q, 4),
		.line = query_int(q, 5), .n = query_int(q, 6),
	};
	f->forgeable = f->has_line && is_forgeable(j, f->capture, f->line,
						   now->case_id, decl->evidence);
	if (decl->role == ROLE_TRIGGER)
		now->n = f->n;
}

static void grade_now(struct judge *j, const struct cause *cause,
		      struct best *now, struct best *best)
{
	if (!now->nfound)
		return;
	grade_case(cause, now->found, now->nfound, was_observed, j,
		   &now->grading);
	keep_better(best, now);
	arena_reset(now->arena);
	now->nfound = 0;
	now->n = 0;
}

static void open_queries(struct judge *j)
{
	struct store *s = j->store;

	if (j->trust)
		return;
	j->trust = query_must(s, "SELECT 1 FROM line_text WHERE capture = ?1 "
		"AND line = ?2 AND speaker = 'xen' AND trust = 'host' UNION ALL "
		"SELECT 1 FROM fault_case WHERE id = ?3 AND told UNION ALL "
		"SELECT 1 FROM segment AS g JOIN clock AS k ON k.segment = g.id "
		"WHERE ?4 AND g.capture = ?1 AND k.joined_by = 'told' LIMIT 1");
	j->place = query_must(s, "SELECT boot FROM segment WHERE capture = ?1 "
		"AND first_line <= ?2 ORDER BY first_line DESC, id DESC LIMIT 1");
	/* Power-ons may be many: those of a capture are looked at where need be. */
	j->told = store_has(s, STR("SELECT 1 FROM clock WHERE joined_by = "
				   "'told'"), "judge");
	j->incident = query_must(s, "SELECT boot FROM incident WHERE id = ?1");
	verdict_open(j);
}

static struct query *open_cause(struct judge *j, const struct cause *cause)
{
	struct str sql = arena_printf(j->arena,
		"SELECT subject, \"case\", clue, says, capture, line, n "
		"FROM (%.*s) ORDER BY subject, \"case\", capture IS NULL, "
		"capture, line, says",
		STR_FMT(cause->sql));
	struct query *q;
	const char *error;

	/* The file's last semicolon would end the inner SELECT too early. */
	for (size_t i = sql.n; i-- > 0; ) {
		if (sql.p[i] != ';')
			continue;
		((char *)sql.p)[i] = ' ';
		break;
	}
	q = query_open(j->store, sql, &error);
	if (!q)
		die("%s: %s", cause->file, error);
	return q;
}

/* The verdict on a subject; the next one starts with nothing. */
static void end_subject(struct judge *j, const struct cause *cause,
			struct best *best, int64_t next)
{
	verdict_write(j, cause, best);
	arena_reset(best->arena);
	*best = (struct best){ .subject = next, .arena = best->arena };
}

/* Has this SELECT a row?  Many causes ask the same: it is asked once. */
static bool has_row(struct judge *j, struct str when, const char *file)
{
	struct asked *asked = j->asked;

	for (unsigned i = 0; i < j->nasked; i++)
		if (str_eq(asked[i].when, when))
			return asked[i].any;
	asked += j->nasked++;
	asked->when = when;
	asked->any = store_has(j->store, when, file);
	return asked->any;
}

/*
 * "SELECT 1 FROM t" of a longer SELECT that has no row where t has none; empty
 * where it may have one all the same.
 */
static struct str first_table(struct str when)
{
	static const char head[] = "SELECT 1 FROM ";
	size_t n = sizeof(head) - 1;

	if (!str_starts(when, str_from(head)) ||
	    str_find(when, STR("UNION")) >= 0)
		return (struct str){ 0 };
	while (n < when.n && when.p[n] != ' ' && when.p[n] != ',')
		n++;
	return str_head(when, n);
}

/* Most captures have no rows in most tables: that is asked first. */
static bool is_wanted(struct judge *j, const struct cause *cause)
{
	struct str table = first_table(cause->when);

	if (!cause->when.n)
		return true;
	return (!table.n || has_row(j, table, cause->file)) &&
	       has_row(j, cause->when, cause->file);
}

static void run_cause(struct judge *j, const struct cause *cause)
{
	struct best *now, *best;
	struct query *q;

	if (!cause)
		die("a cause that is built in cannot be read");
	arena_reset(j->arena);
	now = ARENA_NEW(j->arena, struct best);
	best = ARENA_NEW(j->arena, struct best);
	now->arena = arena_new();
	best->arena = arena_new();
	q = open_cause(j, cause);
	while (query_next(q)) {
		int64_t subject = query_int(q, 0), id = query_int(q, 1);

		open_queries(j);
		if (subject != now->subject || id != now->case_id) {
			grade_now(j, cause, now, best);
			if (subject != best->subject)
				end_subject(j, cause, best, subject);
			now->subject = subject;
			now->case_id = id;
			j->boot = boot_of(j, cause, subject);
			now->has_case = !query_is_null(q, 1);
		}
		add_found(j, cause, now, q);
	}
	if (query_error(q))
		die("%s: %s", cause->file, query_error(q));
	query_close(q);
	grade_now(j, cause, now, best);
	end_subject(j, cause, best, 0);
	arena_free(now->arena);
	arena_free(best->arena);
}

static void close_queries(struct judge *j)
{
	query_close(j->trust);
	query_close(j->place);
	query_close(j->incident);
	query_close(j->observed);
	verdict_close(j);
}

/* Noise comes last: whether something is harmless may hang on all else. */
static void run_causes(struct judge *j, const struct causes *causes, bool noise)
{
	/* What was asked of the verdicts themselves has another answer now. */
	j->nasked = 0;
	for (unsigned i = 0; i < causes->count; i++) {
		const struct cause *cause = &causes->items[i];

		if (str_eq(cause->kind, STR("noise")) == noise &&
		    is_wanted(j, cause))
			run_cause(j, causes_at(causes, i));
	}
}

void judge_run(struct store *store, const struct data *data,
	       const struct causes *causes)
{
	struct arena *arena = arena_new();
	struct judge j = {
		.store = store, .data = data, .arena = arena_new(),
		.asked = ARENA_ARRAY(arena, struct asked,
				     2 * causes->count + 1),
	};

	run_analysis(store, data, "", "3");
	store_run(store, STR("DELETE FROM cause"), "forget causes");
	run_causes(&j, causes, false);
	run_causes(&j, causes, true);
	if (store_has(store, STR("SELECT 1 FROM incident"), "judge"))
		observe(&j);
	close_queries(&j);
	run_analysis(store, data, "5", "~");
	arena_free(j.arena);
	arena_free(arena);
}
