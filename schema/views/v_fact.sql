-- What is known of each boot: the first trusted line that states a fact, or the user: what he assumes, and what he tells where no line does.
CREATE VIEW v_fact AS
SELECT f.boot, f.name, f.value, nullif(f.capture, 0) AS capture, nullif(f.line, 0) AS line, f.told, f.trust, f.speaker
  FROM known_fact AS f;
