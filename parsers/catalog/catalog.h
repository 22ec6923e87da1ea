/*
 * The catalogue of messages: what is recognised, read from text files.
 *
 * docs/catalogue.md describes the files.  A catalogue is read once, sealed,
 * and then only looked at; what is open while a capture is read (blocks of
 * several lines) lives in a matcher.
 */
#ifndef PARSERS_CATALOG_CATALOG_H
#define PARSERS_CATALOG_CATALOG_H

#include "parsers/base/arena.h"
#include "parsers/base/diag.h"
#include "parsers/base/names.h"
#include "parsers/event.h"

enum kind {
	KIND_HEX, KIND_INT, KIND_NUM, KIND_DOM, KIND_WORD, KIND_NAME,
	KIND_TEXT, KIND_BDF, KIND_IFACE, KIND_LIST, KIND_PREFIX, KINDS
};

/* One row of schema/fields.tsv. */
struct field {
	struct str name, unit, meaning;
	enum kind kind;
	bool used;
};

struct fields {
	struct field *items;
	unsigned count;
	struct names names;
	struct arena *arena;
};

bool fields_read(struct fields *, struct arena *, struct str text,
		 const char *file, struct diag *);
/* Index of a field, or -1. */
int fields_find(const struct fields *, struct str name);

enum means {
	MEANS_NOTHING, MEANS_BOOT_EARLY, MEANS_BOOT_START, MEANS_KERNEL_EARLY,
	MEANS_KERNEL_START, MEANS_FOCUS, MEANS_REPLAY_START, MEANS_LOST, MEANS_COUNT
};

/* "name=value" of a stanza: a constant, or a fact with {fields} in it. */
struct setting {
	struct str name, value;
	struct setting *next;
};

/* A line (or part of a block) that the catalogue knows. */
struct message {
	struct str name, title, origin, into, file;
	struct str since, until;	/* releases, as far as they are known */
	unsigned line;			/* where the stanza starts */
	unsigned id;			/* 0 ..., in the order of the files */
	enum means means;
	struct setting *sets, *facts;
	const struct message *head;	/* the block that a row belongs to */
	const struct message *replaces;	/* of that name, from an earlier file */
	struct message *next;
};

struct catalog;
struct catalog_index;

struct catalog *catalog_new(const struct fields *);
void catalog_free(struct catalog *);
/*
 * Takes one .msg text in; entries replace those of the same name.  Each is read
 * when a line first has its literal; the text must stay where it is till then.
 */
bool catalog_add(struct catalog *, struct str text, const char *file,
		 struct diag *);
/* The same, and reads it at once: for texts that may have mistakes. */
bool catalog_read(struct catalog *, struct str text, const char *file,
		  struct diag *);
/*
 * Words that make an unclaimed line suspicious, one a line; or, with a reason
 * behind a TAB, literals of lines that are left alone on purpose.
 */
bool catalog_read_words(struct catalog *, struct str text, const char *file,
			struct diag *);
/*
 * Instead of a look at the texts: their index, as the build made it.  Comes
 * before the texts, which must be those of the index in the same order, all of
 * them by catalog_add().
 */
void catalog_use(struct catalog *, const struct catalog_index *);
/* Makes the index; nothing can be read any more. */
bool catalog_seal(struct catalog *, struct diag *);
/* The index of a sealed catalogue, and whether two are the same. */
const struct catalog_index *catalog_index(const struct catalog *);
bool index_same(const struct catalog_index *, const struct catalog_index *);

const struct fields *catalog_fields(const struct catalog *);
/* Reads what was not read yet; false after messages. */
bool catalog_load(struct catalog *, struct diag *);
/* All entries, once they are loaded. */
const struct message *catalog_messages(const struct catalog *);
unsigned catalog_count(const struct catalog *);

/* Every field a message can yield: calls each with repeat 0 or 1..8. */
void message_fields(const struct catalog *, const struct message *,
		    void (*each)(void *arg, unsigned field, unsigned repeat),
		    void *arg);
/* The lines of its stanza, for "messages show". */
struct str message_source(const struct message *, struct arena *);

/* Runs samples, expects and rejects of all entries; number of problems. */
unsigned catalog_selftest(struct catalog *, struct diag *, unsigned *samples,
			  unsigned *invented);

/* An entry that comes near a line, and where the line leaves it. */
struct nearest {
	const struct message *message;
	struct str text, since, until;	/* the variant, as written */
	size_t at;			/* bytes of the framed text that fit */
};

/* The entries that come nearest to a text, best first; how many, up to max. */
unsigned catalog_nearest(struct catalog *, struct str text,
			 struct nearest *out, unsigned max);
/* The variant of an entry that matches the text; false: none does. */
bool message_variant(struct catalog *, const struct message *, struct str text,
		     struct nearest *out);
/* Calls each for every value of an event: name with its number, text. */
void event_each(const struct catalog *, const struct event *,
		void (*each)(void *arg, struct str name, const struct value *),
		void *arg);

/* Places for values in all texts, and how many of them take any text. */
unsigned catalog_places(const struct catalog *, unsigned *free_text);

/* ---- listings: files whose lines mean nothing anywhere else ------------- */

/* A row of parsers/listings.tsv. */
struct listing {
	const char *name;		/* "/proc/iomem" */
	struct str word;		/* stands before each line; empty: nothing does */
	const char *advice;		/* what to do where addresses are hidden */
};

/* What was found so far in a file that may be one; starts as all 0. */
struct listed {
	uint64_t lines, fit, hidden;	/* hidden: addresses left out */
};

enum listed_as { LISTED_NOT, LISTED, LISTED_HIDDEN };

/* check: tries out every expression, for a table that may have mistakes. */
bool catalog_read_listings(struct catalog *, struct str text, const char *file,
			   bool check, struct diag *);
/* The next listing that may start with that line; NULL: there is none. */
const struct listing *catalog_listing(struct catalog *, struct str first,
				      const struct listing *after);
/* False: such a line speaks against it.  Empty lines are not asked for. */
bool listing_takes(struct catalog *, const struct listing *, struct str line,
		   struct listed *);
/* What it comes to when every line was taken. */
enum listed_as listing_judge(const struct listing *, const struct listed *);

/* ---- the prefilter: which lines deserve a look ------------------------- */

struct hit {
	uint32_t at;			/* offset of the anchor */
	uint16_t anchor;
};

struct hits {
	struct hit *items;
	size_t count, room;
};

/* Appends every anchor in text, in the order in which they stand there. */
void catalog_scan(const struct catalog *, struct str text, struct hits *);

/* Is one of the anchors a suspicious word?  reason: see above. */
bool catalog_suspects(const struct catalog *, const struct hit *, size_t nhits,
		      struct str *reason);

/* Does an entry behind one of the anchors mean that? */
bool catalog_means(const struct catalog *, const struct hit *, size_t nhits,
		   enum means);

/* ---- the matcher ------------------------------------------------------- */

struct matcher;

/* Finds out when a claimed line was printed; asked once a line, if at all. */
struct dater {
	void (*date)(struct dater *, const struct framed *,
		     struct when *when, struct when *between);
};

/* dater: NULL: no event is dated. */
struct matcher *matcher_new(struct catalog *, struct sink *, struct dater *);
/* Closes what is open and frees it. */
void matcher_free(struct matcher *);
/*
 * Tries a framed line against open blocks, then against the entries of the
 * anchors that were hit; hands events to the sink.  NULL: nobody claims it.
 */
const struct message *matcher_line(struct matcher *, const struct framed *,
				   const struct hit *hits, size_t nhits);
/* The text of a field of the last event that a line gave at once. */
struct str matcher_value(const struct matcher *, const char *field);
/* True while a block is open that is not a guest's. */
bool matcher_is_open(const struct matcher *);
/* True while an open block has members that no anchor leads to. */
bool matcher_wants_all(const struct matcher *);
/* Closes all open blocks: their events go to the sink. */
void matcher_flush(struct matcher *);

#endif
