/*
 * decode: what a register, a code or a record means, without any capture.  The
 * rows are schema/decode/; a record's decoder is a text of schema/decoders/.
 */

#include "analyzer/cmd/cmd.h"
#include "parsers/base/escape.h"
#include "parsers/base/num.h"
#include "parsers/base/stanza.h"

static bool take_number(struct str word, int64_t *value)
{
	uint64_t bits;

	if (!num_any(word, value)) {
		if (!num_hex(word, &bits))
			return false;
		*value = (int64_t)bits;
	}
	return true;
}

static struct query *open_decoder(struct store *store, struct str sql,
				  const char *name)
{
	const char *error;
	struct query *q = query_open(store, sql, &error);

	if (!q)
		fprintf(stderr, "faultline: %s: %s\n", name, error);
	return q;
}

/* "fsr=0x402" */
static int decode_register(struct session *s, struct store *store,
			   struct str word)
{
	struct data_file file = data_find(s->data,
					  "schema/decoders/register.sql");
	struct str value = word, name = str_split(&value, '=');
	struct stanza_reader reader;
	struct stanza stanza;
	struct query *q;
	int64_t number;
	int code = EXIT_FINE;

	if (!take_number(value, &number)) {
		fprintf(stderr, "faultline: decode: '%.*s' is no number; give "
			"it as 0x402 or 1026\n",
			STR_FMT(escape_text(s->arena, value)));
		return EXIT_FATAL;
	}
	q = query_must(store, "SELECT (SELECT count(*) FROM decode WHERE "
		"register = lower(?1) OR substr(register, -length(?1) - 1) = "
		"'.' || lower(?1)) + (SELECT count(*) FROM decode_alias WHERE "
		"alias = lower(?1))");
	query_bind_text(q, 1, name);
	if (query_row(q) && query_int(q, 0) == 0) {
		fprintf(stderr, "faultline: decode: no register '%.*s'; "
			"'faultline decode' lists them\n",
			STR_FMT(escape_text(s->arena, name)));
		code = EXIT_FATAL;
	}
	query_close(q);
	if (code)
		return code;
	stanza_open(&reader, file.text, file.name.p, "-- ");
	stanza_next(&reader, s->arena, &stanza);
	q = open_decoder(store, stanza_rest(&reader), file.name.p);
	if (!q)
		return EXIT_FATAL;
	query_bind_text(q, 1, name);
	query_bind_int(q, 2, number);
	report_rows(q, s->options.format, stdout);
	query_close(q);
	return EXIT_FINE;
}

static struct str find_key(const struct stanza *stanza, struct str key)
{
	for (const struct stanza_line *l = stanza->lines; l; l = l->next)
		if (str_eq(l->key, key))
			return l->value;
	return (struct str){ 0 };
}

/* "insert pci_error dw0 dw1 dw2 dw3": the words as one row of that table. */
static bool insert_words(struct session *s, struct store *store,
			 const struct stanza *stanza, const int64_t *words,
			 unsigned n)
{
	struct str rest = find_key(stanza, STR("insert")), word;
	struct str sets = find_key(stanza, STR("set"));
	struct str table = str_word(&rest), columns = STR(""), values = STR("");
	const char *error;
	unsigned i = 0;

	for (word = str_word(&rest); word.n; word = str_word(&rest), i++) {
		columns = arena_printf(s->arena, "%.*s, %.*s",
				       STR_FMT(columns), STR_FMT(word));
		/* A header of three words has no fourth. */
		values = arena_printf(s->arena, "%.*s, %lld", STR_FMT(values),
				      i < n ? (long long)words[i] : 0);
	}
	if (n > i || n + 1 < i) {
		fprintf(stderr, "faultline: decode: it takes %u words: %.*s\n",
			i, STR_FMT(find_key(stanza, STR("insert"))));
		return false;
	}
	for (word = str_word(&sets); word.n; word = str_word(&sets)) {
		struct str value = word, name = str_split(&value, '=');

		columns = arena_printf(s->arena, "%.*s, %.*s",
				       STR_FMT(columns), STR_FMT(name));
		values = arena_printf(s->arena, "%.*s, '%.*s'",
				      STR_FMT(values), STR_FMT(value));
	}
	if (store_try(store, arena_printf(s->arena,
		"INSERT INTO capture (call, name, digest) VALUES (1, '-', '');"
		"INSERT INTO boot (capture, line) VALUES (1, 1);"
		"INSERT INTO segment (capture, first_line, starts, xen, "
		" kernels, rows, boot) VALUES (1, 1, 'file', 0, 0, 1, 1);"
		"INSERT INTO message (name, title, origin) VALUES ('-', '', '');"
		"INSERT INTO %.*s (capture, line, offset, segment, message, "
		" speaker, trust, replayed%.*s) VALUES (1, 1, 0, 1, 1, 'host', "
		" 'host', 0%.*s)", STR_FMT(table), STR_FMT(columns),
		STR_FMT(values)), &error))
		return true;
	fprintf(stderr, "faultline: decode: %s\n", error);
	return false;
}

/* One row, a column a line; what is NULL is left out. */
static void print_columns(struct session *s, struct query *q)
{
	while (query_row(q))
		for (int i = 0; i < query_columns(q); i++)
			if (!query_is_null(q, i))
				printf("%-15s %.*s\n", query_name(q, i),
				       STR_FMT(escape_text(s->arena,
							   query_text(q, i))));
}

/* "tlp 34000000 00000052 00000000 00000000": the words are hexadecimal. */
static int decode_record(struct session *s, struct store *store,
			 const struct data_file *file)
{
	const struct options *o = &s->options;
	int64_t words[16];
	struct stanza_reader reader;
	struct stanza stanza;
	unsigned n = 0;
	struct query *q;
	uint64_t bits;

	for (unsigned i = 1; i < o->noperands; i++) {
		struct str word = str_from(o->operands[i]);

		if (n == 16 || !num_hex(word, &bits)) {
			fprintf(stderr, "faultline: decode: '%.*s' is no "
				"hexadecimal word\n",
				STR_FMT(escape_text(s->arena, word)));
			return EXIT_FATAL;
		}
		words[n++] = (int64_t)bits;
	}
	stanza_open(&reader, file->text, file->name.p, "-- ");
	stanza_next(&reader, s->arena, &stanza);
	if (!n || !insert_words(s, store, &stanza, words, n))
		return EXIT_FATAL;
	q = open_decoder(store, stanza_rest(&reader), file->name.p);
	if (!q)
		return EXIT_FATAL;
	if (o->format_given)
		report_rows(q, o->format, stdout);
	else
		print_columns(s, q);
	query_close(q);
	return EXIT_FINE;
}

static void list_decoders(struct session *s, struct store *store)
{
	struct query *q = query_must(store, "SELECT register AS name, count(*) "
		"AS meanings, group_concat(DISTINCT source) IS NOT NULL AS "
		"sourced FROM decode GROUP BY register ORDER BY register");
	const struct data_file *f = NULL;
	struct stanza_reader reader;
	struct stanza stanza;

	puts("faultline decode NAME=VALUE, where NAME is one of these, or "
	     "its last part:");
	while (query_row(q))
		printf("  %.*s\n", STR_FMT(query_text(q, 0)));
	query_close(q);
	puts("faultline decode RECORD WORD..., where RECORD is one of these:");
	while ((f = data_next(s->data, "schema/decoders/", ".sql", f))) {
		if (str_eq(data_stem(f), STR("register")))
			continue;
		stanza_open(&reader, f->text, f->name.p, "-- ");
		stanza_next(&reader, s->arena, &stanza);
		printf("  %-12.*s %.*s\n", STR_FMT(data_stem(f)),
		       STR_FMT(find_key(&stanza, STR("title"))));
	}
}

static int decode(struct session *s, struct store *store)
{
	const struct options *o = &s->options;
	const struct data_file *f = NULL;
	int code = EXIT_FINE;

	if (!o->noperands) {
		list_decoders(s, store);
		return EXIT_FINE;
	}
	while ((f = data_next(s->data, "schema/decoders/", ".sql", f)))
		if (str_eq(data_stem(f), str_from(o->operands[0])))
			return decode_record(s, store, f);
	for (unsigned i = 0; i < o->noperands && code == EXIT_FINE; i++) {
		struct str word = str_from(o->operands[i]);

		if (str_find_byte(word, '=') <= 0) {
			fprintf(stderr, "faultline: decode: '%.*s' is neither "
				"NAME=VALUE nor a record; 'faultline decode' "
				"lists both\n",
				STR_FMT(escape_text(s->arena, word)));
			return EXIT_FATAL;
		}
		code = decode_register(s, store, word);
	}
	return code;
}

int cmd_decode(struct session *s)
{
	struct store *store = store_private(s->data);
	int code;

	store_begin(store);
	code = decode(s, store);
	store_rollback(store);
	store_close(store);
	return code;
}
