/* The only way out when the machine itself fails: memory or disk. */
#ifndef PARSERS_BASE_DIE_H
#define PARSERS_BASE_DIE_H

/* Prints "faultline: " and the message to stderr and exits with status 2. */
_Noreturn void die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

#endif
