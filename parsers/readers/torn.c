/*
 * Lines that another speaker cut in two.  Both are read, and the first half
 * together with its rest, which comes behind the other's line.  Where it does
 * not come, something is lost.
 */

#include "parsers/readers/text.h"

/* Lines of others that may stand between, and bytes that each may have. */
enum { BETWEEN = 16, LONGEST = 2048, KEPT = 32 };

struct tail {
	struct str text;
	uint64_t line;
	unsigned returns;
	bool ended;			/* an empty line stands before it */
	bool shared;			/* … another torn line, whose it may be */
};

/* Lines behind a torn one that were read with it, as bits. */
static void move_to(struct torn *torn, uint64_t line)
{
	uint64_t by = line - torn->line;

	torn->taken = by < KEPT ? torn->taken >> by : 0;
	torn->repeated = by < KEPT ? torn->repeated >> by : 0;
	torn->line = line;
}

static bool is_taken(const struct torn *torn, uint64_t line)
{
	uint64_t behind = line - torn->line;

	return behind >= 1 && behind <= KEPT &&
	       (torn->taken >> (behind - 1) & 1);
}

bool text_tail_ahead(const struct text *t)
{
	uint64_t by = t->line - t->torn.line;

	return t->torn.taken && by <= KEPT &&
	       (by == 0 || t->torn.taken >> (by - 1));
}

bool text_is_tail(struct text *t)
{
	uint64_t bit = t->line - t->torn.line - 1;

	if (!is_taken(&t->torn, t->line))
		return false;
	t->repeated = t->torn.repeated >> bit & 1;
	t->claimed = !t->repeated;
	return true;
}

/*
 * The next line that does not tell who says it.  far: a line end alone may
 * stand behind several lines, else it is on the next one.
 */
static bool find_tail(struct text *t, struct tail *tail, bool far)
{
	const struct window *w = &t->window;
	size_t at = t->end;

	*tail = (struct tail){ 0 };
	for (unsigned n = 1; n <= BETWEEN && at < w->n; n++) {
		const char *nl = memchr(w->p + at, '\n', w->n - at);
		size_t end = nl ? (size_t)(nl - w->p) : w->n;
		struct str line = { w->p + at, end - at };

		if ((!nl && !w->last) || line.n > LONGEST)
			return tail->ended;
		at = end + 1;
		if (is_taken(&t->torn, t->line + n))
			continue;
		tail->line = t->line + n;
		tail->returns = 0;
		while (line.n && line.p[line.n - 1] == '\r') {
			line.n--;
			tail->returns++;
		}
		if (!line.n) {
			tail->ended |= far || n == 1;
			continue;
		}
		if (frame_has_prefix(line, t->as)) {
			tail->shared |= clean_next_odd(line, 0) < line.n &&
					frame_tear(line, t->as) >= 0;
			continue;
		}
		tail->text = t->small ? text_unquote(t, line) : line;
		/* Cut once more: what stands where is anybody's guess. */
		if (clean_next_odd(line, 0) < line.n ||
		    frame_inner_stamp(line) >= 0)
			tail->text.n = 0;
		return tail->text.n || tail->ended;
	}
	return tail->ended;
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

/* A number that goes on in the rest would be another number without it. */
static bool is_number_cut(struct str head, struct str tail)
{
	return head.n && tail.n && is_hex(head.p[head.n - 1]) &&
	       is_hex(tail.p[0]);
}

/* Is there a digit in what stands before the cut, as in no word? */
static bool cuts_digits(struct str head)
{
	for (size_t n = head.n; n && is_hex(head.p[n - 1]); n--)
		if (head.p[n - 1] <= '9')
			return true;
	return false;
}

static struct str join(struct text *t, struct str head, struct str tail)
{
	return arena_printf(t->arena, "%.*s%.*s", STR_FMT(head), STR_FMT(tail));
}

static bool take_whole(struct text *t, struct str head,
		       const struct tail *tail, bool inside)
{
	uint32_t bit = 1u << (tail->line - t->torn.line - 1);
	bool claimed = t->claimed, repeated = t->repeated, taken;

	t->claimed = t->repeated = false;
	taken = text_claim_joined(t, join(t, head, tail->text), tail->returns,
				  inside, (uint32_t)tail->line);
	if (taken)
		t->torn.taken |= bit;
	if (t->repeated)
		t->torn.repeated |= bit;
	t->claimed |= claimed;
	t->repeated |= repeated;
	return taken;
}

/*
 * Is the rest in this tail?  A first half that could be a whole line has its
 * rest on the next line, else nobody can tell.
 */
static bool take_with(struct text *t, struct str head, const struct tail *tail,
		      bool inside)
{
	/* Its line end alone came late; or a logger made two of each. */
	if (tail->text.n == 0 ||
	    (tail->ended && text_stands_alone(t, head)))
		return false;
	if (tail->line == t->line + 1 ||
	    (is_number_cut(head, tail->text) && !tail->shared) ||
	    !text_stands_alone(t, head))
		return take_whole(t, head, tail, inside);
	if (text_stands_alone(t, join(t, head, tail->text)))
		t->lost = STR("torn");
	return false;
}

/* Could this be a cut prefix of Xen's or of a kernel's? */
static bool is_prefix_cut(struct str head)
{
	size_t n = 1;

	if (head.n && head.p[0] == '[') {
		while (n < head.n && (head.p[n] == ' ' || head.p[n] == '.' ||
				      (head.p[n] >= '0' && head.p[n] <= '9')))
			n++;
		return n == head.n || (n + 1 == head.n && head.p[n] == ']');
	}
	return head.n && str_starts(STR("(XEN) "), head);
}

/*
 * by_xen: Xen's line cut it, or a guest's, which Xen prints: it may stand before
 * the other's line end.
 */
static void take_head(struct text *t, struct str head, unsigned returns,
		      bool inside, bool by_xen)
{
	bool found, shell, taken, empty = str_trim(head).n == 0;
	struct tail tail;

	/* On a console of kernels only shells and services have no stamps. */
	shell = !t->programs && !frame_has_prefix(head, t->as) &&
		!is_prefix_cut(head);
	found = !empty && find_tail(t, &tail, by_xen);
	if (found && take_with(t, head, &tail, inside))
		return;
	text_scan_own(t, head);
	/* The first digits of a number are another number. */
	if (found && !tail.ended && is_number_cut(head, tail.text) &&
	    cuts_digits(head)) {
		if (t->own.count && !shell &&
		    (tail.line > t->line + 1 || text_stands_alone(t, head)))
			t->lost = STR("torn");
		return;
	}
	taken = text_take_piece(t, head, returns, inside, t->own.items,
				t->own.count);
	text_doubt(t, STR("torn"));
	/* What fits nothing is another's, unless it is where Xen left off. */
	if (found && !tail.ended && !taken &&
	    (tail.shared || (!by_xen && tail.line > t->line + 1)))
		found = false;
	/* Who was cut would have ended the line, or gone on. */
	if (!empty && !found && !(by_xen && taken) && !shell && !t->repeated)
		t->lost = STR("torn");
}

/* The pieces that are Xen's, or the others. */
static void take_pieces(struct text *t, struct str line, unsigned returns,
			bool xens)
{
	bool inside = false;

	for (;;) {
		ptrdiff_t at = frame_tear(line, t->as);
		bool xen = str_starts(line, STR("(XEN) "));

		if (at < 0 && xen == xens) {
			text_scan_own(t, line);
			text_take_piece(t, line, returns, true, t->own.items,
					t->own.count);
		}
		if (at < 0)
			return;
		if (xen == xens)
			take_head(t, str_head(line, (size_t)at), returns,
				  inside, line.p[at] == '(');
		line = str_skip(line, (size_t)at);
		inside = true;
	}
}

/* Xen's first: where one line is two, it is shown as Xen's, and trusted less. */
void text_take_torn(struct text *t, struct str line, unsigned returns)
{
	t->tally->torn++;
	move_to(&t->torn, t->line);
	line = str_trim_end(line);	/* once, not for each piece */
	take_pieces(t, line, returns, true);
	text_doubt(t, STR(""));
	take_pieces(t, line, returns, false);
}
