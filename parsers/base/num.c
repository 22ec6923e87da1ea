/* Digits to integers: never past the end, never silently out of range. */

#include "parsers/base/num.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool has_0x(struct str s)
{
	return s.n > 2 && s.p[0] == '0' && (s.p[1] | 0x20) == 'x';
}

bool num_hex(struct str s, uint64_t *out)
{
	uint64_t value = 0;

	if (has_0x(s))
		s = str_skip(s, 2);
	if (s.n == 0 || s.n > 16)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		int digit = hex_digit(s.p[i]);

		if (digit < 0)
			return false;
		value = value << 4 | (unsigned)digit;
	}
	*out = value;
	return true;
}

bool num_dec(struct str s, int64_t *out)
{
	bool minus = s.n && s.p[0] == '-';
	uint64_t value = 0;

	if (minus)
		s = str_skip(s, 1);
	if (s.n == 0 || s.n > 19)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		value = value * 10 + (unsigned)(s.p[i] - '0');
	}
	if (value > (uint64_t)INT64_MAX)
		return false;
	*out = minus ? -(int64_t)value : (int64_t)value;
	return true;
}

bool num_any(struct str s, int64_t *out)
{
	uint64_t value;

	if (!has_0x(s))
		return num_dec(s, out);
	if (!num_hex(s, &value))
		return false;
	*out = (int64_t)value;
	return true;
}

static size_t skip_digits(struct str s, size_t at)
{
	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		at++;
	return at;
}

bool num_stamp(struct str s)
{
	size_t at = 1, dot, end;

	if (s.n < 11 || s.p[0] != '[')
		return false;
	while (at < s.n && s.p[at] == ' ')
		at++;
	dot = skip_digits(s, at);
	if (dot == at || dot == s.n || s.p[dot] != '.')
		return false;
	end = skip_digits(s, dot + 1);
	return end - dot == 7 && end + 1 < s.n && s.p[end] == ']' &&
	       (s.p[end + 1] == ' ' || s.p[end + 1] == '[');
}
