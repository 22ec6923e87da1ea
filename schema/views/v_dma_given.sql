-- when named
-- Addresses that were handed to a device, and to which: a tracepoint says so; the return of a probe belongs to the call in front of it where
-- no other call was open (dev NULL: that is not known).
CREATE VIEW v_dma_given AS
SELECT d.capture, d.line, d.clock, d.t_lo, d.t_hi, d.dma, d.page,
       CASE d.what WHEN 'map' THEN d.dev
            ELSE (SELECT p.dev FROM dma_map AS p
                   WHERE p.id = d.id - 1 AND p.capture = d.capture AND p.what = 'call'
                     AND NOT EXISTS (SELECT 1 FROM dma_map AS q WHERE q.id = d.id - 2 AND q.capture = d.capture AND q.what = 'call')) END AS dev
  FROM dma_map AS d
 WHERE d.what IN ('return', 'map') AND d.trust <> 'guest';
