/* Digits to integers: what is a number, what is not, and nothing overflows. */

#include "parsers/base/num.h"
#include "tests/unit/unit.h"

static const struct { const char *text; bool ok; uint64_t value; } hex[] = {
	{ "402",			true,  0x402 },
	{ "0x402",			true,  0x402 },
	{ "0X402",			true,  0x402 },
	{ "0xdeadBEEF",			true,  0xdeadbeef },
	{ "0",				true,  0 },
	{ "0xffffffffffffffff",		true,  UINT64_MAX },
	{ "ffffffffffffffff",		true,  UINT64_MAX },
	{ "0000000000000000",		true,  0 },
	{ "10000000000000000",		false, 0 },	/* one digit too many */
	{ "0x00000000000000001",	false, 0 },
	{ "",				false, 0 },
	{ "0x",				false, 0 },
	{ "x1",				false, 0 },
	{ "0x0x1",			false, 0 },
	{ "-1",				false, 0 },
	{ "0x8424c,",			false, 0 },
	{ " 1",				false, 0 },
	{ "1g",				false, 0 },
	{ "\xc1",			false, 0 },
	{ "1\x10",			false, 0 },
};

static const struct { const char *text; bool ok; int64_t value; } dec[] = {
	{ "0",				true,  0 },
	{ "12",				true,  12 },
	{ "-3",				true,  -3 },
	{ "-0",				true,  0 },
	{ "0000000000000000007",	true,  7 },
	{ "9223372036854775807",	true,  INT64_MAX },
	{ "-9223372036854775807",	true,  -INT64_MAX },
	{ "9223372036854775808",	false, 0 },
	{ "-9223372036854775808",	false, 0 },
	{ "9999999999999999999",	false, 0 },
	{ "18446744073709551617",	false, 0 },	/* would wrap to 1 */
	{ "",				false, 0 },
	{ "-",				false, 0 },
	{ "--1",			false, 0 },
	{ "+1",				false, 0 },
	{ "1.",				false, 0 },
	{ "0x1",			false, 0 },
	{ "1 ",				false, 0 },
}, any[] = {
	{ "26",				true,  26 },
	{ "-26",			true,  -26 },
	{ "0x1a",			true,  26 },
	{ "0xffffffffffffffff",		true,  -1 },	/* two's complement */
	{ "010",			true,  10 },	/* never octal */
	{ "1a",				false, 0 },
	{ "-0x1",			false, 0 },
	{ "0x",				false, 0 },
	{ "",				false, 0 },
};

static void hex_is_up_to_16_digits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(hex); i++) {
		uint64_t value = 77;

		if (num_hex(str_from(hex[i].text), &value) != hex[i].ok)
			fail_msg("%s", hex[i].text);
		assert_int_equal(value, hex[i].ok ? hex[i].value : 77);
	}
}

static void dec_fits_or_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dec); i++) {
		int64_t value = 77;

		if (num_dec(str_from(dec[i].text), &value) != dec[i].ok)
			fail_msg("%s", dec[i].text);
		assert_int_equal(value, dec[i].ok ? dec[i].value : 77);
	}
}

static void any_reads_as_c_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(any); i++) {
		int64_t value = 77;

		if (num_any(str_from(any[i].text), &value) != any[i].ok)
			fail_msg("%s", any[i].text);
		assert_int_equal(value, any[i].ok ? any[i].value : 77);
	}
}

static void a_nul_or_no_text_is_no_number(void **state)
{
	uint64_t u;
	int64_t i;

	(void)state;
	assert_false(num_hex((struct str){ "1\0", 2 }, &u));
	assert_false(num_dec((struct str){ "1\0", 2 }, &i));
	assert_false(num_hex((struct str){ NULL, 0 }, &u));
	assert_false(num_any((struct str){ NULL, 0 }, &i));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(hex_is_up_to_16_digits),
		cmocka_unit_test(dec_fits_or_is_refused),
		cmocka_unit_test(any_reads_as_c_does),
		cmocka_unit_test(a_nul_or_no_text_is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
