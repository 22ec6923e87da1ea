/*
 * What a first look at all stanzas comes to: where they stand, and which
 * literals lead to them.  Numbers and bytes only, so that the build can make
 * it once and put it into the program (schema/make-image.c).
 */
#ifndef PARSERS_CATALOG_INDEX_H
#define PARSERS_CATALOG_INDEX_H

#include <stdint.h>

#include "parsers/base/arena.h"

enum { PREFILTER_TABLE = 1 << 16 };

/* An anchor where it is compared: its first bytes without a call. */
struct prefilter_target {
	uint32_t at;			/* offset in the literals */
	uint32_t head;			/* its first four bytes, as loaded */
	uint16_t length, next;		/* next: in the chain, + 1 */
};

/* All anchors at once. */
struct prefilter {
	const struct prefilter_target *targets;
	const char *literals;
	const uint8_t *jump;		/* by three bytes */
	const uint16_t *first;		/* by three bytes: chain of anchors + 1 */
	uint32_t count, bytes;		/* of targets; of the literals */
	uint32_t window;		/* length of the shortest anchor */
};

/* A stanza of a file; files are numbered in the order of reading. */
struct index_stanza {
	uint32_t at, length;		/* its text, bytes */
	uint32_t name;			/* offset of the name in the text */
	uint32_t line, id;
	uint16_t file, name_length;
	uint16_t means, unused;
};

/* A literal leads to a text of a stanza: its how-manieth text, or "more". */
struct index_way {
	uint32_t stanza, rank;		/* rank: order of trying */
	uint16_t number, is_more;
};

struct index_anchor {
	uint32_t ways;			/* the first one; they lie together */
	uint16_t nways, word;		/* word: number of a word + 1, 0: none */
};

struct catalog_index {
	struct prefilter prefilter;	/* one anchor a target */
	const struct index_anchor *anchors;
	const struct index_way *ways;
	const struct index_stanza *stanzas;
	uint32_t nways, nstanzas;
	uint32_t nmessages;		/* rows of blocks count, too */
	uint32_t nfiles, nwords;
};

#endif
