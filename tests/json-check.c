/* Is a file one JSON document (RFC 8259)?  -p prints its paths and values. */

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE_MOST = 64 << 20, DEPTH_MOST = 64, PATH_MOST = 512 };

static const unsigned char *text, *at, *end;
static bool print;
static char path[PATH_MOST];

static void fail(const char *what)
{
	fprintf(stderr, "byte %td: %s\n", at - text, what);
	exit(1);
}

static void blanks(void)
{
	while (at < end && strchr(" \t\r\n", *at) && *at)
		at++;
}

static void want(char c)
{
	if (at == end || *at != (unsigned char)c)
		fail("another character was wanted");
	at++;
}

/* One character beyond ASCII: no overlong form, no surrogate. */
static void utf8(void)
{
	static const struct { unsigned char lead, last; unsigned more;
		unsigned least; } kinds[] = {
		{ 0xc2, 0xdf, 1, 0x80 }, { 0xe0, 0xef, 2, 0x800 },
		{ 0xf0, 0xf4, 3, 0x10000 },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		unsigned value = *at & (0x3fu >> kinds[i].more);

		if (*at < kinds[i].lead || *at > kinds[i].last)
			continue;
		at++;
		for (unsigned k = 0; k < kinds[i].more; k++, at++) {
			if (at == end || (*at & 0xc0) != 0x80)
				fail("not UTF-8");
			value = value << 6 | (*at & 0x3f);
		}
		if (value < kinds[i].least || value > 0x10ffff ||
		    (value >= 0xd800 && value < 0xe000))
			fail("not UTF-8");
		return;
	}
	fail("not UTF-8");
}

static void escaped(void)
{
	at++;
	if (at == end || !*at || !strchr("\"\\/bfnrtu", *at))
		fail("an escape that JSON does not have");
	if (*at++ != 'u')
		return;
	for (int i = 0; i < 4; i++, at++)
		if (at == end || !*at || !strchr("0123456789abcdefABCDEF", *at))
			fail("\\u needs four hex digits");
}

static void string(void)
{
	want('"');
	while (at < end && *at != '"') {
		if (*at < 0x20 || *at == 0x7f)
			fail("a control byte in a string");
		if (*at == '\\')
			escaped();
		else if (*at >= 0x80)
			utf8();
		else
			at++;
	}
	want('"');
}

static void digits(void)
{
	if (at == end || *at < '0' || *at > '9')
		fail("a digit was wanted");
	while (at < end && *at >= '0' && *at <= '9')
		at++;
}

static void number(void)
{
	if (*at == '-')
		at++;
	if (at < end && *at == '0')
		at++;
	else
		digits();
	if (at < end && *at == '.') {
		at++;
		digits();
	}
	if (at < end && (*at | 0x20) == 'e') {
		at++;
		if (at < end && (*at == '+' || *at == '-'))
			at++;
		digits();
	}
}

static void word(void)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(end - at) < n || memcmp(at, words[i], n) != 0)
			continue;
		at += n;
		return;
	}
	fail("a value was wanted");
}

/* Members of an object or an array; its path grows by ".name" or "[n]". */
static void value(unsigned depth);

static void members(unsigned depth, char close, bool named)
{
	size_t length = strlen(path);

	at++;
	blanks();
	for (unsigned i = 0; at < end && *at != (unsigned char)close; i++) {
		if (i) {
			want(',');
			blanks();
		}
		if (named) {
			const unsigned char *name = at;

			string();
			snprintf(path + length, sizeof(path) - length, "%s%.*s",
				 length ? "." : "", (int)(at - name - 2),
				 (const char *)name + 1);
			blanks();
			want(':');
		} else {
			snprintf(path + length, sizeof(path) - length, "[%u]",
				 i);
		}
		value(depth + 1);
	}
	want(close);
	path[length] = 0;
}

static void value(unsigned depth)
{
	const unsigned char *start;

	blanks();
	start = at;
	if (depth > DEPTH_MOST)
		fail("nested too deep");
	if (at == end)
		fail("a value was wanted");
	if (*at == '{')
		members(depth, '}', true);
	else if (*at == '[')
		members(depth, ']', false);
	else if (*at == '"')
		string();
	else if (*at == '-' || (*at >= '0' && *at <= '9'))
		number();
	else
		word();
	if (print && *start != '{' && *start != '[')
		printf("%s\t%.*s\n", path, (int)(at - start),
		       (const char *)start);
	else if (print && at - start == 2)
		printf("%s\t%.2s\n", path, (const char *)start);
	blanks();
}

int main(int argc, char **argv)
{
	unsigned char *bytes = malloc(SIZE_MOST);
	FILE *file;
	size_t n;

	print = argc == 3 && strcmp(argv[1], "-p") == 0;
	file = argc == 2 + print ? fopen(argv[argc - 1], "rb") : NULL;
	if (!file || !bytes) {
		fputs("json-check [-p] FILE\n", stderr);
		return 2;
	}
	n = fread(bytes, 1, SIZE_MOST, file);
	fclose(file);
	text = at = bytes;
	end = bytes + n;
	value(0);
	if (at < end)
		fail("something follows the document");
	free(bytes);
	return 0;
}
