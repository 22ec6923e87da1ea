/* The report for the eye: what broke, why, how sure, and by which lines. */

#include "analyzer/report/report.h"
#include "parsers/base/escape.h"

enum { WIDTH = 79, NARROW = 72, POSSIBLE_SHOWN = 3, GAPS_SHOWN = 6,
       EXPLAINED_MAX = 256 };

void report_wrap(FILE *out, struct str text, unsigned indent, unsigned width)
{
	unsigned column = 0;

	while (text.n) {
		struct str line = str_split(&text, '\n'), word;

		for (word = str_word(&line); word.n; word = str_word(&line)) {
			if (column && column + 1 + word.n > width) {
				fputc('\n', out);
				column = 0;
			}
			if (!column)
				column = (unsigned)fprintf(out, "%*s",
							   (int)indent, "");
			else
				column += (unsigned)(fputc(' ', out) == ' ');
			fwrite(word.p, 1, word.n, out);
			column += (unsigned)word.n;
		}
	}
	if (column)
		fputc('\n', out);
}

/* "file:line" in a column of its own, then what it says, wrapped. */
static void print_clue(FILE *out, struct str where, struct str says)
{
	struct str first = says, rest = says;
	unsigned room = WIDTH - 22;
	int pad = where.n < 18 ? 18 - (int)where.n : 1;

	fprintf(out, "  %.*s%*s", STR_FMT(where), pad, "");
	if (where.n >= 18)
		room -= where.n - 17 < room / 2 ? (unsigned)where.n - 17
						: room / 2;
	if (says.n <= room) {
		fprintf(out, "%.*s\n", STR_FMT(says));
		return;
	}
	first = str_head(says, room);
	while (first.n && first.p[first.n - 1] != ' ')
		first.n--;
	if (!first.n)
		first = says;
	rest = str_skip(says, first.n);
	fprintf(out, "%.*s\n", STR_FMT(str_trim_end(first)));
	report_wrap(out, rest, 20, WIDTH);
}

static void print_clues(struct store *s, int64_t verdict, FILE *out)
{
	struct query *q = query_must(s, "SELECT place, "
		"CASE role WHEN 'trigger' THEN ifnull(text, says) "
		"ELSE says END "
		"FROM v_clue WHERE verdict = ?1 AND role <> 'excludes' "
		"ORDER BY v_clue.nr");

	/* The line itself for the symptom, what it shows for the rest. */
	query_bind_int(q, 1, verdict);
	while (query_row(q))
		print_clue(out, query_text(q, 0), query_text(q, 1));
	query_close(q);
}

/* A text that a query yields, row by row. */
static void print_list(struct store *s, const char *sql, int64_t id, FILE *out)
{
	struct query *q = query_must(s, sql);

	query_bind_int(q, 1, id);
	while (query_row(q))
		report_wrap(out, query_text(q, 0), 2, WIDTH);
	query_close(q);
}

/* What held the grade down, and what ruled nothing out, with the reason. */
static void print_caps(struct store *s, int64_t verdict, FILE *out)
{
	print_list(s, "SELECT CASE would WHEN 'ruled out' THEN "
		   "'Not ruled out' ELSE 'Held down from ' || would END || "
		   "ifnull(CASE would WHEN 'ruled out' THEN ' by ' ELSE ': ' "
		   "END || clues, '') || ': ' || says FROM v_cap "
		   "WHERE verdict = ?1 ORDER BY nr", verdict, out);
}

/* What the cause means and what to do: once a report. */
static void print_cause(struct store *s, struct str cause, bool again,
			FILE *out)
{
	struct query *q = query_must(s, "SELECT explain, remedy "
		"FROM cause WHERE id = ?1");

	query_bind_text(q, 1, cause);
	if (again) {
		fputs("  (explained above)\n", out);
	} else if (query_row(q)) {
		struct arena *arena = arena_new();

		report_wrap(out, query_text(q, 0), 2, WIDTH);
		report_wrap(out, arena_printf(arena, "Remedy: %.*s",
			STR_FMT(query_text(q, 1))), 2, WIDTH);
		arena_free(arena);
	}
	query_close(q);
}

/* What is missing, each with the command that captures it on its own line. */
static void print_missing(struct store *s, const char *sql, int64_t id,
			  const char *heading, FILE *out)
{
	struct query *q = query_must(s, sql);
	bool first = true;

	query_bind_int(q, 1, id);
	while (query_row(q)) {
		if (first)
			fprintf(out, "  %s\n", heading);
		first = false;
		report_wrap(out, query_text(q, 0), 4, WIDTH);
		report_wrap(out, query_text(q, 1), 8, WIDTH);
	}
	query_close(q);
}

/* The causes that were explained so far. */
struct explained {
	struct arena *arena;
	struct str causes[EXPLAINED_MAX];
	unsigned n;
};

static bool is_again(struct explained *e, struct str cause)
{
	for (unsigned i = 0; i < e->n; i++)
		if (str_eq(e->causes[i], cause))
			return true;
	if (e->n < EXPLAINED_MAX)
		e->causes[e->n++] = arena_copy(e->arena, cause);
	return false;
}

/* The incident that a finding is about. */
static void print_about(struct str headline, FILE *out)
{
	struct arena *arena = arena_new();

	report_wrap(out, arena_printf(arena, "Of %.*s", STR_FMT(headline)), 2,
		    WIDTH);
	arena_free(arena);
}

static void print_verdict(struct store *s, const struct query *v,
			  struct explained *e, FILE *out)
{
	fprintf(out, "%.*s: %.*s\n", STR_FMT(query_text(v, 1)),
		STR_FMT(query_text(v, 2)));
	if (query_columns(v) > 5 && !query_is_null(v, 5))
		print_about(query_text(v, 5), out);
	print_clues(s, query_int(v, 0), out);
	print_caps(s, query_int(v, 0), out);
	print_cause(s, query_text(v, 3), is_again(e, query_text(v, 3)), out);
	/* Of a likely verdict; for a possible one cannot_say lists it. */
	if (query_int(v, 4) == 2)
		print_missing(s, "SELECT says, capture_next FROM "
			"verdict_missing WHERE verdict = ?1 ORDER BY place",
			query_int(v, 0), "To be sure, show:", out);
}

/* A rival of the verdict that leads, and what would tell the two apart. */
static void print_rival(struct store *s, const struct query *v, bool brief,
			FILE *out)
{
	struct arena *arena = arena_new();
	struct query *q;

	report_wrap(out, arena_printf(arena, "Also %.*s: %.*s (%.*s)",
		STR_FMT(query_text(v, 1)), STR_FMT(query_text(v, 3)),
		STR_FMT(query_text(v, 2))), 2, WIDTH);
	arena_free(arena);
	if (brief)
		return;
	q = query_must(s, "SELECT 'What separates them: ' || says || ' (' || "
		       "capture_next || ')' FROM v_apart WHERE verdict = ?1 "
		       "AND says IS NOT NULL");
	query_bind_int(q, 1, query_int(v, 0));
	while (query_row(q))
		report_wrap(out, query_text(q, 0), 4, NARROW);
	query_close(q);
}

/* Verdicts of an incident, best first; the rest by name. */
static unsigned print_verdicts(struct store *s, int64_t incident,
			       struct explained *e, FILE *out)
{
	struct query *v = query_must(s, "SELECT id, grade || "
		"CASE WHEN assumed THEN ', assumed' ELSE '' END, title, cause, "
		"grade_rank FROM v_verdict WHERE explains "
		"AND subject = ?1 AND grade_rank < 9 ORDER BY place");
	unsigned shown = 0, possible = 0;

	query_bind_int(v, 1, incident);
	while (query_row(v)) {
		/* Behind the first, weaker ones are named only. */
		if (shown) {
			print_rival(s, v, query_int(v, 4) == 3 &&
				    possible++ >= POSSIBLE_SHOWN, out);
			continue;
		}
		print_verdict(s, v, e, out);
		shown++;
	}
	query_close(v);
	return shown;
}

static void print_incidents(struct store *s, struct explained *e, FILE *out)
{
	struct query *q;

	if (!store_has(s, STR("SELECT 1 FROM incident"), "report"))
		return;
	q = query_must(s, "SELECT id, headline, "
		"(SELECT count(*) FROM cannot_say AS c WHERE c.incident = i.id)"
		", closed FROM v_incident AS i WHERE best <= 2 OR id NOT IN "
		"(SELECT incident FROM incident_follow) ORDER BY best, id");

	while (query_row(q)) {
		int64_t id = query_int(q, 0);

		report_wrap(out, query_text(q, 1), 0, WIDTH);
		if (!print_verdicts(s, id, e, out))
			report_wrap(out, query_is_null(q, 3) ?
				STR("cannot say: no cause in the catalogue "
				    "explains this") : query_text(q, 3),
				0, WIDTH);
		print_list(s, "SELECT 'Ruled out' || CASE WHEN assumed THEN "
			   "', assumed' ELSE '' END || ': ' || cause || ': ' || "
			   "says FROM v_verdict WHERE explains AND "
			   "subject = ?1 AND grade_rank = 9 ORDER BY cause",
			   id, out);
		print_list(s, "SELECT 'See below, ' || kind || ': ' || cause "
			   "|| ' (' || title || ')' FROM v_verdict "
			   "WHERE about = 'incident' AND NOT explains AND "
			   "subject = ?1 AND grade_rank < 9 ORDER BY place",
			   id, out);
		print_list(s, "SELECT 'Followed by ' || i.headline || ': ' || "
			   "f.reason FROM incident_follow AS f JOIN v_incident "
			   "AS i ON i.id = f.incident WHERE f.follows = ?1 "
			   "ORDER BY i.id", id, out);
		if (query_int(q, 2))
			print_missing(s, "SELECT says, capture_next FROM "
				"cannot_say WHERE incident = ?1 ORDER BY place",
				id, "Missing, and how to capture it:", out);
		fputc('\n', out);
	}
	query_close(q);
}

static void print_findings(struct store *s, struct explained *e, FILE *out)
{
	struct query *v;

	if (!store_has(s, STR("SELECT 1 FROM verdict"), "report"))
		return;
	v = query_must(s, "SELECT v.id, v.kind || ', ' || v.grade || "
		"CASE WHEN v.assumed THEN ', assumed' ELSE '' END || "
		"CASE WHEN (SELECT count(*) FROM boot) > 1 THEN ', boot ' || "
		"ifnull(i.boot, v.subject) ELSE '' END, v.title, v.cause, "
		"v.grade_rank, i.headline FROM v_verdict AS v "
		"LEFT JOIN v_incident AS i ON v.about = 'incident' AND "
		"i.id = v.subject WHERE NOT v.explains AND v.grade_rank < 9 "
		"ORDER BY ifnull(i.boot, v.subject), i.id, v.place");

	while (query_row(v)) {
		print_verdict(s, v, e, out);
		fputc('\n', out);
	}
	query_close(v);
}

static void print_gaps(struct store *s, FILE *out)
{
	struct query *q = query_must(s, "SELECT place, kind || ': ' || says "
					"FROM v_gap ORDER BY capture, line, kind");
	unsigned n = 0;

	while (query_row(q)) {
		if (n++ == 0)
			fputs("Gaps\n", out);
		if (n <= GAPS_SHOWN)
			print_clue(out, query_text(q, 0), query_text(q, 1));
	}
	if (n > GAPS_SHOWN)
		fprintf(out, "  and %u more: faultline report gaps\n",
			n - GAPS_SHOWN);
	query_close(q);
}

void report_text(struct store *s, FILE *out)
{
	struct query *q = query_must(s, "SELECT text FROM v_summary");
	struct explained explained = { .arena = arena_new() };

	while (query_row(q))
		report_wrap(out, query_text(q, 0), 0, WIDTH);
	query_close(q);
	fputc('\n', out);
	print_incidents(s, &explained, out);
	print_findings(s, &explained, out);
	arena_free(explained.arena);
	q = query_must(s, "SELECT 1 FROM incident UNION ALL SELECT 1 FROM "
			  "verdict WHERE grade_rank < 9");
	if (!query_row(q))
		print_list(s, "SELECT says FROM v_nothing WHERE ?1", 1, out);
	query_close(q);
	print_gaps(s, out);
}
