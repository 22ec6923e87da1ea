/* Objects of "journalctl -o json" and "dmesg -J", and fields of -o export. */

#include "parsers/frame/take.h"
#include "parsers/frame/wrap.h"

static void skip_space(struct str *s)
{
	while (s->n && (s->p[0] == ' ' || s->p[0] == '\t'))
		*s = str_skip(*s, 1);
}

static int hex_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes of a code point as UTF-8. */
static size_t put_utf8(char *out, unsigned code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	out[0] = (char)(0xe0 | code >> 12);
	out[1] = (char)(0x80 | (code >> 6 & 0x3f));
	out[2] = (char)(0x80 | (code & 0x3f));
	return 3;
}

/* What stands behind a backslash; how many bytes it makes, 0: nonsense. */
static size_t unescape(struct str *s, char *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/    \t";
	const char *at;
	unsigned code = 0;

	if (!s->n)
		return 0;
	at = memchr(from, s->p[0], sizeof(from) - 1);
	if (at) {
		*out = to[at - from];
		*s = str_skip(*s, 1);
		return 1;
	}
	if (s->p[0] != 'u' || s->n < 5)
		return 0;
	for (unsigned i = 1; i < 5; i++) {
		int digit = hex_digit(s->p[i]);

		if (digit < 0)
			return 0;
		code = code << 4 | (unsigned)digit;
	}
	*s = str_skip(*s, 5);
	if ((code < 0x20 && code != '\t') || code == 0x7f)
		code = ' ';		/* a line stays a line */
	return put_utf8(out, code);
}

/* A string without quotes and escapes; out takes s->n bytes. */
static bool take_string(struct str *s, char *out, struct str *value)
{
	size_t n = 0, length;

	if (!take_byte(s, '"'))
		return false;
	while (s->n && s->p[0] != '"') {
		if (s->p[0] != '\\') {
			out[n++] = s->p[0];
			*s = str_skip(*s, 1);
			continue;
		}
		*s = str_skip(*s, 1);
		length = unescape(s, out + n);
		if (!length)
			return false;
		n += length;
	}
	*value = (struct str){ out, n };
	return take_byte(s, '"');
}

/* [70,97,…] is a message with bytes that are not UTF-8. */
static bool take_bytes(struct str *s, char *out, struct str *value)
{
	size_t n = 0;
	int64_t byte;

	if (!take_byte(s, '['))
		return false;
	for (skip_space(s); s->n && s->p[0] != ']'; skip_space(s)) {
		if (!take_digits(s, 1, 3, &byte) || byte > 255)
			return false;
		if ((byte < ' ' && byte != '\t') || byte == 0x7f)
			byte = ' ';
		out[n++] = (char)byte;
		skip_space(s);
		if (!take_byte(s, ','))
			break;
	}
	*value = (struct str){ out, n };
	return take_byte(s, ']');
}

/* A value that is not asked for, arrays of strings included. */
static bool skip_value(struct str *s, char *out)
{
	struct str ignored;
	size_t n = 0;

	if (s->n && s->p[0] == '"')
		return take_string(s, out, &ignored);
	if (take_byte(s, '[')) {
		for (skip_space(s); s->n && s->p[0] != ']'; skip_space(s)) {
			if (s->p[0] == '[' || !skip_value(s, out))
				return false;
			skip_space(s);
			if (!take_byte(s, ','))
				break;
		}
		return take_byte(s, ']');
	}
	while (n < s->n && !strchr(",]}", s->p[n]))
		n++;
	*s = str_skip(*s, n);
	return n != 0;
}

static bool take_value(struct str *s, char *out, struct str *value)
{
	struct str before = *s;

	if (s->n && s->p[0] == '"')
		return take_string(s, out, value);
	if (take_bytes(s, out, value))
		return true;
	*s = before;
	*value = (struct str){ out, 0 };
	return skip_value(s, out);
}

static void set_host(struct wrapped *w, struct str us)
{
	int64_t value;

	if (num_dec(us, &value) && value >= 0 && value < INT64_MAX / NS_PER_US)
		w->inner = (struct stamp){
			.kind = CLOCK_HOST, .lo = value * NS_PER_US,
			.hi = (value + 1) * NS_PER_US,
		};
}

static void set_wall(struct wrapped *w, struct str us)
{
	set_host(w, us);
	w->outer = w->inner;
	w->outer.kind = w->inner.kind == CLOCK_NONE ? CLOCK_NONE : CLOCK_WALL;
	w->inner = (struct stamp){ 0 };
}

/* What a field of an entry says of it, but for its text. */
static void learn(struct wrapped *w, struct str key, struct str value)
{
	struct stamp inner = w->inner;

	if (str_eq(key, STR("_SOURCE_MONOTONIC_TIMESTAMP"))) {
		set_host(w, value);
	} else if (str_eq(key, STR("__REALTIME_TIMESTAMP"))) {
		set_wall(w, value);
		w->inner = inner;
	} else if (str_eq(key, STR("_TRANSPORT"))) {
		w->kernel = str_eq(value, STR("kernel"));
		w->user = !w->kernel;
	} else if (str_eq(key, STR("SYSLOG_IDENTIFIER"))) {
		w->relay = frame_relays(value);
	}
}

bool journal_json(struct wrapped *w, struct arena *arena)
{
	struct str s = w->text, key, value, text = { 0 };
	/* A value is no longer than its line; the text keeps a room of its own. */
	char *room = arena_alloc(arena, 2 * s.n + 16), *out = room + s.n + 8;

	take_byte(&s, '{');
	for (skip_space(&s); s.n && s.p[0] == '"'; skip_space(&s)) {
		bool is_text;

		if (!take_string(&s, room, &key))
			return false;
		is_text = !text.p && (str_eq(key, STR("MESSAGE")) ||
				      str_eq(key, STR("msg")) ||
				      str_eq(key, STR("data")));
		skip_space(&s);
		if (!take_byte(&s, ':'))
			return false;
		skip_space(&s);
		if (!take_value(&s, is_text ? out : room + key.n, &value))
			return false;
		/* bpftrace -f json: "data" of anything else is no record. */
		if (is_text && (!str_eq(key, STR("data")) ||
				str_starts(value, STR("gnt t="))))
			text = value;
		else
			learn(w, key, value);
		skip_space(&s);
		if (!take_byte(&s, ','))
			break;
	}
	if (!text.p)
		return false;
	w->text = text;
	return true;
}

bool journal_export(struct wrapped *w)
{
	return take_text(&w->text, STR("MESSAGE="));
}
