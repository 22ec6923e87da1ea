-- when named
-- Grant operations of Xen's own trace, which tells no page: when, by the processor's time stamps, and in seconds since the first one of the
-- capture where Xen printed, or the user told, how fast these count (xen.cpu_mhz). Where a line of Xen's told it, cycles are told to a nanosecond.
CREATE VIEW v_xen_trace AS
SELECT o.capture, o.line, g.boot, o.op, o.domain, o.mapper, o.vcpu, o.cpu,
       CASE WHEN c.unit = 'ns' THEN o.t_lo / 1000000 * c.khz + o.t_lo % 1000000 * c.khz / 1000000 ELSE o.t_lo END AS cycles,
       (o.t_lo - (SELECT min(x.t_lo) FROM grant_op AS x WHERE x.segment = o.segment AND x.clock = o.clock)) /
       CASE WHEN c.unit = 'ns' THEN 1e9
            ELSE (SELECT CAST(k.value AS REAL) * 1e6 FROM known_fact AS k WHERE k.boot = g.boot AND k.name = 'xen.cpu_mhz') END AS seconds
  FROM grant_op AS o
  JOIN segment AS g ON g.id = o.segment
  JOIN clock AS c ON c.id = o.clock AND c.kind = 'xen-raw'
 WHERE o.op IN ('xen-map', 'xen-unmap', 'xen-transfer');
