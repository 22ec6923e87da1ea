#define _POSIX_C_SOURCE 200809L
/*
 * join-time DATABASE: seconds of the processor that it takes to read the rows
 * that the join reads, and nothing else; and those of the whole join.  What is
 * stored stays as it is.
 */

#include <stdio.h>
#include <time.h>

#include "analyzer/store/inside.h"

enum { TIMES = 3 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void read_all(struct store *s)
{
	static const char *const views[] = {
		"SELECT * FROM v_join_grant_op", "SELECT * FROM v_join_fault",
	};
	int64_t sum = 0;

	for (int i = 0; i < 2; i++) {
		struct query *q = query_must(s, views[i]);

		while (query_row(q))
			for (int c = 0; c < query_columns(q); c++)
				sum += query_int(q, c) & 1;
		query_close(q);
	}
	if (sum == INT64_MAX)		/* so that it is computed */
		printf("%lld", (long long)sum);
}

/* The least of some, as others use the processor, too. */
static double least(struct store *s, void (*of)(struct store *))
{
	double best = 0;

	for (int i = 0; i < TIMES; i++) {
		double start, took;

		store_run(s, STR("DELETE FROM fault_join;"
				 "DELETE FROM grant_interval"), "join-time");
		start = now();
		of(s);
		took = now() - start;
		if (i == 0 || took < best)
			best = took;
	}
	return best;
}

int main(int argc, char **argv)
{
	struct data *data = data_open(NULL);
	struct store *s = argc == 2 ? store_open(argv[1], STORE_WRITE, data)
				    : NULL;

	if (!s)
		return 2;
	store_begin(s);
	printf("%.4f ", least(s, read_all));
	printf("%.4f\n", least(s, join_settle));
	store_rollback(s);
	store_close(s);
	return 0;
}
