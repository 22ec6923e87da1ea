/* memrchr */
#define _GNU_SOURCE

/* One line made clean, and the scans that find lines which need it. */

#include "parsers/base/num.h"
#include "parsers/input/input.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static bool is_odd(char c)
{
	unsigned char u = (unsigned char)c;

	return (u < 0x20 && u != '\n' && u != '\r' && u != '\t') || u >= 0x7f;
}

/* "[…] " or "[…]", and nothing else in brackets */
static bool is_stamp_alone(struct str s)
{
	ptrdiff_t end = str_find_byte(s, ']');

	return end >= 0 && ((size_t)end + 1 == s.n ||
			    ((size_t)end + 2 == s.n && s.p[end + 1] == ' '));
}

/* What stands before the first stamp of a line: a speaker, a logger's own. */
static bool is_prefix(struct str head)
{
	const char *nl = memrchr(head.p, '\n', head.n);
	ptrdiff_t xen;

	if (nl)
		head = str_skip(head, (size_t)(nl - head.p) + 1);
	xen = str_find(head, STR("(XEN) "));
	if (xen >= 0) {
		head = str_skip(head, (size_t)xen + 6);
		return head.n == 0 ||
		       (head.p[0] == '[' && is_stamp_alone(head));
	}
	if (str_find_byte(head, '[') < 0)
		return head.n == 0 || str_ends(head, STR(" "));
	return is_stamp_alone(head);
}

/* A kernel's stamp that is not what its line starts with. */
static bool is_inner_stamp(struct str text, size_t i)
{
	enum { LOOK_BACK = 256 };
	size_t from = i > LOOK_BACK ? i - LOOK_BACK : 0;

	return num_stamp(str_skip(text, i)) &&
	       !is_prefix((struct str){ text.p + from, i - from });
}

static bool is_tear(struct str text, size_t i)
{
	if (i == 0 || text.p[i - 1] == '\n')
		return false;
	if (text.p[i] == '(')
		return (i + 1 < text.n && text.p[i + 1] == 'X') ||
		       (i + 2 < text.n && text.p[i + 1] == 'd' &&
			text.p[i + 2] >= '0' && text.p[i + 2] <= '9');
	return text.p[i] == '[' && is_inner_stamp(text, i);
}

size_t clean_next_odd(struct str text, size_t at)
{
#ifdef __SSE2__
	const __m128i low = _mm_set1_epi8(0x20), del = _mm_set1_epi8(0x7f);
	const __m128i nl = _mm_set1_epi8('\n'), cr = _mm_set1_epi8('\r');
	const __m128i tab = _mm_set1_epi8('\t');
	const __m128i open = _mm_set1_epi8('('), x = _mm_set1_epi8('X');
	const __m128i d = _mm_set1_epi8('d'), bracket = _mm_set1_epi8('[');

	/* One byte before and one behind the sixteen are looked at too. */
	while (at >= 1 && at + 17 <= text.n) {
		const char *p = text.p + at;
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
		__m128i before = _mm_loadu_si128(
			(const __m128i *)(const void *)(p - 1));
		__m128i after = _mm_loadu_si128(
			(const __m128i *)(const void *)(p + 1));
		__m128i fine = _mm_or_si128(_mm_cmpeq_epi8(v, nl),
			_mm_or_si128(_mm_cmpeq_epi8(v, cr),
				     _mm_cmpeq_epi8(v, tab)));
		/* Signed: bytes from 0x80 up count as below 0x20. */
		__m128i odd = _mm_or_si128(
			_mm_andnot_si128(fine, _mm_cmplt_epi8(v, low)),
			_mm_cmpeq_epi8(v, del));
		__m128i tear = _mm_andnot_si128(_mm_cmpeq_epi8(before, nl),
			_mm_or_si128(_mm_cmpeq_epi8(v, bracket),
				_mm_and_si128(_mm_cmpeq_epi8(v, open),
					_mm_or_si128(_mm_cmpeq_epi8(after, x),
						_mm_cmpeq_epi8(after, d)))));
		unsigned mask = (unsigned)_mm_movemask_epi8(
			_mm_or_si128(odd, tear));

		for (; mask; mask &= mask - 1) {
			size_t i = at + (size_t)__builtin_ctz(mask);

			if (is_odd(text.p[i]) || is_tear(text, i))
				return i;
		}
		at += 16;
	}
#endif
	for (; at < text.n; at++) {
		if (is_odd(text.p[at]) || is_tear(text, at))
			return at;
#ifdef __SSE2__
		if (at == 0 && text.n > 32)
			return clean_next_odd(text, 1);
#endif
	}
	return text.n;
}

uint64_t clean_count_lines(const char *from, const char *to)
{
	uint64_t lines = 0;

#ifdef __SSE2__
	const __m128i nl = _mm_set1_epi8('\n');

	while (to - from >= 16) {
		__m128i sum = _mm_setzero_si128();

		/* Each compare adds 1 a byte at most: 255 rounds fit. */
		for (int i = 0; i < 255 && to - from >= 16; i++, from += 16)
			sum = _mm_sub_epi8(sum, _mm_cmpeq_epi8(nl,
				_mm_loadu_si128((const __m128i *)
						(const void *)from)));
		sum = _mm_sad_epu8(sum, _mm_setzero_si128());
		lines += (uint64_t)_mm_cvtsi128_si64(sum) +
			 (uint64_t)_mm_cvtsi128_si64(
				_mm_unpackhi_epi64(sum, sum));
	}
#endif
	for (; from < to; from++)
		lines += *from == '\n';
	return lines;
}

/* Bytes of the UTF-8 sequence at s, 0: there is none. */
static size_t utf8_length(struct str s)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

	if ((c >= 0x80 && c < 0xc2) || c > 0xf4 || n > s.n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if (((unsigned char)s.p[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

bool clean_is_binary(struct str head)
{
	size_t odd = 0, n = head.n;

	while (head.n) {
		unsigned char c = (unsigned char)head.p[0];
		size_t length = utf8_length(head);

		odd += length == 0 || (c < 0x20 && !strchr("\t\n\r\b\a\f\x1b", c))
		       || c == 0;
		head = str_skip(head, length ? length : 1);
	}
	return n >= 64 && odd * 3 > n;
}

static bool is_final(char c)
{
	return c >= 0x40 && c < 0x7f;
}

/* Bytes of the terminal sequence that ESC starts, 0: it is cut short. */
static size_t escape_length(struct str s)
{
	size_t i = 2;

	if (s.n < 2)
		return 0;
	if (s.p[1] == '[') {		/* CSI … final byte */
		while (i < s.n && (unsigned char)s.p[i] >= 0x20 &&
		       (unsigned char)s.p[i] < 0x40)
			i++;
		return i < s.n && is_final(s.p[i]) ? i + 1 : 0;
	}
	if (s.p[1] == ']') {		/* OSC … BEL or ESC \; ESC aborts it */
		while (i < s.n && s.p[i] != 7 && s.p[i] != 0x1b)
			i++;
		if (i < s.n && s.p[i] == 7)
			return i + 1;
		return i + 1 < s.n && s.p[i + 1] == '\\' ? i + 2 : 0;
	}
	for (i = 1; i < s.n && s.p[i] >= 0x20 && s.p[i] < 0x30; i++)
		;			/* "ESC ( B" of tput sgr0 */
	return i < s.n && s.p[i] >= 0x30 && s.p[i] < 0x7f ? i + 1 : 0;
}

static struct str copy_clean(struct str line, struct arena *arena,
			     bool *damaged)
{
	char *out = arena_alloc(arena, line.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < line.n; ) {
		unsigned char c = (unsigned char)line.p[i];
		size_t length = 1;

		if (c == 0x1b) {
			length = escape_length(str_skip(line, i));
			if (length == 0) {
				*damaged = true;
				length = 1;
			}
		} else if (c >= 0x80) {
			length = utf8_length(str_skip(line, i));
			if (length == 0) {
				*damaged = true;
				length = 1;
			}
			/* A blank that does not break: mail has it. */
			if (length == 2 && c == 0xc2 && line.p[i + 1] == '\xa0') {
				out[n++] = ' ';
			} else {
				memcpy(out + n, line.p + i, length);
				n += length;
			}
		} else if (c >= 0x20 ? c != 0x7f : c == '\t') {
			out[n++] = (char)c;
		} else if (c != '\r' && c != '\b' && c != 7) {
			*damaged = true;	/* NUL and its like */
		}
		i += length;
	}
	return (struct str){ out, n };
}

void clean_line(struct str line, struct arena *arena, struct cleaned *out)
{
	*out = (struct cleaned){ 0 };
	while (line.n && line.p[line.n - 1] == '\r') {
		line.n--;
		out->returns++;
	}
	out->text = line;
	for (size_t i = 0; i < line.n; i++) {
		if (!is_odd(line.p[i]) && line.p[i] != '\r')
			continue;
		out->text = copy_clean(line, arena, &out->damaged);
		break;
	}
}
