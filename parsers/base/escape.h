/* Bytes from outside, made safe for every place they may be shown in. */
#ifndef PARSERS_BASE_ESCAPE_H
#define PARSERS_BASE_ESCAPE_H

#include "parsers/base/arena.h"

/* True when every byte of s is printable ASCII or a TAB. */
bool escape_is_plain(struct str s);
/* s with every other byte as \xNN; s itself when there is none. */
struct str escape_text(struct arena *, struct str s);

#endif
