/* Runs the causes, grades their cases, and writes the verdicts down. */

#include "analyzer/judge/grade.h"
#include "parsers/base/die.h"

enum { FOUND_MAX = 256 };

struct judge {
	struct store *store;
	const struct data *data;
	struct arena *arena;		/* of one cause */
	struct query *trust, *incident, *observed, *verdict, *clue, *missing;
	int64_t boot;			/* of the subject being graded */
	int64_t next_id;
};

/* What one cause says of one subject: the best of its cases. */
struct best {
	struct arena *arena;		/* of what was found */
	int64_t subject, case_id;
	bool has_case;
	struct grading grading;
	struct found found[FOUND_MAX];
	unsigned nfound;
	int64_t n;
};

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
	query_bind_int(j->trust, 4, evidence != EVIDENCE_MESSAGE);
	forgeable = query_next(j->trust);
	query_reset(j->trust);
	return forgeable;
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

static void write_clues(struct judge *j, const struct best *best)
{
	unsigned place = 0;

	for (unsigned role = 0; role < ROLES; role++) {
		for (unsigned i = 0; i < best->nfound; i++) {
			const struct found *f = &best->found[i];

			if (f->decl->role != role)
				continue;
			query_bind_int(j->clue, 1, j->next_id);
			query_bind_int(j->clue, 2, ++place);
			query_bind_text(j->clue, 3, f->decl->name);
			query_bind_text(j->clue, 4, str_from(role_name(role)));
			query_bind_text(j->clue, 5, f->says);
			query_bind_int(j->clue, 6, f->n);
			query_bind_int(j->clue, 7, f->has_line);
			query_bind_int(j->clue, 8, f->capture);
			query_bind_int(j->clue, 9, f->line);
			query_run(j->clue);
		}
	}
}

static void write_missing_clue(struct judge *j, unsigned place,
			       const struct clue_decl *decl)
{
	query_bind_int(j->missing, 1, j->next_id);
	query_bind_int(j->missing, 2, place);
	query_bind_text(j->missing, 3, decl->name);
	query_bind_text(j->missing, 4, decl->ask.n ? decl->ask : decl->says);
	query_bind_text(j->missing, 5, decl->capture);
	query_run(j->missing);
}

static bool was_found(const struct best *best, const struct clue_decl *decl)
{
	for (unsigned i = 0; i < best->nfound; i++)
		if (best->found[i].decl == decl)
			return true;
	return false;
}

/* Needs that nobody showed, and what would decide, with how to capture it. */
static void write_missing(struct judge *j, const struct cause *cause,
			  const struct best *best)
{
	const struct grading *g = &best->grading;
	unsigned place = 0;

	if (g->grade == GRADE_RULED_OUT) {
		if (g->excluder->capture.n &&
		    g->excluder->role == ROLE_EXCLUDES)
			write_missing_clue(j, ++place, g->excluder);
		return;
	}
	for (unsigned i = 0; i < g->missing; i++)
		write_missing_clue(j, ++place, g->missing_needs[i]);
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *decl = &cause->clues[i];

		if (decl->role == ROLE_DECIDES && decl->capture.n &&
		    g->grade != GRADE_CONFIRMED && !was_found(best, decl))
			write_missing_clue(j, ++place, decl);
	}
}

static struct str why_ruled_out(const struct best *best)
{
	const struct grading *g = &best->grading;

	if (g->grade != GRADE_RULED_OUT)
		return (struct str){ 0 };
	if (g->ruled_out_by.n)
		return g->ruled_out_by;
	return arena_printf(best->arena, "the captures show that this is not "
			    "so: %.*s", STR_FMT(g->excluder->says));
}

static void write_verdict(struct judge *j, const struct cause *cause,
			  const struct best *best)
{
	const struct grading *g = &best->grading;
	struct str why = why_ruled_out(best);

	if (g->grade == GRADE_NONE)
		return;
	query_bind_int(j->verdict, 1, ++j->next_id);
	query_bind_text(j->verdict, 2, cause->id);
	query_bind_text(j->verdict, 3, cause->about);
	query_bind_int(j->verdict, 4, best->subject);
	query_bind_int(j->verdict, 5, best->has_case);
	query_bind_int(j->verdict, 6, best->case_id);
	query_bind_text(j->verdict, 7, cause->kind);
	query_bind_text(j->verdict, 8, str_from(grade_name(g->grade)));
	query_bind_int(j->verdict, 9, g->grade);
	query_bind_int(j->verdict, 10, g->evidence);
	query_bind_int(j->verdict, 11, g->missing);
	query_bind_text(j->verdict, 12, why);
	query_run(j->verdict);
	write_clues(j, best);
	write_missing(j, cause, best);
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
}

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
			return;		/* the first witness stands for all */
	if (now->nfound == FOUND_MAX)
		return;
	f = &now->found[now->nfound++];
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
	j->boot = boot_of(j, cause, now->subject);
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
	j->incident = query_must(s, "SELECT boot FROM incident WHERE id = ?1");
	j->verdict = query_must(s, "INSERT INTO verdict (id, cause, about, "
		"subject, case_id, kind, grade, grade_rank, evidence, missing, "
		"place, says) VALUES (?1, ?2, ?3, ?4, iif(?5, ?6, NULL), ?7, "
		"?8, ?9, ?10, ?11, 0, nullif(?12, ''))");
	j->clue = query_must(s, "INSERT INTO verdict_clue (verdict, place, "
		"clue, role, says, n, capture, line, trust) VALUES (?1, ?2, ?3,"
		" ?4, ?5, ?6, iif(?7, ?8, NULL), iif(?7, ?9, NULL), "
		"(SELECT trust FROM line_text WHERE capture = ?8 AND line = ?9))");
	j->missing = query_must(s, "INSERT INTO verdict_missing (verdict, "
		"place, clue, says, capture_next) VALUES (?1, ?2, ?3, ?4, ?5)");
}

static struct query *open_cause(struct judge *j, const struct cause *cause)
{
	struct str sql = arena_printf(j->arena,
		"SELECT subject, \"case\", clue, says, capture, line, n "
		"FROM (%.*s) ORDER BY subject, \"case\"",
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
	write_verdict(j, cause, best);
	arena_reset(best->arena);
	*best = (struct best){ .subject = next, .arena = best->arena };
}

static void run_cause(struct judge *j, const struct cause *cause)
{
	struct best *now, *best;
	struct query *q;

	if (cause->when.n && !store_has(j->store, cause->when, cause->file))
		return;
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
	query_close(j->incident);
	query_close(j->observed);
	query_close(j->verdict);
	query_close(j->clue);
	query_close(j->missing);
}

static void write_causes(struct store *store, const struct causes *causes)
{
	struct query *q;

	store_run(store, STR("DELETE FROM cause"), "write causes");
	q = query_must(store, "INSERT INTO cause (id, title, explain, remedy, "
		"refs, kind, refines) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
		"nullif(?7, ''))");
	for (unsigned i = 0; i < causes->count; i++) {
		const struct cause *c = &causes->items[i];

		query_bind_text(q, 1, c->id);
		query_bind_text(q, 2, c->title);
		query_bind_text(q, 3, c->explain);
		query_bind_text(q, 4, c->remedy);
		query_bind_text(q, 5, c->refs);
		query_bind_text(q, 6, c->kind);
		query_bind_text(q, 7, c->refines);
		query_run(q);
	}
	query_close(q);
}

void judge_run(struct store *store, const struct data *data,
	       const struct causes *causes)
{
	struct judge j = {
		.store = store, .data = data, .arena = arena_new(),
	};

	run_analysis(store, data, "", "3");
	write_causes(store, causes);
	for (unsigned i = 0; i < causes->count; i++)
		run_cause(&j, &causes->items[i]);
	if (store_has(store, STR("SELECT 1 FROM incident"), "judge"))
		observe(&j);
	close_queries(&j);
	run_analysis(store, data, "5", "~");
	arena_free(j.arena);
}
