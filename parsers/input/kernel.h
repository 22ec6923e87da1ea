/* What is known of a kernel by texts inside its image; not for other rooms. */
#ifndef PARSERS_INPUT_KERNEL_H
#define PARSERS_INPUT_KERNEL_H

#include "parsers/input/lines.h"

struct kernel_texts {
	unsigned banners;		/* found already */
	uint64_t behind;		/* the last one, place in the file */
	bool config;
};

/*
 * Looks through size bytes of a file from offset on.
 *
 *   kernel banner Linux version ...
 *   config:CONFIG_XEN=y
 */
void kernel_texts(struct kernel_texts *, struct lines *, int fd,
		  uint64_t offset, uint64_t size);

#endif
