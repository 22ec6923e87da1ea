/*
 * Joins the clocks of a boot: how far each is from the one that the boot's
 * times are told in, at least and at most.
 *
 * The host's printk clock is the base, else Xen's.  A stamp of Xen lies
 * between the host's stamps around it on the same wire; all such lines
 * together bound the difference (sink.c learn_bounds()).  A trace with anchors
 * is joined by these: the log got the words between two instants of the trace.
 * Else a trace's clock is printk's own, within TRACE_NS, unless it says that it
 * is another.  What is left may be joined by way of other clocks (meets.c).
 * What is not bounded on both sides is not joined, and no relation in time is
 * drawn from it.
 */

#include "analyzer/store/inside.h"

#define TRACE_NS "50000000"
/* Clocks that local_clock() is behind, and those that count no nanoseconds. */
#define PRINTKS "('local', 'global', 'perf')"
#define CYCLES "('x86-tsc', 'tsc', 'cntpct', 'counter', 'uptime', 'xen')"
/* A console lags: a line is printed, or logged, this much after its stamp. */
#define LAG_NS "1000000000"
/* Kernels of the host that one capture of the boot shows, at most. */
#define KERNELS "ifnull((SELECT max(n) FROM (SELECT sum(x.kernels) AS n " \
	"FROM segment AS x WHERE x.boot = b.id GROUP BY x.capture)), 0)"
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
		"                 offset_hi = f.hi + f.drift, "
		"                 joined_by = 'anchor', "
		"       (join_capture, join_line) = (SELECT a.capture, a.line "
		"           FROM anchor AS a WHERE a.clock = f.clock "
		"          ORDER BY a.id LIMIT 1) "
		"  FROM far AS f WHERE f.clock = clock.id"), "join clocks");
}

/*
 * A logger's clock: lines with its stamp and the kernel's, or that stand in
 * another capture with the kernel's.  It got each some time after it was
 * printed; one of them at least within LAG_NS.  The calendar may be set
 * anew meanwhile, so all offsets between the least and the most count.  Of
 * lines in another capture two are wanted, each the only one with its text.
 */
static void join_logged(struct store *s)
{
	store_run(s, STR(
		"WITH line AS ("
		"  SELECT t.*, (SELECT max(g.id) FROM segment AS g "
		"          WHERE g.capture = t.capture "
		"            AND g.first_line <= t.line) AS segment "
		"    FROM line_text AS t "
		"   WHERE t.outer IS NOT NULL AND t.trust <> 'guest'), "
		"once AS ("
		"  SELECT capture, hash FROM line_text "
		"   WHERE speaker = 'host' GROUP BY 1, 2 HAVING count(*) = 1), "
		"both AS ("
		"  SELECT k.id AS clock, l.capture, l.line, l.outer_lo, "
		"         l.outer_hi, ifnull(x.own_lo, l.own_lo) AS t, "
		"         x.own IS NOT NULL AS elsewhere "
		"    FROM line AS l JOIN clock AS k ON k.segment = l.segment "
		"         AND k.kind = l.outer "
		"    LEFT JOIN same_line AS s ON s.capture = l.capture "
		"         AND s.line = l.line AND l.own IS NULL "
		"    LEFT JOIN line_text AS x ON x.capture = s.as_capture "
		"         AND x.line = s.as_line AND x.own = 'host' "
		/* Of lines that come again, nobody knows which is which. */
		"         AND (l.capture, l.hash) IN once "
		"         AND (x.capture, x.hash) IN once "
		"    JOIN segment AS g ON g.id = l.segment "
		"    JOIN boot AS b ON b.id = g.boot "
		"    JOIN clock AS h ON h.kind = 'host' AND h.offset_lo = 0 "
		"         AND h.segment = CASE WHEN x.own IS NULL "
		"             THEN l.segment ELSE (SELECT max(y.id) "
		"                  FROM segment AS y WHERE y.capture = x.capture "
		"                   AND y.first_line <= x.line) END "
		"   WHERE l.speaker = 'host' "
		"     AND (l.own = 'host' OR x.own IS NOT NULL)), "
		"ends AS ("
		"  SELECT clock, min(t - outer_hi) AS lo, "
		"         max(t + 1000 - outer_lo) + " LAG_NS " AS hi, "
		"         min(outer_lo) AS first, max(outer_hi) AS last, "
		"         min(capture << 32 | line) AS place "
		"    FROM both GROUP BY clock "
		"  HAVING count(*) > max(elsewhere)), "
		"far AS ("
		"  SELECT e.*, CAST(" DRIFT " * max(0, "
		"         (SELECT max(l.outer_hi) - e.last FROM line AS l "
		"           WHERE l.segment = k.segment AND l.outer = k.kind), "
		"         (SELECT e.first - min(l.outer_lo) FROM line AS l "
		"           WHERE l.segment = k.segment AND l.outer = k.kind)) "
		"         AS INTEGER) AS drift "
		"    FROM ends AS e JOIN clock AS k ON k.id = e.clock) "
		"UPDATE clock SET offset_lo = f.lo - f.drift, "
		"       offset_hi = f.hi + f.drift, joined_by = 'logged', "
		"       join_capture = f.place >> 32, "
		"       join_line = f.place & 0xffffffff "
		"  FROM far AS f "
		" WHERE f.clock = clock.id AND clock.offset_lo IS NULL"),
		"join clocks");
}

/*
 * Xen's calendar is set by dom0, which follows others: between the line that
 * bounds it best and the farthest stamp it may run away.
 */
static void widen_calendars(struct store *s)
{
	store_run(s, STR(
		"WITH part AS ("
		"  SELECT g.id, g.boot, g.capture, g.first_line, ifnull(("
		"           SELECT min(x.first_line) FROM segment AS x "
		"            WHERE x.capture = g.capture "
		"              AND x.first_line > g.first_line), 1 << 40) "
		"         AS next FROM segment AS g "
		"   WHERE g.id IN (SELECT segment FROM clock "
		"                   WHERE kind = 'xen-date')), "
		"stamp AS ("
		"  SELECT p.boot, t.own_lo AS lo FROM part AS p "
		"    JOIN line_text AS t ON t.capture = p.capture "
		"         AND t.line >= p.first_line AND t.line < p.next "
		"         AND t.own = 'xen-date' AND t.trust <> 'guest' "
		"  UNION ALL "
		/* Of the same message only so many texts are kept. */
		"  SELECT p.boot, f.t_lo FROM iommu_fault AS f "
		"    JOIN clock AS k ON k.id = f.clock "
		"         AND k.kind = 'xen-date' "
		"    JOIN part AS p ON p.id = k.segment), "
		"far AS ("
		"  SELECT boot, CAST(" DRIFT " * (max(lo) - min(lo)) "
		"         AS INTEGER) AS drift FROM stamp GROUP BY boot) "
		"UPDATE clock SET offset_lo = offset_lo - f.drift, "
		"                 offset_hi = offset_hi + f.drift "
		"  FROM far AS f, segment AS g "
		" WHERE clock.kind = 'xen-date' AND clock.joined_by = 'order' "
		"   AND g.id = clock.segment AND f.boot = g.boot"),
		"join clocks");
}

/* The user's word stands before all that was found. */
static void join_told(struct store *s)
{
	store_run(s, STR(
		"UPDATE clock SET offset_lo = t.offset_lo, "
		"       offset_hi = t.offset_hi, joined_by = 'told', "
		"       join_capture = NULL, join_line = NULL "
		"  FROM segment AS g JOIN capture AS c ON c.id = g.capture "
		"  JOIN told_clock AS t ON t.name = c.name "
		"  JOIN boot AS b ON b.id = g.boot "
		" WHERE g.id = clock.segment AND clock.unit = 'ns' "
		"   AND clock.id <> b.base"), "join clocks");
}

void clocks_settle(struct store *s)
{
	store_run(s, STR(
		"UPDATE clock SET offset_lo = NULL, offset_hi = NULL, "
		"       joined_by = NULL, join_capture = NULL, join_line = NULL;"
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

		"UPDATE clock SET offset_lo = 0, offset_hi = 0, "
		"                 joined_by = 'base' "
		" WHERE id IN (SELECT base FROM boot);"
		/*
		 * Clocks of the base's kind are the base, in one kernel's life;
		 * but there are many calendars.
		 */
		"UPDATE clock SET offset_lo = 0, offset_hi = 0, "
		"                 joined_by = 'same' "
		" WHERE offset_lo IS NULL "
		"   AND EXISTS (SELECT 1 FROM segment AS g "
		"                 JOIN boot AS b ON b.id = g.boot "
		"                 JOIN clock AS k ON k.id = b.base "
		"                WHERE g.id = clock.segment "
		"                  AND k.kind = clock.kind "
		"                  AND (k.kind IN ('xen-boot', 'xen-date', "
		"                                  'trace') OR "
		"                       (k.kind = 'host' AND "
		"                        k.segment <> clock.segment AND "
		"                        " KERNELS " <= 1)));"

		/* Xen's clocks beside the host's, bounded from both sides. */
		"UPDATE clock SET (offset_lo, offset_hi, joined_by) = ("
		"  SELECT max(k.bound_lo), min(k.bound_hi), 'order' "
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
	if (query_any(s, "SELECT 1 FROM clock WHERE kind = 'xen-date' "
			 "AND joined_by = 'order' LIMIT 1"))
		widen_calendars(s);
	if (query_any(s, "SELECT 1 FROM anchor LIMIT 1"))
		join_anchors(s);
	store_run(s, STR(
		/* Traces, where one kernel of the host wrote both. */
		"UPDATE clock SET offset_lo = -" TRACE_NS ", "
		"                 offset_hi = " TRACE_NS ", "
		"                 joined_by = 'printk' "
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
		"                  AND " KERNELS " <= 1);"),
		"join clocks");
	if (query_any(s, "SELECT 1 FROM clock WHERE kind IN ('wall', "
			 "'wall-yearless', 'capture') AND joined_by IS NULL "
			 "AND EXISTS (SELECT 1 FROM clock WHERE kind = 'host') "
			 "LIMIT 1"))
		join_logged(s);
	clocks_meet(s);
	if (query_any(s, "SELECT 1 FROM told_clock LIMIT 1"))
		join_told(s);
}
