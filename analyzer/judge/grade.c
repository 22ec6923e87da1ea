/*
 * From roles to a word, the same for every cause:
 *
 *   no trigger                           nothing
 *   a trusted excludes, or a need        ruled out
 *     absent though it would be shown
 *   a need missing                       possible
 *   all needs                            possible
 *   + supports                           likely
 *   + decides                            confirmed
 *   a cap, a forgeable line, or the      likely
 *     user's word, on what a confirmed
 *     grade rests on
 */

#include "analyzer/judge/grade.h"

const char *grade_name(enum grade grade)
{
	switch (grade) {
	case GRADE_CONFIRMED: return "confirmed";
	case GRADE_LIKELY: return "likely";
	case GRADE_POSSIBLE: return "possible";
	case GRADE_RULED_OUT: return "ruled out";
	case GRADE_NONE: break;
	}
	return "none";
}

static const struct found *find(const struct found *found, unsigned n,
				const struct clue_decl *decl)
{
	for (unsigned i = 0; i < n; i++)
		if (found[i].decl == decl)
			return &found[i];
	return NULL;
}

const char *cap_name(enum cap_kind kind)
{
	static const char *const names[] = {
		[CAP_DECLARED] = "cap", [CAP_FORGEABLE] = "forgeable",
		[CAP_TOLD] = "told",
	};

	return names[kind];
}

static void add_cap(struct grading *out, enum cap_kind kind,
		    const struct clue_decl *of, const struct found *by)
{
	out->held_down = true;
	if (out->ncaps < CAPS_MAX)
		out->caps[out->ncaps++] = (struct cap){ kind, of, by };
}

/* What weakens a clue that was found: its line, or caps that were found. */
static bool is_weak(const struct cause *cause, const struct found *found,
		    unsigned n, const struct found *clue, struct grading *out)
{
	unsigned before = out->ncaps;

	if (clue->forgeable)
		add_cap(out, CAP_FORGEABLE, clue->decl, NULL);
	/* To rule out by a told fact is what it may be told for. */
	if (!clue->has_line && clue->decl->role != ROLE_EXCLUDES)
		add_cap(out, CAP_TOLD, clue->decl, NULL);
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *decl = &cause->clues[i];
		const struct found *by;

		if (decl->role != ROLE_CAPS ||
		    !str_eq(decl->of, clue->decl->name))
			continue;
		by = find(found, n, decl);
		if (by)
			add_cap(out, CAP_DECLARED, clue->decl, by);
	}
	return out->ncaps > before;
}

static bool has_role(const struct found *found, unsigned n, enum role role)
{
	for (unsigned i = 0; i < n; i++)
		if (found[i].decl->role == role)
			return true;
	return false;
}

/* Excludes that count rule out; weakened ones hold down. */
static void weigh_excludes(const struct cause *cause, const struct found *found,
			   unsigned n, struct grading *out)
{
	for (unsigned i = 0; i < n; i++) {
		if (found[i].decl->role != ROLE_EXCLUDES)
			continue;
		if (is_weak(cause, found, n, &found[i], out) || out->excluder)
			continue;
		out->excluder = found[i].decl;
		out->ruled_out_by = found[i].says;
	}
}

static void weigh_needs(const struct cause *cause, const struct found *found,
			unsigned n, bool (*observed)(void *, struct str),
			void *arg, struct grading *out)
{
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *decl = &cause->clues[i];

		if (decl->role != ROLE_NEEDS || find(found, n, decl))
			continue;
		if (decl->shown_by.n && observed(arg, decl->shown_by)) {
			if (!out->excluder) {
				out->excluder = decl;
				out->ruled_out_by = (struct str){ 0 };
			}
			continue;
		}
		out->missing_needs[out->missing++] = decl;
	}
}

/* What the grade rests on: is any of it weakened, forgeable or told? */
static void weigh_base(const struct cause *cause, const struct found *found,
		       unsigned n, struct grading *out)
{
	for (unsigned i = 0; i < n; i++) {
		enum role role = found[i].decl->role;

		if (role == ROLE_TRIGGER || role == ROLE_NEEDS ||
		    role == ROLE_DECIDES)
			is_weak(cause, found, n, &found[i], out);
	}
}

/* Only those that bit are kept. */
static void keep_caps(struct grading *out)
{
	bool lower = out->grade != out->would;
	unsigned kept = 0;

	for (unsigned i = 0; i < out->ncaps; i++)
		if (out->grade != GRADE_RULED_OUT &&
		    (lower || out->caps[i].of->role == ROLE_EXCLUDES))
			out->caps[kept++] = out->caps[i];
	out->ncaps = kept;
}

void grade_case(const struct cause *cause, const struct found *found,
		unsigned n, bool (*observed)(void *arg, struct str what),
		void *arg, struct grading *out)
{
	*out = (struct grading){ .evidence = EVIDENCE_VERSION };
	if (!has_role(found, n, ROLE_TRIGGER))
		return;
	for (unsigned i = 0; i < n; i++)
		if (found[i].decl->role <= ROLE_SUPPORTS &&
		    found[i].decl->evidence < out->evidence)
			out->evidence = found[i].decl->evidence;
	weigh_excludes(cause, found, n, out);
	/* What is ruled out needs nothing more, and asking may cost a lot. */
	if (!out->excluder)
		weigh_needs(cause, found, n, observed, arg, out);
	if (out->excluder)
		out->grade = GRADE_RULED_OUT;
	else if (out->missing)
		out->grade = GRADE_POSSIBLE;
	else if (has_role(found, n, ROLE_DECIDES))
		out->grade = GRADE_CONFIRMED;
	else if (has_role(found, n, ROLE_SUPPORTS))
		out->grade = GRADE_LIKELY;
	else
		out->grade = GRADE_POSSIBLE;
	weigh_base(cause, found, n, out);
	out->would = out->grade;
	if (out->held_down && out->grade == GRADE_CONFIRMED)
		out->grade = GRADE_LIKELY;
	keep_caps(out);
}
