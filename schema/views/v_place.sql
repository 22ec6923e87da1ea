-- "file:line" of a capture: the last part of its name, and an index from 0 in order of arrival.
CREATE VIEW v_place AS
SELECT c.id AS capture, c.name,
       replace(c.name, rtrim(c.name, replace(c.name, '/', '')), '') AS short,
       (SELECT count(*) FROM capture AS o WHERE o.id < c.id) AS nr
  FROM capture AS c;
