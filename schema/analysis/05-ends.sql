-- v_domain_end once, for the causes that ask what came before each fault.
DELETE FROM domain_end;

-- when SELECT 1 FROM domain_event UNION ALL SELECT 1 FROM domain_info UNION ALL SELECT 1 FROM grant_left
INSERT OR IGNORE INTO domain_end (capture, line, boot, domain, what, base_lo, base_hi)
SELECT e.capture, e.line, e.boot, e.domain, e.what, e.base_lo, e.base_hi
  FROM v_domain_end AS e
 WHERE e.boot IS NOT NULL;
