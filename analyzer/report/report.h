/* What was concluded, for people and for programs. */
#ifndef ANALYZER_REPORT_REPORT_H
#define ANALYZER_REPORT_REPORT_H

#include <stdio.h>

#include "analyzer/judge/judge.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_TABLE, FORMAT_CSV };

/* The document "verdicts", at most 76 columns wide where the lines allow. */
void report_text(struct store *, FILE *out);
/* faultline.report/1, docs/json.md */
void report_json(struct store *, const struct data *, FILE *out);
/* One report of schema/reports/; false: there is none of that name. */
bool report_named(struct store *, const struct data *, struct str name,
		  enum format, FILE *out);
/*
 * From the line to the grade: fact, role, join, for each subject of a cause;
 * sql: also the statement behind each clue.  False: it never ran.
 */
bool report_why(struct store *, const struct cause *, bool sql, FILE *out);

/* Rows as a table for the eye, as CSV (RFC 4180), or as a JSON array. */
bool report_rows(struct query *, enum format, FILE *out);

/* Text in lines of at most width bytes, each led by indent blanks. */
void report_wrap(FILE *out, struct str text, unsigned indent, unsigned width);

#endif
