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

/* Is the clue of that name weakened by a cap that was found? */
static bool is_capped(const struct cause *cause, const struct found *found,
		      unsigned n, struct str name)
{
	for (unsigned i = 0; i < cause->nclues; i++) {
		const struct clue_decl *decl = &cause->clues[i];

		if (decl->role == ROLE_CAPS && str_eq(decl->of, name) &&
		    find(found, n, decl))
			return true;
	}
	return false;
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
		if (found[i].forgeable ||
		    is_capped(cause, found, n, found[i].decl->name)) {
			out->held_down = true;
			continue;
		}
		if (out->excluder)
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

/* Does what the grade rests on include a weakened or forgeable clue? */
static bool rests_on_weak(const struct cause *cause, const struct found *found,
			  unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		enum role role = found[i].decl->role;

		if (role != ROLE_TRIGGER && role != ROLE_NEEDS &&
		    role != ROLE_DECIDES)
			continue;
		if (found[i].forgeable || !found[i].has_line ||
		    is_capped(cause, found, n, found[i].decl->name))
			return true;
	}
	return false;
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
	if (rests_on_weak(cause, found, n))
		out->held_down = true;
	if (out->held_down && out->grade == GRADE_CONFIRMED)
		out->grade = GRADE_LIKELY;
}
