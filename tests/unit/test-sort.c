/* Records come out in order and whole, however many runs they make. */

#include "analyzer/store/sort.h"
#include "tests/unit/unit.h"

enum { WORDS = 20, KEYS = 3 };

static uint64_t next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 11;
}

/* Few first keys, the ends of the range, and numbers of every length. */
static void fill(int64_t *record, uint64_t *state, int64_t number)
{
	static const int64_t first[] = { INT64_MIN, -1, 0, 1, INT64_MAX };

	record[0] = first[next_random(state) % 5];
	record[1] = (int64_t)(next_random(state) % 100);
	record[2] = number;
	for (int i = KEYS; i < WORDS; i++)
		record[i] = (int64_t)(next_random(state) << 11 >>
				      next_random(state) % 64);
}

/* What is stored, whatever its order. */
static uint64_t sum(const int64_t *record)
{
	uint64_t h = 0;

	for (int i = 0; i < WORDS; i++)
		h = (h ^ (uint64_t)record[i]) * 0x9e3779b97f4a7c15u;
	return h;
}

static bool is_behind(const int64_t *a, const int64_t *b)
{
	for (int i = 0; i < KEYS; i++)
		if (a[i] != b[i])
			return a[i] > b[i];
	return false;
}

static void expect_sorted(struct store *s, int64_t n)
{
	struct sort *sort = sort_open(s, "sorted_test", WORDS, KEYS);
	int64_t record[WORDS], before[WORDS];
	uint64_t state = 1, in = 0, out = 0;
	const int64_t *r;

	fill(record, &state, 0);
	sort_add(sort, record);
	sort_clear(sort);
	for (int64_t i = 0; i < n; i++) {
		fill(record, &state, n - i);
		in += sum(record);
		sort_add(sort, record);
	}
	for (int64_t i = 0; i < n; i++) {
		r = sort_next(sort);
		assert_non_null(r);
		assert_false(i > 0 && !is_behind(r, before));
		memcpy(before, r, sizeof(before));
		out += sum(r);
	}
	assert_null(sort_next(sort));
	assert_int_equal(in, out);
	sort_close(sort);
}

static void records_are_sorted(void **state)
{
	struct data *data = data_open(NULL);
	struct store *s = store_private(data);

	(void)state;
	expect_sorted(s, 0);
	expect_sorted(s, 1);
	expect_sorted(s, 5000);		/* in memory */
	expect_sorted(s, 100000);	/* some runs */
	expect_sorted(s, 900000);	/* so many that they are merged on the way */
	store_close(s);
	data_close(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
