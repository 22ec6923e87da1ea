/*
 * Joins the clocks of a boot: how far each is from the one that the boot's
 * times are told in, at least and at most.
 *
 * The host's printk clock is the base, else Xen's.  A stamp of Xen lies
 * between the host's stamps around it on the same wire; all such lines
 * together bound the difference (sink.c learn_bounds()).  A trace with anchors
 * is joined by these: the log got the words between two instants of the trace.
 * Else a trace's clock is printk's own, within TRACE_NS, unless it says that it
 * is another.  What is not bounded on both sides is not joined, and no
 * relation in time is drawn from it.
 */

#include "analyzer/store/inside.h"

#define TRACE_NS "50000000"
/* Clocks that local_clock() is behind, and those that count no nanoseconds. */
#define PRINTKS "('local', 'global', 'perf')"
#define CYCLES "('x86-tsc', 'tsc', 'cntpct', 'counter', 'uptime', 'xen')"
/* How far a clock may run from another, as a part: adjtimex()'s frequency. */
#define DRIFT "0.0005"

/*
 * The log got the words between the first and the last instant that the trace
 * has for them.  Several anchors: all offsets between the least and the most,
 * since clocks drift; and as much more as they may drift to the operation
 * that is farthest from an anchor.
 */
static void join_anchors(struct store *s)
{
	store_run(s, STR(
		"WITH "
		"logged AS ("
		"  SELECT g.boot, a.mark, min(a.t_lo) AS lo, max(a.t_hi) AS hi "
		"    FROM anchor AS a JOIN clock AS k ON k.id = a.clock "
		"    JOIN segment AS g ON g.id = a.segment "
		"    JOIN boot AS b ON b.id = g.boot "
		"    JOIN clock AS x ON x.id = b.base AND x.kind = 'host' "
		"   WHERE k.kind = 'host' AND k.offset_lo = 0 "
		"     AND a.trust <> 'guest' "
		"   GROUP BY g.boot, a.mark "
		/* The same words at two times are no anchor. */
		"  HAVING max(a.t_hi) - min(a.t_lo) <= 1000), "
		"traced AS ("
		"  SELECT a.clock, g.boot, a.mark, min(a.t_lo) AS lo, "
		"         max(a.t_hi) AS hi "
		"    FROM anchor AS a JOIN clock AS k ON k.id = a.clock "
		"    JOIN segment AS g ON g.id = a.segment "
		"   WHERE a.edge IS NOT NULL AND k.kind IN ('trace', 'trace-other') "
		"     AND a.trust <> 'guest' "
		"     AND NOT EXISTS (SELECT 1 FROM trace_clock AS n "
		"                      WHERE n.segment = a.segment "
		"                        AND n.name IN " CYCLES ") "
		/* Two clocks in one stretch: nobody knows whose stamp is whose. */
		"     AND 1 >= (SELECT count(DISTINCT n.name) "
		"                 FROM trace_clock AS n "
		"                WHERE n.segment = a.segment "
		"                  AND n.kind = k.kind AND n.trust <> 'guest') "
		"   GROUP BY a.clock, a.mark "
		"  HAVING max(a.edge = 'both' AND a.t_hi - a.t_lo > 1) "
		"      OR (max(a.edge = 'before') AND max(a.edge = 'after'))), "
		"ends AS ("
		"  SELECT t.clock, min(h.lo - t.hi) AS lo, max(h.hi - t.lo) AS hi, "
		"         min(t.lo) AS first, max(t.hi) AS last "
		"    FROM traced AS t "
		"    JOIN logged AS h ON h.boot = t.boot AND h.mark = t.mark "
		"   GROUP BY t.clock), "
		"far AS ("
		"  SELECT e.clock, e.lo, e.hi, CAST(" DRIFT " * max(0, "
		"         ifnull((SELECT max(o.t_hi) FROM grant_op AS o "
		"                  WHERE o.clock = e.clock), 0) - e.last, "
		"         e.first - ifnull((SELECT min(o.t_lo) "
		"                  FROM grant_op AS o WHERE o.clock = e.clock), "
		"                  e.first)) AS INTEGER) AS drift "
		"    FROM ends AS e) "
		"UPDATE clock SET offset_lo = f.lo - f.drift, "
		"                 offset_hi = f.hi + f.drift "
		"  FROM far AS f WHERE f.clock = clock.id"), "join clocks");
}

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
		"                WHERE g.id = clock.segment AND k.kind = 'host');"),
		"join clocks");
	if (query_any(s, "SELECT 1 FROM anchor LIMIT 1"))
		join_anchors(s);
	store_run(s, STR(
		/* Traces, where one kernel of the host wrote both. */
		"UPDATE clock SET offset_lo = -" TRACE_NS ", "
		"                 offset_hi = " TRACE_NS " "
		" WHERE offset_lo IS NULL "
		"   AND (kind = 'trace' OR (kind = 'trace-other' "
		"        AND EXISTS (SELECT 1 FROM trace_clock AS n "
		"                     WHERE n.segment = clock.segment "
		"                       AND n.kind = clock.kind "
		"                       AND n.trust <> 'guest'))) "
		"   AND NOT EXISTS (SELECT 1 FROM trace_clock AS n "
		"                    WHERE n.segment = clock.segment "
		"                      AND n.kind = clock.kind "
		"                      AND n.name NOT IN " PRINTKS ") "
		"   AND EXISTS (SELECT 1 FROM segment AS g "
		"                 JOIN boot AS b ON b.id = g.boot "
		"                 JOIN clock AS k ON k.id = b.base "
		"                WHERE g.id = clock.segment AND k.kind = 'host' "
		"                  AND (SELECT sum(x.kernels) FROM segment AS x "
		"                        WHERE x.boot = b.id) <= 1);"),
		"join clocks");
}
