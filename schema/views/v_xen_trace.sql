-- when named
-- Grant operations of Xen's own trace, which tells no page: when, by the processor's time stamps, and in seconds since the first one of the
-- capture where Xen printed, or the user told, how fast these count (xen.cpu_mhz).
CREATE VIEW v_xen_trace AS
SELECT o.capture, o.line, g.boot, o.op, o.domain, o.mapper, o.vcpu, o.cpu, o.t_lo AS cycles,
       (o.t_lo - (SELECT min(x.t_lo) FROM grant_op AS x WHERE x.segment = o.segment AND x.clock = o.clock)) /
       (SELECT CAST(k.value AS REAL) * 1e6 FROM known_fact AS k WHERE k.boot = g.boot AND k.name = 'xen.cpu_mhz') AS seconds
  FROM grant_op AS o
  JOIN segment AS g ON g.id = o.segment
  JOIN clock AS c ON c.id = o.clock AND c.kind = 'xen-raw'
 WHERE o.op IN ('xen-map', 'xen-unmap', 'xen-transfer');
