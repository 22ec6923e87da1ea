/*
 * Joins the clocks of a boot: how far each is from the one that the boot's
 * times are told in, at least and at most.
 *
 * The host's printk clock is the base, else Xen's.  A stamp of Xen lies
 * between the host's stamps around it on the same wire; all such lines
 * together bound the difference (sink.c learn_bounds()).  A trace clock is
 * printk's own, within TRACE_NS.  What is not bounded on both sides is not
 * joined, and no relation in time is drawn from it.
 */

#include "analyzer/store/inside.h"

#define TRACE_NS "50000000"

void clocks_settle(struct store *s)
{
	store_run(s, STR(
		"UPDATE clock SET offset_lo = NULL, offset_hi = NULL;"
		"UPDATE boot SET base = NULL;"

		/* The base: the host's, else Xen's, else its calendar. */
		"UPDATE boot SET base = ("
		"  SELECT k.id FROM clock AS k JOIN segment AS g "
		"      ON g.id = k.segment "
		"   WHERE g.boot = boot.id "
		"     AND k.kind IN ('host', 'xen-boot', 'xen-date', 'trace', "
		"                    'wall', 'wall-yearless', 'capture') "
		"   ORDER BY CASE k.kind WHEN 'host' THEN 1 "
		"            WHEN 'xen-boot' THEN 2 WHEN 'xen-date' THEN 3 "
		"            WHEN 'trace' THEN 4 WHEN 'wall' THEN 5 "
		"            WHEN 'wall-yearless' THEN 6 ELSE 7 END, "
		"            k.id LIMIT 1);"

		/* Clocks of the base's kind are the base, in one kernel's life. */
		"UPDATE clock SET offset_lo = 0, offset_hi = 0 "
		" WHERE id IN (SELECT base FROM boot) "
		"    OR EXISTS (SELECT 1 FROM segment AS g "
		"                 JOIN boot AS b ON b.id = g.boot "
		"                 JOIN clock AS k ON k.id = b.base "
		"                WHERE g.id = clock.segment "
		"                  AND k.kind = clock.kind "
		"                  AND (k.kind <> 'host' OR "
		"                       (k.segment <> clock.segment AND "
		"                        (SELECT sum(x.kernels) FROM segment AS x "
		"                          WHERE x.boot = b.id) <= 2)));"

		/* Xen's clocks beside the host's, bounded from both sides. */
		"UPDATE clock SET (offset_lo, offset_hi) = ("
		"  SELECT max(k.bound_lo), min(k.bound_hi) "
		"    FROM segment AS g JOIN segment AS x ON x.boot = g.boot "
		"    JOIN clock AS k ON k.segment = x.id AND k.kind = clock.kind "
		"   WHERE g.id = clock.segment "
		"  HAVING max(k.bound_lo) <= min(k.bound_hi)) "
		" WHERE offset_lo IS NULL AND kind IN ('xen-boot', 'xen-date') "
		"   AND EXISTS (SELECT 1 FROM segment AS g "
		"                 JOIN boot AS b ON b.id = g.boot "
		"                 JOIN clock AS k ON k.id = b.base "
		"                WHERE g.id = clock.segment AND k.kind = 'host');"

		/* Traces, where one kernel of the host wrote both. */
		"UPDATE clock SET offset_lo = -" TRACE_NS ", "
		"                 offset_hi = " TRACE_NS " "
		" WHERE offset_lo IS NULL AND kind = 'trace' "
		"   AND EXISTS (SELECT 1 FROM segment AS g "
		"                 JOIN boot AS b ON b.id = g.boot "
		"                 JOIN clock AS k ON k.id = b.base "
		"                WHERE g.id = clock.segment AND k.kind = 'host' "
		"                  AND (SELECT sum(x.kernels) FROM segment AS x "
		"                        WHERE x.boot = b.id) <= 1);"),
		"join clocks");
}
