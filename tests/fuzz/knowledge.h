/* The fields and messages that are built into faultline, for tests. */
#ifndef TESTS_FUZZ_KNOWLEDGE_H
#define TESTS_FUZZ_KNOWLEDGE_H

#include "parsers/catalog/catalog.h"

/* Both end the program when the built-in files are wrong. */
void knowledge_fields(struct fields *, struct arena *);
/* All messages, sealed; the fields outlive the catalogue. */
struct catalog *knowledge_catalog(const struct fields *);

#endif
