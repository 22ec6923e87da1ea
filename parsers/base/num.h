/* Digits to integers, as kernels print them. */
#ifndef PARSERS_BASE_NUM_H
#define PARSERS_BASE_NUM_H

#include <stdint.h>

#include "parsers/base/str.h"

/* Each returns false, and leaves *out alone, unless all of s is a number. */
bool num_hex(struct str s, uint64_t *out);	/* "402", "0x402", 16 digits */
bool num_dec(struct str s, int64_t *out);	/* "12", "-3" */
bool num_any(struct str s, int64_t *out);	/* as C: "0x1a" or "26" */
/* Starts with a kernel's stamp of six digits: "[   68.290307] ", "[   68.290307][" */
bool num_stamp(struct str s);

#endif
