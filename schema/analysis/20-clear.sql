-- Verdicts are made anew.
DELETE FROM verdict;
DELETE FROM verdict_clue;
DELETE FROM verdict_missing;
DELETE FROM verdict_cap;
DELETE FROM cannot_say;
