/* What is mapped: the same as a naive list, and memory that follows it. */

#include "analyzer/store/live.h"
#include "tests/unit/unit.h"

enum { KEYS = 3 * 2 * 700, STEPS = 60000 };

static struct live key_of(unsigned n)
{
	return (struct live){
		.lane = n % 3, .mapper = n / 3 % 2, .handle = n / 6,
	};
}

static size_t bytes(const struct live_set *s)
{
	return s->room * sizeof(*s->items) + s->nheads * sizeof(*s->heads);
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

static void set_is_what_a_list_is(void **state)
{
	static int64_t list[KEYS];	/* op, 0: not mapped */
	struct live_set set = { 0 };
	uint32_t seed = 1;
	size_t count = 0;

	(void)state;
	for (int64_t step = 1; step <= STEPS; step++) {
		unsigned n = next_random(&seed) % KEYS;
		/* More maps than unmaps at first, then fewer. */
		bool map = next_random(&seed) % 4 < (step < STEPS / 2 ? 3 : 1);
		struct live key = key_of(n), *found = live_find(&set, key);

		assert_int_equal(found != NULL, list[n] != 0);
		if (found)
			assert_int_equal(found->op, list[n]);
		if (map && !found) {
			key.op = step;
			live_add(&set, key);
			list[n] = step;
			count++;
		} else if (!map && found) {
			live_remove(&set, found);
			list[n] = 0;
			count--;
		}
		assert_int_equal(set.count, count);
	}
	for (unsigned n = 0; n < KEYS; n++) {
		struct live *found = live_find(&set, key_of(n));

		assert_int_equal(found ? found->op : 0, list[n]);
	}
	live_free(&set);
}

static void memory_follows_what_is_mapped(void **state)
{
	struct live_set set = { 0 };
	enum { MOST = 200000, FEW = 100 };

	(void)state;
	for (uint32_t i = 0; i < MOST; i++) {
		live_add(&set, (struct live){ .handle = i * 2654435761u });
		if (i >= 1000)
			assert_true(bytes(&set) <= (size_t)64 * set.count);
	}
	/* Many that come and go cost what is there at once. */
	for (uint32_t i = 0; i < MOST; i++) {
		struct live key = { .handle = i * 2654435761u };

		live_remove(&set, live_find(&set, key));
		live_add(&set, key);
	}
	assert_true(bytes(&set) <= (size_t)64 * MOST);
	while (set.count > FEW)
		live_remove(&set, &set.items[set.count / 2]);
	assert_true(bytes(&set) < (size_t)64 * FEW * 8);
	live_free(&set);
	assert_int_equal(bytes(&set), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(set_is_what_a_list_is),
		cmocka_unit_test(memory_follows_what_is_mapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
