/* Libraries that are loaded when they are first needed; not for other rooms. */
#ifndef PARSERS_INPUT_LATE_H
#define PARSERS_INPUT_LATE_H

#include "parsers/base/str.h"

/* A function by name, and the pointer to a function that is to hold it. */
struct late {
	const char *name;
	void *at;
};

/* False where the library, or one of the functions, is not there. */
bool late_load(const char *library, const struct late *wanted, size_t n);

/* LATE_LOAD(SONAME, wanted): all of an array, once; the same answer again. */
#define LATE_LOAD(library, wanted) \
	__extension__ ({ \
		static int late_state; \
		if (!late_state) \
			late_state = late_load(library, wanted, \
				sizeof(wanted) / sizeof(*(wanted))) ? 1 : -1; \
		late_state > 0; \
	})

#endif
