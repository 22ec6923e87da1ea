/* What the machine does wrong ends the program here, and nowhere else. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/die.h"

void die(const char *format, ...)
{
	va_list args;

	fflush(stdout);
	fputs("faultline: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(2);
}
