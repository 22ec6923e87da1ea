/*
 * One boot seen by several captures: a serial console, dmesg, a journal.  What
 * stands in two of them with the same stamp and text is the same line.  It
 * tells which stretches are of one power-on, and counts once.
 */

#include "analyzer/store/inside.h"
#include "analyzer/store/rows.h"
#include "analyzer/store/same.h"

/*
 * Captures of one call are of one machine; alone, one repeats nothing.  Of a
 * folder with more logs than CAPTURES_MOST not each is compared with each.
 */
#define CAPTURES_MOST "64"
#define CALLS "(SELECT call FROM capture WHERE xen_lines + host_lines > 0 " \
	"GROUP BY call HAVING count(*) BETWEEN 2 AND " CAPTURES_MOST ")"

/*
 * The lines of several captures, and a place to order them by: a console where
 * Xen speaks, too, has what stands next to them.
 */
static const char lines_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS own_line (call INTEGER, "
	"  capture INTEGER, line INTEGER, segment INTEGER, speaker TEXT, "
	"  own TEXT, t INTEGER, hash INTEGER, place INTEGER);"
	"DROP INDEX IF EXISTS temp.own_line_text;"
	"DROP INDEX IF EXISTS temp.own_line_time;"
	"DELETE FROM own_line;"
	"INSERT INTO own_line "
	"  SELECT c.call, t.capture, t.line, (SELECT max(g.id) "
	"           FROM segment AS g WHERE g.capture = t.capture "
	"            AND g.first_line <= t.line), t.speaker, t.own, t.own_lo, "
	"         t.hash, (c.xen_lines = 0) << 60 | t.capture << 32 | t.line "
	"    FROM capture AS c JOIN line_text AS t ON t.capture = c.id "
	"   WHERE c.call IN " CALLS
	"     AND t.trust <> 'guest' AND t.speaker IN ('xen', 'host');"
	"CREATE INDEX temp.own_line_text ON own_line (call, own, t, hash);"
	"CREATE INDEX temp.own_line_time ON own_line (segment, own, t)";

/*
 * Two stretches are of one power-on when half of what both could show is the
 * same to the microsecond, and of two when next to nothing is.  Early lines,
 * and those of clocks that still tick in milliseconds, may be alike in any.
 */
#define RICH(x) x ".own IN ('host', 'xen-boot', 'xen-raw', 'xen-date') " \
	"AND (" x ".own NOT IN ('host', 'xen-boot') " \
	"     OR (" x ".t > 1000000000 AND " x ".t % 1000000 <> 0))"
static const char twins_sql[] =
	"CREATE TEMP TABLE IF NOT EXISTS twin (a INTEGER, b INTEGER, "
	"  own TEXT, same INTEGER);"
	"DELETE FROM twin;"
	"WITH extent AS (SELECT call, capture, segment, own, min(t) AS lo, "
	"                       max(t) AS hi FROM own_line AS x "
	"                 WHERE " RICH("x")
	"                 GROUP BY call, capture, segment, own), "
	"pair AS (SELECT x.segment AS a, y.segment AS b, x.own, "
	"                max(x.lo, y.lo) AS lo, min(x.hi, y.hi) AS hi "
	"           FROM extent AS x JOIN extent AS y ON y.call = x.call "
	"            AND y.own = x.own AND y.capture > x.capture "
	"          WHERE x.lo <= y.hi AND y.lo <= x.hi), "
	"counted AS (SELECT p.a, p.b, p.own, "
	"  min((SELECT count(*) FROM own_line AS x WHERE x.segment = p.a "
	"          AND x.own = p.own AND x.t BETWEEN p.lo AND p.hi "
	"          AND " RICH("x") "), "
	"      (SELECT count(*) FROM own_line AS x WHERE x.segment = p.b "
	"          AND x.own = p.own AND x.t BETWEEN p.lo AND p.hi "
	"          AND " RICH("x") ")) AS n, "
	"  (SELECT count(*) FROM own_line AS x WHERE x.segment = p.a "
	"      AND x.own = p.own AND x.t BETWEEN p.lo AND p.hi "
	"      AND " RICH("x")
	"      AND EXISTS (SELECT 1 FROM own_line AS y WHERE y.call = x.call "
	"              AND y.own = x.own AND y.t = x.t AND y.hash = x.hash "
	"              AND y.segment = p.b)) AS shared "
	"  FROM pair AS p) "
	"INSERT INTO twin SELECT a, b, own, shared >= 2 FROM counted "
	" WHERE (shared >= 2 AND shared * 2 >= n) "
	"    OR (n >= 5 AND shared * 10 < n);"
	/* Words that were made up once, for this: capture-kit's. */
	"INSERT INTO twin SELECT DISTINCT x.segment, y.segment, 'anchor', 1 "
	"  FROM anchor AS x JOIN anchor AS y ON y.mark = x.mark "
	"   AND y.capture > x.capture "
	"  JOIN capture AS c ON c.id = x.capture "
	"  JOIN capture AS d ON d.id = y.capture AND d.call = c.call "
	" WHERE x.speaker = 'host' AND y.speaker = 'host' "
	"   AND x.trust <> 'guest' AND y.trust <> 'guest' "
	"   AND length(x.mark) >= 8 AND x.edge IS NULL AND y.edge IS NULL";

/*
 * By stamp and text: the first place has it, the others repeat it; the n-th
 * of one is the n-th of the other.  Stamps of the first moment are alike in
 * any power-on, and count where the stretches are known to be of one.
 */
static const char stamped_sql[] =
	"WITH nth AS (SELECT l.capture, l.line, l.own, l.t, l.hash, l.speaker, "
	"       l.segment, l.place, g.boot, row_number() OVER (PARTITION BY l.capture, "
	"         g.boot, l.speaker, l.own, l.t, l.hash ORDER BY l.line) AS n "
	"  FROM own_line AS l JOIN segment AS g ON g.id = l.segment "
	" WHERE g.boot IS NOT NULL "
	/* It joins the clock of each file that has it. */
	"   AND NOT EXISTS (SELECT 1 FROM anchor AS a "
	"                    WHERE a.capture = l.capture AND a.line = l.line) "
	"   AND l.own IN ('host', 'xen-boot', "
	"       'xen-raw', 'xen-date', 'trace', 'trace-other', 'trace-perf')), "
	"first AS (SELECT *, "
	"       min(place) OVER w AS first "
	"  FROM nth WINDOW w AS (PARTITION BY boot, speaker, own, t, hash, n)) "
	"INSERT OR IGNORE INTO same_line "
	"SELECT f.capture, f.line, f.first >> 32 & 0xfffffff, "
	"       f.first & 0xffffffff "
	"  FROM first AS f WHERE f.place <> f.first "
	"   AND (f.t > 0 OR EXISTS (SELECT 1 FROM twin AS w WHERE w.same "
	"          AND f.segment IN (w.a, w.b)))";

/*
 * By text and order alone, where a capture has no stamps of that speaker: a
 * journal beside dmesg.  Nine of ten lines of the shorter must be in the other,
 * two of them different.
 */
static const char unstamped_sql[] =
	"WITH nth AS (SELECT l.capture, l.line, l.own, l.hash, l.speaker, "
	"       l.place >> 32 AS place, g.boot, row_number() OVER (PARTITION BY l.capture, g.boot, "
	"         l.speaker, l.hash ORDER BY l.line) AS n "
	"  FROM own_line AS l JOIN segment AS g ON g.id = l.segment "
	" WHERE g.boot IS NOT NULL), "
	"plain AS (SELECT boot, capture, speaker, place, count(*) AS n, "
	"                 count(own) AS stamped FROM nth GROUP BY 1, 2, 3), "
	"met AS (SELECT x.boot, x.speaker, x.capture AS a, y.capture AS b, "
	"               count(*) AS shared, count(DISTINCT x.hash) AS different "
	"          FROM nth AS x JOIN nth AS y ON y.boot = x.boot "
	"           AND y.speaker = x.speaker AND y.hash = x.hash "
	"           AND y.n = x.n AND y.capture <> x.capture "
	"         WHERE x.own IS NULL GROUP BY 1, 2, 3, 4), "
	"copy AS (SELECT m.* FROM met AS m JOIN plain AS x ON x.boot = m.boot "
	"            AND x.speaker = m.speaker AND x.capture = m.a "
	"          JOIN plain AS y ON y.boot = m.boot "
	"            AND y.speaker = m.speaker AND y.capture = m.b "
	"         WHERE x.stamped = 0 AND (y.stamped > 0 OR y.place < x.place) "
	"           AND m.different >= 2 "
	"           AND m.shared * 10 >= min(x.n, y.n) * 9) "
	"INSERT OR IGNORE INTO same_line "
	"SELECT x.capture, x.line, y.capture, min(y.line) FROM copy AS c "
	"  JOIN nth AS x ON x.boot = c.boot AND x.speaker = c.speaker "
	"   AND x.capture = c.a "
	"  JOIN nth AS y ON y.boot = c.boot AND y.speaker = c.speaker "
	"   AND y.capture = c.b AND y.hash = x.hash AND y.n = x.n "
	" GROUP BY x.capture, x.line";

/* Rows of a repeated line are of no stretch: nothing finds them. */
#define HIDE "UPDATE OR IGNORE \"%w\" SET segment = -segment " \
	"WHERE segment > %lld AND %lld " \
	"AND (capture, line) IN (SELECT capture, line FROM same_line);"
#define SHOW "UPDATE OR IGNORE \"%w\" SET segment = -segment " \
	"WHERE segment < %lld AND %lld;"

bool same_any(struct store *s)
{
	return query_any(s, "SELECT 1 FROM capture WHERE call IN " CALLS
			    " UNION ALL SELECT 1 FROM same_line LIMIT 1");
}

void same_find_boots(struct store *s)
{
	if (query_any(s, "SELECT 1 FROM same_line LIMIT 1"))
		rows_each_table(s, SHOW, 0, 1);
	store_run(s, STR("DELETE FROM same_line"), "find lines again");
	store_run(s, str_from(lines_sql), "find lines again");
	store_run(s, str_from(twins_sql), "find power-ons again");
}

void same_find_lines(struct store *s)
{
	store_run(s, str_from(stamped_sql), "find lines again");
	if (query_any(s, "SELECT 1 FROM own_line WHERE own IS NULL LIMIT 1"))
		store_run(s, str_from(unstamped_sql), "find lines again");
	if (query_any(s, "SELECT 1 FROM same_line LIMIT 1"))
		rows_each_table(s, HIDE, 0, 1);
}
