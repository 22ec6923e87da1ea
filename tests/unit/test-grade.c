/* From roles to a word: every row of the table in grade.c, and its limits. */

#include "analyzer/judge/grade.h"
#include "tests/unit/unit.h"

/*
 * One cause for all cases.  Clues are told by a letter; "o" in a case's
 * observed list means that the captures could have shown need "o".
 */
static const struct { char letter; struct clue_decl decl; } decls[] = {
	{ 't', { ROLE_TRIGGER, EVIDENCE_MESSAGE, STR("t"), .says = STR("") } },
	{ 'n', { ROLE_NEEDS, EVIDENCE_VERSION, STR("n"), .says = STR("") } },
	{ 'o', { ROLE_NEEDS, EVIDENCE_ORDER, STR("o"), .shown_by = STR("o") } },
	{ 'd', { ROLE_DECIDES, EVIDENCE_ADDRESS, STR("d"), .says = STR("") } },
	{ 's', { ROLE_SUPPORTS, EVIDENCE_TIME, STR("s"), .says = STR("") } },
	{ 'x', { ROLE_EXCLUDES, EVIDENCE_MESSAGE, STR("x"), .says = STR("") } },
	{ 'y', { ROLE_EXCLUDES, EVIDENCE_MESSAGE, STR("y"), .says = STR("") } },
	/* caps: N weakens need n, D what decides, and so on */
	{ 'N', { ROLE_CAPS, EVIDENCE_MESSAGE, STR("N"), .of = STR("n") } },
	{ 'D', { ROLE_CAPS, EVIDENCE_MESSAGE, STR("D"), .of = STR("d") } },
	{ 'S', { ROLE_CAPS, EVIDENCE_MESSAGE, STR("S"), .of = STR("s") } },
	{ 'X', { ROLE_CAPS, EVIDENCE_MESSAGE, STR("X"), .of = STR("x") } },
	{ 'T', { ROLE_CAPS, EVIDENCE_MESSAGE, STR("T"), .of = STR("t") } },
};

/* clues: letters; '*' behind one: the host could have printed its line */
static const struct grade_case {
	const char *name, *clues, *observed;
	enum grade grade;
	bool held_down;
	unsigned missing;
	char excluder;			/* 0: none */
} cases[] = {
	{ "nothing found", "", "", GRADE_NONE, false, 0, 0 },
	{ "no trigger, though all else", "nods", "", GRADE_NONE, false, 0, 0 },
	{ "no trigger, though excluded", "nox", "", GRADE_NONE, false, 0, 0 },
	{ "trigger alone: needs are missing", "t", "", GRADE_POSSIBLE,
		false, 2, 0 },
	{ "one need is missing", "tn", "", GRADE_POSSIBLE, false, 1, 0 },
	{ "a need missing holds down what decides", "tnds", "",
		GRADE_POSSIBLE, false, 1, 0 },
	{ "all needs", "tno", "", GRADE_POSSIBLE, false, 0, 0 },
	{ "+ supports", "tnos", "", GRADE_LIKELY, false, 0, 0 },
	{ "+ decides", "tnod", "", GRADE_CONFIRMED, false, 0, 0 },
	{ "+ both", "tnods", "", GRADE_CONFIRMED, false, 0, 0 },
	{ "a need that would have been seen", "tnds", "o", GRADE_RULED_OUT,
		false, 0, 'o' },
	{ "seen, and it is there", "tnods", "o", GRADE_CONFIRMED, false, 0, 0 },
	{ "not shown by anything: missing, whatever was observed", "tods", "n",
		GRADE_POSSIBLE, false, 1, 0 },
	{ "excluded", "tnodsx", "", GRADE_RULED_OUT, false, 0, 'x' },
	{ "excluded: no need is asked for", "tx", "", GRADE_RULED_OUT,
		false, 0, 'x' },
	{ "excluded by the first that counts", "tnodyx", "", GRADE_RULED_OUT,
		false, 0, 'y' },
	{ "excludes come before a need not seen", "tnx", "o", GRADE_RULED_OUT,
		false, 0, 'x' },
	/* forgeable lines */
	{ "a forgeable excludes holds down", "tnodx*", "", GRADE_LIKELY,
		true, 0, 0 },
	{ "another one still excludes", "tnodx*y", "", GRADE_RULED_OUT,
		true, 0, 'y' },
	{ "a forgeable trigger", "t*nod", "", GRADE_LIKELY, true, 0, 0 },
	{ "a forgeable need", "tn*od", "", GRADE_LIKELY, true, 0, 0 },
	{ "a forgeable decides", "tnod*", "", GRADE_LIKELY, true, 0, 0 },
	{ "a forgeable supports takes nothing from what decides", "tnods*", "",
		GRADE_CONFIRMED, false, 0, 0 },
	{ "a forgeable cap", "tnodD*", "", GRADE_LIKELY, true, 0, 0 },
	/* caps */
	{ "a cap on a need", "tnodN", "", GRADE_LIKELY, true, 0, 0 },
	{ "a cap on what decides", "tnodD", "", GRADE_LIKELY, true, 0, 0 },
	{ "a cap on the trigger", "tnodT", "", GRADE_LIKELY, true, 0, 0 },
	{ "a cap on a supports that nothing rests on", "tnodsS", "",
		GRADE_CONFIRMED, false, 0, 0 },
	{ "a cap on a clue that is not there", "tnodS", "", GRADE_CONFIRMED,
		false, 0, 0 },
	{ "a cap on excludes makes a cap of it", "tnodxX", "", GRADE_LIKELY,
		true, 0, 0 },
	{ "a cap on excludes that is not there", "tnodX", "", GRADE_CONFIRMED,
		false, 0, 0 },
	{ "a cap lifts nothing", "tnoN", "", GRADE_POSSIBLE, true, 0, 0 },
	{ "likely stays likely", "tnosN", "", GRADE_LIKELY, true, 0, 0 },
	{ "ruled out stays ruled out", "tnodxN", "", GRADE_RULED_OUT,
		true, 0, 'x' },
	/* what the user told */
	{ "the user's word does not confirm", "tn?od", "", GRADE_LIKELY,
		true, 0, 0 },
	{ "nor does a supports of his weaken", "tnods?", "", GRADE_CONFIRMED,
		false, 0, 0 },
};

static const struct clue_decl *declare(struct cause *cause, char letter)
{
	for (size_t i = 0; i < COUNT(decls); i++)
		if (decls[i].letter == letter)
			return &cause->clues[i];
	return NULL;
}

static bool observed(void *arg, struct str what)
{
	return strchr(arg, what.p[0]) != NULL;
}

static void grade(struct cause *cause, const struct grade_case *c,
		  struct grading *out)
{
	/* What is graded points into it. */
	static struct found found[CLUES_MAX];
	char seen[8] = "";
	unsigned n = 0;

	cause->nclues = COUNT(decls);
	for (size_t i = 0; i < COUNT(decls); i++)
		cause->clues[i] = decls[i].decl;
	for (const char *p = c->clues; *p; p++) {
		if (*p == '*')
			found[n - 1].forgeable = true;
		else if (*p == '?')
			found[n - 1].has_line = false;
		else
			found[n++] = (struct found){
				.decl = declare(cause, *p), .n = 1,
				.has_line = true, .line = 1,
			};
	}
	strncpy(seen, c->observed, sizeof(seen) - 1);
	grade_case(cause, found, n, observed, seen, out);
}

static void the_table_of_grade_c(void **state)
{
	static struct cause cause;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct grade_case *c = &cases[i];
		struct grading out;
		char excluder;

		grade(&cause, c, &out);
		excluder = out.excluder ? out.excluder->name.p[0] : 0;
		if (out.grade != c->grade || out.held_down != c->held_down ||
		    out.missing != c->missing || excluder != c->excluder)
			fail_msg("%s: %s, held down %d, missing %u, "
				 "excluder %c", c->name, grade_name(out.grade),
				 out.held_down, out.missing,
				 excluder ? excluder : '-');
	}
}

/* The best kind among what it rests on; caps and excludes are no evidence. */
static void evidence_is_the_best_that_speaks_for_it(void **state)
{
	static const struct { const char *clues; enum evidence evidence; }
	rests[] = {
		{ "tno", EVIDENCE_MESSAGE }, { "", EVIDENCE_VERSION },
		{ "tnods", EVIDENCE_MESSAGE },
	};
	static struct cause cause;

	(void)state;
	for (size_t i = 0; i < COUNT(rests); i++) {
		struct grade_case c = {
			.clues = rests[i].clues, .observed = "",
		};
		struct grading out;

		grade(&cause, &c, &out);
		assert_int_equal(out.evidence, rests[i].evidence);
	}
}

/* Caps are told where they made a difference: "n*": forgeable n; "nN": n weakened by N. */
static void caps_that_bit(void **state)
{
	static const struct {
		const char *clues, *caps;
		enum grade would;
	} bits[] = {
		{ "tnod", "", GRADE_CONFIRMED },
		{ "tn*od", "n*", GRADE_CONFIRMED },
		{ "tn?od", "n?", GRADE_CONFIRMED },
		{ "tnodN", "nN", GRADE_CONFIRMED },
		{ "tn*odN", "n*nN", GRADE_CONFIRMED },
		{ "t*n*od", "t*n*", GRADE_CONFIRMED },
		/* nothing to hold down */
		{ "tn*os", "", GRADE_LIKELY }, { "tn*o", "", GRADE_POSSIBLE },
		{ "tnods*", "", GRADE_CONFIRMED },
		/* an excludes that does not count, and one beside it that does */
		{ "tnodx*", "x*", GRADE_CONFIRMED },
		{ "tnox*", "x*", GRADE_POSSIBLE },
		{ "tnodxX", "xX", GRADE_CONFIRMED },
		{ "tnodx*y", "", GRADE_RULED_OUT },
		{ "tnodx?", "", GRADE_RULED_OUT },
	};
	static struct cause cause;

	(void)state;
	for (size_t i = 0; i < COUNT(bits); i++) {
		struct grade_case c = {
			.clues = bits[i].clues, .observed = "",
		};
		struct grading out;
		char caps[2 * CAPS_MAX + 1] = "";

		grade(&cause, &c, &out);
		for (unsigned k = 0; k < out.ncaps; k++) {
			const struct cap *cap = &out.caps[k];

			caps[2 * k] = cap->of->name.p[0];
			caps[2 * k + 1] = cap->kind == CAP_FORGEABLE ? '*'
				: cap->kind == CAP_TOLD ? '?'
				: cap->by->decl->name.p[0];
		}
		if (strcmp(caps, bits[i].caps) != 0 ||
		    out.would != bits[i].would)
			fail_msg("%s: caps \"%s\", would be %s",
				 bits[i].clues, caps, grade_name(out.would));
	}
}

static void grades_have_names(void **state)
{
	(void)state;
	assert_string_equal(grade_name(GRADE_CONFIRMED), "confirmed");
	assert_string_equal(grade_name(GRADE_LIKELY), "likely");
	assert_string_equal(grade_name(GRADE_POSSIBLE), "possible");
	assert_string_equal(grade_name(GRADE_RULED_OUT), "ruled out");
	assert_string_equal(grade_name(GRADE_NONE), "none");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_grade_c),
		cmocka_unit_test(evidence_is_the_best_that_speaks_for_it),
		cmocka_unit_test(caps_that_bit),
		cmocka_unit_test(grades_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
