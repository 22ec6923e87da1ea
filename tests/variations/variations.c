/*
 * variations PROGRAM [-n COUNT] [-k FOLDER] [SCENE…]: makes captures, asks the
 * program what it concludes from each, and compares that with what the scene
 * allows.  With -k the captures of the scenes stay in FOLDER.
 */

#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/variations/scene.h"

enum { COUNT = 310, ANSWER = 1 << 18 };

static const char flagship[] = "arm-grant-not-in-iommu-p2m";
static const char unmapped[] = "grant-unmapped-in-flight";

static char made[] = "variations.XXXXXX";
static const char *folder = made;
static bool keep;

const char *grade_word(enum grade grade)
{
	static const char *const words[] = {
		[ABSENT] = "absent", [RULED_OUT] = "ruled out",
		[POSSIBLE] = "possible", [LIKELY] = "likely",
		[CONFIRMED] = "confirmed",
	};

	return words[grade];
}

void scene_print(const struct scene *s, FILE *out)
{
	fprintf(out, "shape %u: Xen %s%s, boot log %d%s%s, end %d, stamps %d"
		"%s%s, kind %d, place %d, %s, context %u%s, faults %u%s, "
		"witness %d, hresp %d%s%s%s%s%s%s\n", s->nr % SHAPES,
		s->version, s->told ? " (told)" : "", s->boot_log,
		s->boot_apart ? " apart" : "",
		s->boot_apart && s->boot_apart_last ? " (last)" : "", s->end,
		s->stamp, s->printk_time ? "" : ", no printk time",
		s->caller_id ? ", callers" : "", s->kind, s->place,
		s->write ? "write" : "read", s->context,
		s->banks_shown ? " shown" : "", s->nfaults,
		s->mixed ? "+own" : "", s->witness, s->hresp,
		s->torn ? ", torn" : "", s->replayed ? ", replayed" : "",
		s->only_replay ? ", only replayed" : "",
		s->copied ? ", copied" : "", s->forged ? ", forged" : "",
		s->shuffle ? ", shuffled" : "");
}

static void file_name(char *out, size_t size, unsigned nr, unsigned file)
{
	snprintf(out, size, "%s/%03u-%u.log", folder, nr, file);
}

/* Runs the program; its JSON document. */
static bool ask(const char *program, const struct scene *s, unsigned nfiles,
		char *answer)
{
	char names[FILES_MAX][200], fact[80];
	const char *args[12] = { program, "-q", "-f", "json" };
	unsigned n = 4;
	size_t got = 0;
	int ends[2], status;
	ssize_t r;
	pid_t pid;

	snprintf(fact, sizeof(fact), "xen.version=%s", s->version);
	if (s->told) {
		args[n++] = "--fact";
		args[n++] = fact;
	}
	for (unsigned i = 0; i < nfiles; i++) {
		file_name(names[i], sizeof(names[i]), s->nr, i);
		args[n++] = names[i];
	}
	if (pipe(ends) != 0 || (pid = fork()) < 0)
		return false;
	if (pid == 0) {
		dup2(ends[1], 1);
		close(ends[0]);
		close(ends[1]);
		execvp(program, (char *const *)args);
		_exit(127);
	}
	close(ends[1]);
	while ((r = read(ends[0], answer + got, ANSWER - 1 - got)) > 0)
		got += (size_t)r;
	close(ends[0]);
	answer[got] = 0;
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

/* The best grade that an incident of the document gives the cause. */
static enum grade grade_of(const char *answer, const char *cause)
{
	char mark[80], word[80];
	enum grade best = ABSENT;
	const char *stop = strstr(answer, "\"findings\":[");

	snprintf(mark, sizeof(mark), "{\"cause\":\"%s\",", cause);
	for (const char *p = answer; (p = strstr(p, mark)) && p < stop; ) {
		enum grade now = RULED_OUT;

		p += strlen(mark);
		for (enum grade g = POSSIBLE; g <= CONFIRMED; g++) {
			snprintf(word, sizeof(word), "\"grade\":\"%s\"",
				 grade_word(g));
			if (strncmp(p, word, strlen(word)) == 0)
				now = g;
		}
		best = now > best ? now : best;
	}
	return best;
}

static void tell(const struct scene *s, const struct expectation *e,
		 enum grade got, enum grade late)
{
	printf("FAIL  scene %u: %s is %s, wanted %s (%s)%s%s\n      ", s->nr,
	       flagship, grade_word(got), grade_word(e->grade), e->because,
	       late > RULED_OUT || e->unmapped ?
	       "; grant-unmapped-in-flight is " : "",
	       late > RULED_OUT || e->unmapped ? grade_word(late) : "");
	scene_print(s, stdout);
}

static bool try_scene(const char *program, unsigned nr)
{
	static char answer[ANSWER];
	FILE *files[FILES_MAX];
	char name[200];
	struct scene s;
	struct expectation e;
	enum grade got, late;
	unsigned nfiles;
	bool fine;

	scene_choose(&s, nr);
	e = scene_expect(&s);
	for (unsigned i = 0; i < FILES_MAX; i++) {
		file_name(name, sizeof(name), nr, i);
		files[i] = fopen(name, "wb");
		if (!files[i]) {
			perror(name);
			exit(2);
		}
	}
	nfiles = scene_write(&s, files);
	for (unsigned i = 0; i < FILES_MAX; i++)
		fclose(files[i]);
	fine = ask(program, &s, nfiles, answer);
	got = grade_of(answer, flagship);
	late = grade_of(answer, unmapped);
	if (!fine)
		printf("FAIL  scene %u: the program failed\n", nr);
	fine = fine && got == e.grade &&
	       (e.unmapped ? late >= POSSIBLE : late <= POSSIBLE);
	if (!fine)
		tell(&s, &e, got, late);
	for (unsigned i = 0; i < FILES_MAX; i++) {
		file_name(name, sizeof(name), nr, i);
		if (!keep || i >= nfiles)
			unlink(name);
	}
	return fine;
}

int main(int argc, char **argv)
{
	unsigned count = COUNT, failed = 0, tried = 0;
	int option;

	while ((option = getopt(argc, argv, "n:k:")) != -1) {
		if (option == 'n')
			count = (unsigned)strtoul(optarg, NULL, 10);
		else if (option == 'k')
			folder = optarg, keep = true;
		else
			return 2;
	}
	if (optind >= argc) {
		fputs("usage: variations [-n COUNT] [-k FOLDER] PROGRAM "
		      "[SCENE...]\n", stderr);
		return 2;
	}
	if (!keep && !mkdtemp(made)) {
		perror(made);
		return 2;
	}
	for (int i = optind + 1; i < argc; i++, tried++)
		failed += !try_scene(argv[optind],
				     (unsigned)strtoul(argv[i], NULL, 10));
	for (unsigned i = 0; optind + 1 == argc && i < count; i++, tried++)
		failed += !try_scene(argv[optind], i);
	if (!keep)
		rmdir(made);
	printf("%u scenes, %u failed\n", tried, failed);
	return failed != 0;
}
