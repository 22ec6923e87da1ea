/* What the catalogue keeps of an entry; not for other rooms. */
#ifndef PARSERS_CATALOG_ENTRY_H
#define PARSERS_CATALOG_ENTRY_H

#include "parsers/base/stanza.h"
#include "parsers/catalog/catalog.h"
#include "parsers/catalog/index.h"
#include "parsers/catalog/regex.h"

enum { LISTS_MAX = 4, WORDS_MAX = 8, SLOTS_MAX = 32, KEYS_MAX = 4, PICKS_MAX = 12, ANCHOR_MIN = 6,
       REPEATS_MOST = 8 };

enum from { FROM_XEN, FROM_LINUX, FROM_TRACE, FROM_TOOL, FROM_FILE, FROM_ANY };

/* A group of a template's expression, and what becomes of it. */
struct slot {
	uint16_t field;
	enum kind kind;
	uint8_t repeats;		/* how often it may come; 0: once */
	bool again;			/* a field of this text that came before */
	struct setting *words;		/* {x:Read=read|…}: what is stored */
};

/* One way a line may look. */
struct template {
	struct str text;		/* as written */
	struct place place;
	struct str pattern;		/* as PCRE2 wants it */
	struct str anchor;		/* longest literal */
	bool raw;			/* "match": named groups, own anchor */
	struct str since, until;	/* releases that print it so */
	struct regex *regex;		/* compiled on first use */
	unsigned nslots;
	struct slot *slots;		/* raw: with room for SLOTS_MAX */
	struct template *next;
};

/* "each words 4 flags=1.0:32": a column out of a list, or several at once. */
struct pick {
	uint16_t field;
	unsigned word, bit, width;
	bool is_signed;
};

struct each {
	bool used;
	uint16_t lists[LISTS_MAX];	/* fields that hold the lists */
	unsigned nlists;
	unsigned size;			/* words of each in one operation */
	int64_t first;			/* number of the first one shown */
	unsigned npicks;
	struct pick picks[PICKS_MAX];
};

struct sample {
	struct str text, expect;
	struct place place, expect_place;
	bool invented, reject;
	struct sample *next;
};

enum role { ROLE_MESSAGE, ROLE_BLOCK, ROLE_ROW };

struct entry {
	struct message message;		/* first: what others may see */
	enum role role;
	enum from from;
	struct template *templates;	/* own lines */
	struct template *more;		/* block: lines that add fields */
	struct entry *rows;		/* block: its rows, by sibling */
	struct entry *sibling;
	struct entry *block;		/* row: its block */
	uint16_t keys[KEYS_MAX];
	unsigned nkeys;
	bool blind;			/* block: a member has no anchor */
	struct each each;
	struct sample *samples;
	struct stanza stanza;
	struct entry *older;		/* read before it, installed or not */
};

static inline struct entry *entry_of(const struct message *message)
{
	return (struct entry *)message;
}

const char *kind_name(enum kind);
const char *kind_pattern(enum kind);
bool kind_find(struct str name, enum kind *);
bool kind_is_number(enum kind);
const char *fields_guess(const struct fields *, struct arena *, struct str);

/* scan.c: the longest literal of a text that every line of it has */
struct str template_anchor(struct str text, const struct fields *,
			   struct arena *);

/* template.c: text with {fields} to expression, anchor and slots */
bool template_parse(struct template *, const struct fields *, struct arena *,
		    bool may_repeat, struct diag *);
bool template_ready(struct template *, const struct fields *, struct diag *);

/* prefilter.c: all anchors at once; what it points to lives in the arena */
struct prefilter prefilter_make(struct arena *, const struct str *anchors,
				size_t count);
void prefilter_scan(const struct prefilter *, struct str text, struct hits *);

/* A literal that leads to a text of a stanza: its how-manieth text, or more. */
struct lead {
	struct str anchor;
	bool is_more;
	unsigned number;
	struct lead *next;
};

/* A stanza as it stands in its file, and the entry, once it was read. */
struct source_stanza {
	struct str text, name;
	const char *file;
	unsigned file_number, line, id, nrows, ntexts, nmore;
	enum means means;
	struct lead *leads;		/* of one that was looked at, not indexed */
	struct entry *entry;		/* NULL: not read yet */
	bool failed;			/* it was read, and is wrong */
	const struct source_stanza *replaces;
	struct source_stanza *next;
};

/* A way to claim a line, listed under its anchor. */
struct candidate {
	struct source_stanza *stanza;
	struct template *template;	/* NULL: not looked for yet */
	unsigned number, rank;		/* as in struct index_way */
	bool is_more;
	struct candidate *next;
};

/* A literal that is looked for, although no entry has it. */
struct word {
	struct str text, reason;	/* reason empty: suspicious */
	struct word *next;
};

struct source_file {
	struct str text;
	const char *name;
};

struct catalog {
	const struct fields *fields;
	struct arena *arena;
	struct source_file *files;	/* .msg texts, in the order of reading */
	size_t nfiles, files_room;
	struct word *words;
	struct source_stanza *stanzas, **last;	/* that were looked at */
	struct names names;		/* of these; by_name has the last of each */
	struct source_stanza **by_name;
	size_t by_name_room;
	struct message *messages;	/* once all are loaded */
	struct entry *newest;		/* what catalog_free() has to free */
	unsigned count;
	struct listing_entry *listings, **last_listing;
	struct regex_scratch *scratch;	/* of these; NULL: not needed yet */
	const struct catalog_index *index;	/* given, or made by catalog_seal() */
	struct source_stanza **by_number;	/* as in the index; NULL: not yet */
	struct candidate **by_anchor;	/* lists in catalogue order; NULL: not yet */
	struct word **by_word;		/* by number */
};

/* index.c: of all stanzas that were looked at; it lives in the arena */
const struct catalog_index *index_make(const struct catalog *);

/* read.c: a stanza in full; false after messages */
bool stanza_load(struct catalog *, struct source_stanza *, struct diag *);
/* Numbers its messages. */
void stanza_number(struct source_stanza *);
/* seal.c: a stanza, looked at or out of the index */
struct source_stanza *stanza_at(struct catalog *, uint32_t number);
/* The ways to claim a line with that anchor. */
struct candidate *candidates_of(struct catalog *, unsigned anchor);
/* Entry and template of a candidate, read if need be; NULL: wrong */
struct entry *candidate_ready(struct catalog *, struct candidate *,
			      struct diag *);

/* listing.c */
void listings_free(struct catalog *);

/* values.c: the values of an event */
const struct value *event_find(const struct event *, unsigned field);
bool event_same(const struct value *, const struct value *);
void event_add(struct event *, struct value);

/* operations.c: one event an operation of the event's list */
void operations_emit(struct sink *, const struct fields *, struct event *,
		     const struct each *);

/*
 * Converts the groups of a match to values; false: a number is too large, or a
 * field has two values.
 */
bool slots_convert(const struct template *, const struct regex_scratch *,
		   struct str text, struct arena *, struct event *);

#endif
