/* The field dictionary: schema/fields.tsv. */

#include "parsers/catalog/catalog.h"
#include "parsers/catalog/entry.h"

static const struct kind_row {
	const char *name, *pattern;
} kinds[KINDS] = {
	[KIND_HEX]  = { "hex",  "(?:0x)?[0-9A-Fa-f]{1,16}" },
	[KIND_INT]  = { "int",  "-?[0-9]{1,18}" },
	[KIND_NUM]  = { "num",  "(?:0x[0-9A-Fa-f]{1,16}|-?[0-9]{1,18})" },
	[KIND_DOM]  = { "dom",  "(?:d?[0-9]{1,5}|d\\[[A-Z]{2,5}\\])" },
	[KIND_WORD] = { "word", "[^ \\t]+?" },
	[KIND_NAME] = { "name", "[^ \\t,:()\\[\\]]+" },
	[KIND_TEXT] = { "text", ".*?" },
	[KIND_BDF]  = { "bdf",
		"(?:[0-9A-Fa-f]{4,8}:)?(?:0x)?[0-9A-Fa-f]{2}:(?:0x)?[0-9A-Fa-f]{2}"
		"\\.[0-7]" },
	[KIND_IFACE] = { "iface", "(?:\\(unnamed net_device\\)|[^ \\t:()]+)"
		"(?: \\((?:un[a-z]+|released|dummy)\\))?" },
	[KIND_LIST] = { "list", "[0-9A-Fa-fx,.]+" },
	[KIND_PREFIX] = { "prefix", "" },
};

const char *kind_name(enum kind kind)
{
	return kinds[kind].name;
}

const char *kind_pattern(enum kind kind)
{
	return kinds[kind].pattern;
}

bool kind_find(struct str name, enum kind *kind)
{
	for (unsigned i = 0; i < KINDS; i++) {
		if (!str_eq(name, str_from(kinds[i].name)))
			continue;
		*kind = (enum kind)i;
		return true;
	}
	return false;
}

bool kind_is_number(enum kind kind)
{
	return kind <= KIND_DOM;
}

int fields_find(const struct fields *fields, struct str name)
{
	return (int)names_find(&fields->names, name);
}

const char *fields_guess(const struct fields *fields, struct arena *arena,
			 struct str name)
{
	unsigned best = 4;
	struct str guess = { 0 };

	for (unsigned i = 0; i < fields->count; i++) {
		unsigned d = str_distance(fields->items[i].name, name);

		if (d < best) {
			best = d;
			guess = fields->items[i].name;
		}
	}
	if (!guess.n)
		return "fields live in schema/fields.tsv";
	return arena_printf(arena,
		"did you mean {%.*s}? fields live in schema/fields.tsv",
		STR_FMT(guess)).p;
}

bool fields_read(struct fields *fields, struct arena *arena, struct str text,
		 const char *file, struct diag *diag)
{
	unsigned before = diag->problems;
	size_t room = 1;

	for (size_t i = 0; i < text.n; i++)
		room += text.p[i] == '\n';
	*fields = (struct fields){
		.items = ARENA_ARRAY(arena, struct field, room),
		.arena = arena, .names = { .arena = arena },
	};
	for (unsigned line = 1; text.n; line++) {
		struct str row = str_split(&text, '\n'), rest = row;
		struct field field = { 0 };
		struct str kind;

		if (row.n == 0 || row.p[0] == '#')
			continue;
		field.name = str_split(&rest, '\t');
		kind = str_split(&rest, '\t');
		field.unit = str_split(&rest, '\t');
		field.meaning = rest;
		if (!kind_find(kind, &field.kind))
			diag_at(diag, (struct place){ file, line,
				(unsigned)(kind.p - row.p) + 1, row },
				"kinds are hex int num dom word name text bdf iface "
				"list prefix",
				"unknown kind '%.*s'", STR_FMT(kind));
		else if (!field.meaning.n)
			diag_at(diag, (struct place){ file, line, 1, row },
				"four columns, TAB between them: name, kind, unit, meaning",
				"field without a meaning");
		else if (fields_find(fields, field.name) >= 0)
			diag_at(diag, (struct place){ file, line, 1, row },
				"one row a name", "second field of the name "
				"'%.*s'", STR_FMT(field.name));
		else
			fields->items[names_add(&fields->names, field.name)] =
				field;
		fields->count = (unsigned)fields->names.count;
	}
	return diag->problems == before;
}
