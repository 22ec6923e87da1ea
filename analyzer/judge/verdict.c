/* Writes verdicts down: their clues, what is missing, and by what they are ruled out. */

#include "analyzer/judge/inside.h"

static void bind_texts(struct query *q, int first, const struct str *texts,
		       int n)
{
	for (int i = 0; i < n; i++)
		query_bind_text(q, first + i, texts[i]);
}

/* Three values: is there a line, and which. */
static void bind_line(struct query *q, int first, const struct found *f)
{
	bool has_line = f && f->has_line;

	query_bind_int(q, first, has_line);
	query_bind_int(q, first + 1, has_line ? f->capture : 0);
	query_bind_int(q, first + 2, has_line ? f->line : 0);
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
			bind_texts(j->clue, 3, (struct str[]){ f->decl->name,
				   str_from(role_name(role)), f->says }, 3);
			query_bind_int(j->clue, 6, f->n);
			bind_line(j->clue, 7, f);
			query_run(j->clue);
		}
	}
}

static void write_missing_clue(struct judge *j, unsigned place,
			       const struct clue_decl *decl, const char *role)
{
	query_bind_int(j->missing, 1, j->next_id);
	query_bind_int(j->missing, 2, place);
	bind_texts(j->missing, 3, (struct str[]){ decl->name,
		   decl->ask.n ? decl->ask : decl->says, decl->capture,
		   str_from(role) }, 4);
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
			write_missing_clue(j, ++place, g->excluder,
					   "excludes");
		return;
	}
	for (unsigned i = 0; i < g->missing; i++)
		write_missing_clue(j, ++place, g->missing_needs[i], "needs");
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *decl = &cause->clues[i];

		if (decl->role == ROLE_DECIDES && decl->capture.n &&
		    g->grade != GRADE_CONFIRMED && !was_found(best, decl))
			write_missing_clue(j, ++place, decl, "decides");
	}
	/* The user's word keeps the grade down until a line says it. */
	for (unsigned i = 0; i < g->ncaps; i++)
		if (g->caps[i].kind == CAP_TOLD && g->caps[i].of->capture.n)
			write_missing_clue(j, ++place, g->caps[i].of, "told");
}

static void write_caps(struct judge *j, const struct grading *g)
{
	static const char *const says[] = {
		[CAP_FORGEABLE] = "dom0 could have printed its line",
		[CAP_TOLD] = "no line states it, it is the user's word",
	};

	for (unsigned i = 0; i < g->ncaps; i++) {
		const struct cap *cap = &g->caps[i];
		const struct found *by = cap->by;
		enum grade would = cap->of->role == ROLE_EXCLUDES
					   ? GRADE_RULED_OUT : g->would;

		query_bind_int(j->cap, 1, j->next_id);
		query_bind_int(j->cap, 2, i + 1);
		bind_texts(j->cap, 3, (struct str[]){
			   str_from(cap_name(cap->kind)), cap->of->name,
			   str_from(grade_name(would)),
			   by ? by->says : str_from(says[cap->kind]) }, 4);
		bind_line(j->cap, 7, by);
		query_run(j->cap);
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

/* What a verdict says of its cause; causes without one are not written. */
static void write_cause(struct judge *j, const struct cause *c)
{
	bind_texts(j->cause, 1, (struct str[]){ c->id, c->title, c->explain,
		   c->remedy, c->refs, c->kind, c->refines, c->closes }, 8);
	query_run(j->cause);
}

void verdict_write(struct judge *j, const struct cause *cause,
		   const struct best *best)
{
	const struct grading *g = &best->grading;
	struct str why = why_ruled_out(best);

	if (g->grade == GRADE_NONE)
		return;
	write_cause(j, cause);
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
	query_bind_text(j->verdict, 13, str_from(grade_name(g->would)));
	query_run(j->verdict);
	write_clues(j, best);
	write_missing(j, cause, best);
	write_caps(j, g);
}

void verdict_open(struct judge *j)
{
	struct store *s = j->store;

	j->cause = query_must(s, "INSERT OR IGNORE INTO cause (id, title, "
		"explain, remedy, refs, kind, refines, closes) VALUES (?1, ?2, "
		"?3, ?4, ?5, ?6, nullif(?7, ''), nullif(?8, ''))");
	j->verdict = query_must(s, "INSERT INTO verdict (id, cause, about, "
		"subject, case_id, kind, grade, grade_rank, evidence, missing, "
		"place, says, would) VALUES (?1, ?2, ?3, ?4, "
		"iif(?5, ?6, NULL), ?7, ?8, ?9, ?10, ?11, 0, "
		"nullif(?12, ''), ?13)");
	j->clue = query_must(s, "INSERT INTO verdict_clue (verdict, place, "
		"clue, role, says, n, capture, line, trust) VALUES (?1, ?2, ?3,"
		" ?4, ?5, ?6, iif(?7, ?8, NULL), iif(?7, ?9, NULL), "
		"(SELECT trust FROM line_text WHERE capture = ?8 AND line = ?9))");
	j->missing = query_must(s, "INSERT INTO verdict_missing (verdict, "
		"place, clue, says, capture_next, role) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
	j->cap = query_must(s, "INSERT INTO verdict_cap (verdict, place, kind, "
		"clue, would, says, capture, line) VALUES (?1, ?2, ?3, ?4, ?5, "
		"?6, iif(?7, ?8, NULL), iif(?7, ?9, NULL))");
}

void judge_keep(struct store *store)
{
	store_run(store, STR("DELETE FROM verdict_plain; "
		"INSERT OR IGNORE INTO verdict_plain (print) "
		"SELECT p.print FROM v_verdict_print AS p"), "keep verdicts");
}

void verdict_close(struct judge *j)
{
	query_close(j->cause);
	query_close(j->verdict);
	query_close(j->clue);
	query_close(j->missing);
	query_close(j->cap);
}
