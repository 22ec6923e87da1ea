/* A sink to start from. */

#include "parsers/event.h"

static void no_event(struct sink *sink, const struct event *event)
{
	(void)sink;
	(void)event;
}

static void no_claim(struct sink *sink, const struct framed *framed,
		     const struct message *message)
{
	(void)sink;
	(void)framed;
	(void)message;
}

static void no_boot(struct sink *sink)
{
	(void)sink;
}

static void no_shape(struct sink *sink, struct shape shape)
{
	(void)sink;
	(void)shape;
}

struct sink sink_ignore(void)
{
	return (struct sink){ no_event, no_claim, no_boot, no_shape };
}
