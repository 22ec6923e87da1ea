/* dlopen() */
#define _GNU_SOURCE

/* What the loader knows of a library that no plain log waits for. */

#include <dlfcn.h>

#include "parsers/input/late.h"

bool late_load(const char *library, const struct late *wanted, size_t n)
{
	void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);

	if (!handle)
		return false;
	for (size_t i = 0; i < n; i++) {
		void *found = dlsym(handle, wanted[i].name);

		if (!found)
			return false;
		/* ISO C has no way from an object's pointer to a function's. */
		memcpy(wanted[i].at, &found, sizeof(found));
	}
	return true;
}
