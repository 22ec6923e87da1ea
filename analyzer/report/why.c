/* How a cause came to its grade, from the line on. */

#include "analyzer/report/report.h"

enum { WIDTH = 79 };

/* The lines that a query yields, behind a word. */
static void print_each(struct store *s, int64_t verdict, const char *sql,
		       const char *word, FILE *out)
{
	struct query *q = query_must(s, sql);

	query_bind_int(q, 1, verdict);
	for (bool first = true; query_row(q); first = false) {
		if (first)
			fprintf(out, "  %s\n", word);
		for (int i = 0; i < query_columns(q); i++)
			report_wrap(out, query_text(q, i), 4 + 4 * (unsigned)i,
				    WIDTH);
	}
	query_close(q);
}

/* How strong it is: what kind of evidence, who could have printed it, how often. */
static void print_weight(const struct query *c, const struct clue_decl *decl,
			 FILE *out)
{
	fprintf(out, "    weight %s, trust %.*s, %lld time%s\n",
		decl ? evidence_name(decl->evidence) : "message",
		STR_FMT(query_text(c, 5)), (long long)query_int(c, 6),
		query_int(c, 6) == 1 ? "" : "s");
}

static void print_sql(const struct cause *cause, const struct clue_decl *decl,
		      int64_t subject, FILE *out)
{
	struct arena *arena = arena_new();

	fprintf(out, "    sql\n%.*s\n",
		STR_FMT(cause_sql(cause, decl, subject, arena)));
	arena_free(arena);
}

static void print_chain(struct store *s, const struct cause *cause,
			int64_t verdict, int64_t subject, bool sql, FILE *out)
{
	struct query *c = query_must(s, "SELECT role, clue, place, says, text, "
		"ifnull(trust, 'user'), n FROM v_clue WHERE verdict = ?1 "
		"ORDER BY nr");

	query_bind_int(c, 1, verdict);
	while (query_row(c)) {
		const struct clue_decl *decl = cause_clue(cause,
							  query_text(c, 1));

		fprintf(out, "  %.*s\n", STR_FMT(query_text(c, 2)));
		if (!query_is_null(c, 4))
			fprintf(out, "    line   %.*s\n",
				STR_FMT(query_text(c, 4)));
		fprintf(out, "    fact   %.*s\n    role   %.*s %.*s\n",
			STR_FMT(query_text(c, 3)), STR_FMT(query_text(c, 0)),
			STR_FMT(query_text(c, 1)));
		print_weight(c, decl, out);
		if (sql && decl)
			print_sql(cause, decl, subject, out);
	}
	query_close(c);
}

/* What no clue cites, but what the verdicts of that boot hang on. */
static void print_basis(struct store *s, int64_t boot, FILE *out)
{
	/* Of a storm that would be a table of millions. */
	if (store_has(s, STR("SELECT 1 WHERE (SELECT total(matched) FROM "
			     "capture) > 200000"), "why")) {
		fputs("  besides\n    too many lines to count here: see "
		      "v_basis (faultline query)\n", out);
		return;
	}
	print_each(s, boot, "SELECT b.kind || ', ' || count(*) || CASE count(*)"
		   " WHEN 1 THEN ' line: ' ELSE ' lines from ' END || "
		   "p.short || ':' || b.line FROM v_basis AS b "
		   "JOIN v_place AS p ON p.capture = b.capture "
		   "WHERE b.boot = ?1 GROUP BY b.kind "
		   "HAVING min(b.capture << 40 | b.line) "
		   "ORDER BY min(b.capture << 40 | b.line)",
		   "besides", out);
}

bool report_why(struct store *s, const struct cause *cause, bool sql, FILE *out)
{
	struct query *v = query_must(s, "SELECT v.id, v.about, v.subject, "
		"v.grade || CASE WHEN v.assumed THEN ', assumed' ELSE '' END, "
		"v.says, ifnull(i.headline, 'boot ' || v.subject), "
		"j.says, ifnull(i.boot, v.subject) FROM verdict AS v LEFT JOIN v_case_join AS j "
		"ON v.about = 'incident' AND j.incident = v.subject "
		"AND j.case_id = v.case_id LEFT JOIN v_incident AS i "
		"ON v.about = 'incident' AND i.id = v.subject "
		"WHERE v.cause = ?1 ORDER BY v.subject");
	bool any = false;

	query_bind_text(v, 1, cause->id);
	while (query_row(v)) {
		int64_t verdict = query_int(v, 0);

		any = true;
		report_wrap(out, query_text(v, 5), 0, WIDTH);
		print_chain(s, cause, verdict, query_int(v, 2), sql, out);
		if (!query_is_null(v, 6))
			fprintf(out, "  join   %.*s\n",
				STR_FMT(query_text(v, 6)));
		print_basis(s, query_int(v, 7), out);
		print_each(s, verdict, "SELECT 'from ' || would || ' by ' || "
			   "kind || ifnull(': ' || clues, '') || ': ' || says "
			   "|| ifnull(' (' || place || ')', '') FROM v_cap "
			   "WHERE verdict = ?1 ORDER BY nr", "held", out);
		print_each(s, verdict, "SELECT clue || ', ' || role || ': ' || "
			   "says, capture_next FROM verdict_missing "
			   "WHERE verdict = ?1 ORDER BY place", "missing", out);
		fprintf(out, "  grade  %.*s%s%.*s\n\n",
			STR_FMT(query_text(v, 3)),
			query_is_null(v, 4) ? "" : ", by ",
			STR_FMT(query_text(v, 4)));
	}
	query_close(v);
	return any;
}
