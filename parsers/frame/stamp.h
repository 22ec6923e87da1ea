/* Time stamps at the start of a text; each takes its stamp off on success. */
#ifndef PARSERS_FRAME_STAMP_H
#define PARSERS_FRAME_STAMP_H

#include "parsers/frame/frame.h"

/* "[   66.376696] ", "[0000000029fa0a82] ", "[2021-02-08 20:24:11.123] " */
bool stamp_xen(struct str *text, struct stamp *out);
/* "[   68.290307] ", also "[   68.290307][   C2] " and "[…] [   T12] " */
bool stamp_printk(struct str *text, struct stamp *out);
/* "   xenstored-115     [000] .N...    77.732508: " */
bool stamp_trace(struct str *text, struct stamp *out);
bool stamp_xentrace(struct str *text, struct stamp *out);
bool stamp_grant(struct str text, struct stamp *out);

#endif
