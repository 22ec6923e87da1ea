/*
 * Joins clocks that have no line in common with the base of their boot, by way
 * of others: lines that show two clocks at one moment are edges of a graph.
 *
 * Two clocks are of a boot and not of a capture: Xen's own (its NOW(), which
 * debug keys print and console_timestamps=boot stamps with), and the
 * processor's ticks, where Xen prints how fast they count.  An edge is a span
 * of differences.  Those between two clocks hold all at once, but for
 * calendars, which are set: there, all between the least and the most.  Edges
 * that contradict each other join nothing.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/rows.h"

/* A console lags: a line arrives this much after Xen's clock was read. */
#define LAG_NS "1000000000"
/* How far two clocks may run apart, as a part; of ticks the last digit, too. */
#define DRIFT "0.0005"
#define TICKS_DRIFT "(" DRIFT " + 1.0 / r.khz)"
/* Beyond 292 years nothing counts; sums of what counts stay below. */
#define NS_MOST "9223372036000"
#define MOST "(1 << 62)"
/* Clocks of a boot: numbers below zero, as its own clocks have those above. */
#define XEN_OF(boot) "(-2 * (" boot "))"
#define TICKS_OF(boot) "(-2 * (" boot ") - 1)"
/* Ticks in nanoseconds, by r.khz. */
#define NS(ticks) "(min((" ticks ") / r.khz, " NS_MOST ") * 1000000 + " \
	"(" ticks ") % r.khz * 1000000 / r.khz)"
/* The farthest that a stamp in ticks of this boot is from this one, ns. */
#define FAR(ns) "max(abs((" ns ") - r.first), abs(r.last - (" ns ")))"

/* Boots whose ticks are nanoseconds: a line of Xen's has the frequency. */
static const char rate_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS tick_rate (boot INTEGER PRIMARY KEY, "
	"  khz INTEGER, x86 INTEGER, capture INTEGER, line INTEGER, "
	"  first INTEGER, last INTEGER);"
	"DELETE FROM tick_rate;"
	"INSERT INTO tick_rate "
	"  SELECT f.boot, CASE f.name WHEN 'xen.timer_khz' THEN "
	"           CAST(f.value AS INTEGER) "
	"         ELSE CAST(replace(f.value, '.', '') AS INTEGER) END AS khz, "
	"         f.name = 'xen.cpu_mhz', f.capture, f.line, NULL, NULL "
	"    FROM known_fact AS f "
	"   WHERE ((f.name = 'xen.cpu_mhz' "
	"           AND f.value GLOB '[0-9]*.[0-9][0-9][0-9]' "
	"           AND f.value NOT GLOB '*[^0-9.]*') "
	"          OR f.name = 'xen.timer_khz') "
	"     AND f.speaker = 'xen' AND f.told = 0 "
	"     AND f.trust IN ('hypervisor', 'host', 'unknown') "
	"     AND khz BETWEEN 1000 AND 20000000 "
	/* Where only the first lines of a boot have them, nobody asks. */
	"     AND EXISTS (SELECT 1 FROM clock AS k JOIN segment AS g "
	"                     ON g.id = k.segment "
	"                  WHERE g.boot = f.boot AND k.kind = 'xen-raw' "
	"                    AND (NOT EXISTS (SELECT 1 FROM clock AS o "
	"                            WHERE o.segment = k.segment "
	"                              AND o.kind IN ('xen-boot', 'xen-date')) "
	"                         OR EXISTS (SELECT 1 FROM iommu_fault AS x "
	"                                     WHERE x.clock = k.id))) "
	/* Set anew in between, or not one count: then nobody knows. */
	"     AND NOT EXISTS (SELECT 1 FROM known_fact AS a "
	"                      WHERE a.boot = f.boot "
	"                        AND a.name = 'xen.ticks_apart') "
	"     AND NOT EXISTS (SELECT 1 FROM sleep_mark AS m "
	"                       JOIN segment AS g ON g.id = abs(m.segment) "
	"                      WHERE g.boot = f.boot AND m.trust <> 'guest') "
	"   GROUP BY f.boot HAVING count(*) = 1;"
	/* What were ticks, or nanoseconds by another rate, is to be turned. */
	"CREATE TEMP TABLE IF NOT EXISTS tick_turn (id INTEGER PRIMARY KEY, "
	"  was INTEGER, khz INTEGER);"
	"DELETE FROM tick_turn;"
	"INSERT INTO tick_turn "
	"  SELECT k.id, ifnull(k.khz, 1000000), r.khz FROM tick_rate AS r "
	"    JOIN segment AS g ON g.boot = r.boot "
	"    JOIN clock AS k ON k.segment = g.id AND k.kind = 'xen-raw' "
	"   WHERE k.khz IS NOT r.khz";

/* The rows of these clocks. */
#define TURNED(column, more) column " = (SELECT " \
	"min(" column " / r.khz, 9223372036000000000 / r.was) * r.was + " \
	column " %% r.khz * r.was / r.khz " more " " \
	"FROM temp.tick_turn AS r WHERE r.id = clock)"

static const char extent_sql[] =
	"UPDATE clock SET unit = 'ns', khz = t.khz FROM tick_turn AS t "
	" WHERE t.id = clock.id;"
	"UPDATE tick_rate AS r SET (first, last) = ("
	"  SELECT min(" NS("k.tick_lo") "), max(" NS("k.tick_hi") ") + 1 "
	"    FROM segment AS g JOIN clock AS k ON k.segment = g.id "
	"     AND k.kind = 'xen-raw' WHERE g.boot = r.boot)";

static const char open_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS clock_edge (boot INTEGER, a INTEGER, "
	"  b INTEGER, lo INTEGER, hi INTEGER, how TEXT, place INTEGER);"
	"CREATE TEMP TABLE IF NOT EXISTS clock_node (id INTEGER PRIMARY KEY, "
	"  lo INTEGER, hi INTEGER, how TEXT, place INTEGER);"
	"DELETE FROM clock_edge;"
	"DELETE FROM clock_node;"
	"INSERT INTO clock_node SELECT k.id, k.offset_lo, k.offset_hi, "
	"       k.joined_by, k.join_capture << 32 | k.join_line "
	"  FROM clock AS k WHERE k.offset_lo IS NOT NULL;"
	/* The clocks of the boot in its captures. */
	"INSERT INTO clock_edge SELECT g.boot, k.id, "
	"       CASE k.kind WHEN 'xen-raw' THEN " TICKS_OF("g.boot")
	"            ELSE " XEN_OF("g.boot") " END, 0, 0, NULL, NULL "
	"  FROM clock AS k JOIN segment AS g ON g.id = k.segment "
	" WHERE g.boot IS NOT NULL AND (k.kind = 'xen-boot' "
	"    OR (k.kind = 'xen-raw' "
	"        AND g.boot IN (SELECT boot FROM tick_rate)));"
	/* Lines that tell Xen's clock; with ticks of their own, by these. */
	"CREATE TEMP TABLE IF NOT EXISTS told_now (boot INTEGER, "
	"  segment INTEGER, capture INTEGER, line INTEGER, now INTEGER, "
	"  replayed INTEGER, clock INTEGER, lo INTEGER, hi INTEGER);"
	"DELETE FROM told_now;"
	"INSERT INTO told_now "
	"  SELECT g.boot, g.id, n.capture, n.line, "
	"         ifnull(n.now, n.now_hi << 32 | n.now_lo) AS now, n.replayed, "
	"         n.clock, n.t_lo, n.t_hi "
	"    FROM xen_now AS n JOIN segment AS g ON g.id = abs(n.segment) "
	"   WHERE n.trust <> 'guest' AND n.speaker = 'xen' "
	"     AND g.boot IS NOT NULL "
	"     AND ifnull(n.now_hi, 0) BETWEEN 0 AND 0x3fffffff "
	"     AND ifnull(n.now_lo, 0) BETWEEN 0 AND 0xffffffff "
	"     AND ifnull(n.now, n.now_hi << 32 | n.now_lo) "
	"         BETWEEN 0 AND 1 << 61";

/* Between two stamps of the host; the calendar is set, the host's clock not. */
static const char host_sql[] =
	"INSERT INTO clock_edge "
	"  SELECT n.boot, k.id, " XEN_OF("n.boot") ", n.now - n.hi, "
	"         n.now + " LAG_NS " - n.lo, 'now', n.capture << 32 | n.line "
	"    FROM told_now AS n JOIN clock AS k ON k.id = n.clock "
	"   WHERE k.kind = 'host' AND NOT n.replayed "
	"     AND n.lo IS NOT NULL AND n.hi IS NOT NULL "
	"     AND n.hi < " MOST;

/*
 * Stamps of calendars and loggers at lines that tell Xen's clock: all of them,
 * and what lies beyond is less certain.
 */
static const char calendar_sql[] =
	"INSERT INTO clock_edge "
	"WITH seen AS ("
	"  SELECT n.segment, t.outer AS kind, n.now, t.outer_lo AS lo, "
	"         t.outer_hi AS hi, n.capture << 32 | n.line AS place "
	"    FROM told_now AS n JOIN line_text AS t "
	"         ON t.capture = n.capture AND t.line = n.line "
	"   WHERE t.outer IS NOT NULL AND NOT n.replayed "
	"  UNION ALL "
	"  SELECT n.segment, t.own, n.now, t.own_lo, t.own_lo + 1000000000, "
	"         n.capture << 32 | n.line "
	"    FROM told_now AS n JOIN line_text AS t "
	"         ON t.capture = n.capture AND t.line = n.line "
	"   WHERE t.own = 'xen-date'), "
	"ends AS ("
	"  SELECT g.boot, k.id, k.segment, k.kind, min(s.now - s.hi) AS lo, "
	"         max(s.now + " LAG_NS " - s.lo) AS hi, min(s.lo) AS first, "
	"         max(s.hi) AS last, min(s.place) AS place "
	"    FROM seen AS s JOIN clock AS k "
	"         ON k.segment = s.segment AND k.kind = s.kind "
	"    JOIN segment AS g ON g.id = k.segment "
	"   WHERE s.lo >= 0 AND s.hi < " MOST " "
	"   GROUP BY k.id), "
	"far AS ("
	"  SELECT e.*, CAST(" DRIFT " * max(0, "
	"         ifnull(max(CASE e.kind WHEN 'xen-date' THEN t.own_lo "
	"                    ELSE t.outer_hi END), 0) - e.last, "
	"         e.first - ifnull(min(CASE e.kind WHEN 'xen-date' "
	"                    THEN t.own_lo ELSE t.outer_lo END), e.first)) "
	"         AS INTEGER) AS drift "
	"    FROM ends AS e JOIN segment AS g ON g.id = e.segment "
	"    LEFT JOIN line_text AS t ON t.capture = g.capture "
	"         AND e.kind IN (t.own, t.outer) "
	"   GROUP BY e.id) "
	"SELECT boot, id, " XEN_OF("boot") ", lo - drift, hi + drift, 'now', "
	"       place FROM far";

/*
 * Ticks beside Xen's clock, and beside the host's.  On x86 Xen's clock begins
 * before its first line (head.S, efi-boot.h: boot_tsc_stamp), and its first
 * lines have ticks where the others have that clock.
 */
static const char ticks_sql[] =
	"INSERT INTO clock_edge "
	"WITH met AS ("
	"  SELECT r.boot, " XEN_OF("r.boot") " AS b, " NS("t.own_lo") " AS ns, "
	"         n.now AS lo, n.now + " LAG_NS " AS hi, "
	"         n.capture << 32 | n.line AS place "
	"    FROM tick_rate AS r JOIN told_now AS n ON n.boot = r.boot "
	"    JOIN line_text AS t ON t.capture = n.capture "
	"         AND t.line = n.line AND t.own = 'xen-raw' "
	"  UNION ALL "
	"  SELECT r.boot, s.clock, " NS("s.tick") ", s.t_lo, s.t_hi, "
	"         s.capture << 32 | s.line "
	"    FROM tick_rate AS r JOIN segment AS g ON g.boot = r.boot "
	"    JOIN tick_sight AS s ON abs(s.segment) = g.id "
	"   WHERE s.trust <> 'guest') "
	"SELECT m.boot, " TICKS_OF("m.boot") ", m.b, "
	"       m.lo - m.ns - 1 - CAST(" TICKS_DRIFT " * " FAR("m.ns")
	"                              AS INTEGER), "
	"       m.hi - m.ns + CAST(" TICKS_DRIFT " * " FAR("m.ns")
	"                          AS INTEGER), 'ticks', m.place "
	"  FROM met AS m JOIN tick_rate AS r ON r.boot = m.boot "
	" WHERE m.lo >= 0 AND m.hi < " MOST " AND m.ns < " MOST ";"
	"INSERT INTO clock_edge "
	"WITH timed AS ("
	"  SELECT g.boot, g.id, min(t.line) AS line "
	"    FROM tick_rate AS r JOIN segment AS g ON g.boot = r.boot "
	"    JOIN line_text AS t ON t.capture = g.capture "
	"         AND t.line >= g.first_line AND t.own = 'xen-boot' "
	"         AND t.speaker = 'xen' AND t.trust <> 'guest' "
	"   WHERE r.x86 AND g.starts = 'xen-banner' "
	"     AND t.line < ifnull((SELECT min(x.first_line) FROM segment AS x "
	"                           WHERE x.capture = g.capture "
	"                             AND x.first_line > g.first_line), 1 << 40) "
	"   GROUP BY g.id), "
	"early AS ("
	"  SELECT r.boot, min(" NS("t.own_lo") ") AS first, "
	"         max(" NS("t.own_lo") ") AS last, x.own_lo + 1000 AS now, "
	"         x.capture << 32 | x.line AS place "
	"    FROM timed AS e JOIN tick_rate AS r ON r.boot = e.boot "
	"    JOIN segment AS g ON g.id = e.id "
	"    JOIN line_text AS x ON x.capture = g.capture AND x.line = e.line "
	"    JOIN line_text AS t ON t.capture = g.capture "
	"         AND t.line >= g.first_line AND t.line < e.line "
	"         AND t.own = 'xen-raw' AND t.speaker = 'xen' "
	"         AND t.trust <> 'guest' "
	"   GROUP BY g.id) "
	"SELECT e.boot, " TICKS_OF("e.boot") ", " XEN_OF("e.boot") ", "
	"       -e.first - 1 - CAST(" TICKS_DRIFT " * " FAR("e.first")
	"                           AS INTEGER), "
	"       e.now - e.last + CAST(" TICKS_DRIFT " * " FAR("e.last")
	"                             AS INTEGER), 'ticks', e.place "
	"  FROM early AS e JOIN tick_rate AS r ON r.boot = e.boot "
	" WHERE e.last < " MOST;

/* One step along the edges, from what is joined to what is not. */
static const char step_sql[] =
	"INSERT INTO clock_node "
	"WITH along AS ("
	"  SELECT e.a AS id, n.lo + e.lo AS lo, n.hi + e.hi AS hi, "
	"         ifnull(e.how, n.how) AS how, ifnull(e.place, n.place) AS place "
	"    FROM clock_edge AS e JOIN clock_node AS n ON n.id = e.b "
	"  UNION ALL "
	"  SELECT e.b, n.lo - e.hi, n.hi - e.lo, ifnull(e.how, n.how), "
	"         ifnull(e.place, n.place) "
	"    FROM clock_edge AS e JOIN clock_node AS n ON n.id = e.a) "
	"SELECT x.id, max(x.lo), min(x.hi), max(x.how), min(x.place) "
	"  FROM along AS x "
	" WHERE NOT EXISTS (SELECT 1 FROM clock_node AS n WHERE n.id = x.id) "
	" GROUP BY x.id HAVING max(x.lo) <= min(x.hi)";

/* From the base to any clock: host, Xen's, ticks, and one in a capture. */
enum { STEPS = 4 };

static const char write_sql[] =
	"UPDATE clock SET offset_lo = n.lo, offset_hi = n.hi, "
	"       joined_by = CASE n.how WHEN 'base' THEN 'same' ELSE n.how END, "
	"       join_capture = n.place >> 32, "
	"       join_line = n.place & 0xffffffff "
	"  FROM clock_node AS n "
	" WHERE n.id = clock.id AND clock.offset_lo IS NULL "
	"   AND clock.unit = 'ns'";

/* Ticks are the base where a boot has no other clock. */
static const char base_sql[] =
	"UPDATE boot SET base = (SELECT min(k.id) FROM clock AS k "
	"         JOIN segment AS g ON g.id = k.segment "
	"        WHERE g.boot = boot.id AND k.kind = 'xen-raw') "
	" WHERE base IS NULL AND id IN (SELECT boot FROM tick_rate);"
	"UPDATE clock SET offset_lo = 0, offset_hi = 0, joined_by = 'base' "
	" WHERE offset_lo IS NULL AND kind = 'xen-raw' "
	"   AND id IN (SELECT base FROM boot)";

static void turn_ticks(struct store *s)
{
	store_run(s, str_from(rate_sql), "join clocks");
	if (query_any(s, "SELECT 1 FROM tick_turn"))
		rows_each_table(s, "UPDATE \"%w\" SET "
			TURNED("t_lo", "") ", " TURNED("t_hi", "+ 1")
			" WHERE clock IN (SELECT id FROM temp.tick_turn) "
			"AND %lld <= %lld;", 0, 1);
	store_run(s, str_from(extent_sql), "join clocks");
	store_run(s, str_from(base_sql), "join clocks");
}

void clocks_meet(struct store *s)
{
	if (!query_any(s, "SELECT 1 FROM clock WHERE offset_lo IS NULL AND kind "
			  "IN ('xen-raw', 'xen-boot', 'xen-date', 'wall', "
			  "'wall-yearless', 'capture') LIMIT 1"))
		return;
	turn_ticks(s);
	if (!query_any(s, "SELECT 1 FROM temp.tick_rate UNION ALL "
			  "SELECT 1 FROM xen_now LIMIT 1"))
		return;
	store_run(s, str_from(open_sql), "join clocks");
	store_run(s, str_from(host_sql), "join clocks");
	store_run(s, str_from(calendar_sql), "join clocks");
	store_run(s, str_from(ticks_sql), "join clocks");
	for (int i = 0; i < STEPS; i++)
		store_run(s, str_from(step_sql), "join clocks");
	store_run(s, str_from(write_sql), "join clocks");
}
