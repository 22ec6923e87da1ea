-- when named
-- Where each clock's times stand on the base clock of its boot; joins to event tables by clock.
CREATE VIEW v_base AS
SELECT k.id AS clock, g.boot, k.kind, k.offset_lo, k.offset_hi
  FROM clock AS k
  JOIN segment AS g ON g.id = k.segment;
