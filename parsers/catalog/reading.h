/* What a stanza is read into, line by line; not for other rooms. */
#ifndef PARSERS_CATALOG_READING_H
#define PARSERS_CATALOG_READING_H

#include "parsers/catalog/entry.h"

/* What is being read: the entry that lines go to, and where it stands. */
struct reading {
	struct catalog *catalog;
	struct diag *diag;
	struct entry *top, *entry;	/* the stanza's, and a row's */
	struct template *match;		/* waits for its anchor */
	struct template *variant;	/* the text right above, for "since" */
	struct sample *sample;		/* the last one, for "expect" */
};

/* One line "key value"; false after a message. */
bool reading_take_key(struct reading *, const struct stanza_line *);
/* The word of a "means" line; MEANS_NOTHING: there is none. */
enum means means_find(struct str word);
bool reading_wrong(struct reading *, const struct stanza_line *,
		   const char *hint, const char *what);

#endif
