"""The tables of an index.

A claim's row number is its place: numbers grow in the order of the files' paths, with gaps in which files
that come later find room, so that a list needs no sorting and a page of it no counting. Days are proleptic
ordinals (1 is 1 January of the year 1). Nothing depends on the day on which it was written: what holds on
some days only has these days with it.
"""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE articles (
  file TEXT PRIMARY KEY, id TEXT NOT NULL, stamp INTEGER, digest BLOB NOT NULL,
  publisher TEXT, date TEXT, changed INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE claims (
  place INTEGER PRIMARY KEY, file TEXT NOT NULL UNIQUE, id TEXT NOT NULL, folded_id TEXT NOT NULL,
  stamp INTEGER, digest BLOB NOT NULL, broken INTEGER NOT NULL, plain INTEGER NOT NULL,
  kind TEXT, status TEXT, rating TEXT, claim TEXT, due TEXT,
  due_first INTEGER, due_last INTEGER, judged_first INTEGER, judged_last INTEGER,
  review_first INTEGER, review_last INTEGER,
  flags INTEGER NOT NULL, overdue_since INTEGER, articles INTEGER, least INTEGER, most INTEGER,
  about TEXT, tags TEXT, check_from INTEGER, check_until INTEGER
);
CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX claims_by_folded_id ON claims (folded_id);
CREATE INDEX claims_by_status ON claims (broken, status, flags);
CREATE INDEX claims_to_check ON claims (check_from, check_until);
CREATE INDEX claims_in_doubt ON claims (stamp) WHERE stamp = -1;
CREATE INDEX claims_by_overdue ON claims (overdue_since) WHERE overdue_since IS NOT NULL;

CREATE TABLE summaries (place INTEGER PRIMARY KEY, facts TEXT NOT NULL, words TEXT NOT NULL);

CREATE TABLE about (place INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX about_by_place ON about (place);
CREATE INDEX about_by_name ON about (name, place);

CREATE TABLE relations (place INTEGER NOT NULL, target TEXT NOT NULL, contradicts INTEGER NOT NULL);
CREATE INDEX relations_by_place ON relations (place);
CREATE INDEX relations_by_target ON relations (target);

CREATE TABLE quoting (place INTEGER NOT NULL, article TEXT NOT NULL);
CREATE INDEX quoting_by_place ON quoting (place);
CREATE INDEX quoting_by_article ON quoting (article);

CREATE TABLE reasons (
  place INTEGER NOT NULL, weight INTEGER NOT NULL, since TEXT, starts INTEGER, ends INTEGER,
  detail TEXT NOT NULL
);
CREATE INDEX reasons_by_place ON reasons (place);

CREATE TABLE findings (
  file TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, number INTEGER NOT NULL,
  origin INTEGER NOT NULL, error INTEGER NOT NULL, rule TEXT NOT NULL, since INTEGER, until INTEGER,
  body TEXT NOT NULL
);
CREATE INDEX findings_by_place ON findings (file, line, column, number);
CREATE INDEX findings_by_rule ON findings (rule, origin);
CREATE INDEX findings_of_the_folder ON findings (origin) WHERE origin = 0;

CREATE TABLE alike (place INTEGER PRIMARY KEY, id TEXT NOT NULL, score REAL NOT NULL, claim TEXT NOT NULL);

CREATE TABLE texts (
  place INTEGER PRIMARY KEY,
  id TEXT, about TEXT, tag TEXT, article TEXT, publisher TEXT, via TEXT, assigned TEXT,
  id_cased TEXT, about_cased TEXT, tag_cased TEXT, article_cased TEXT, publisher_cased TEXT, via_cased TEXT,
  assigned_cased TEXT
);
CREATE TABLE carried (place INTEGER NOT NULL, name TEXT NOT NULL);
CREATE INDEX carried_by_place ON carried (place);
CREATE INDEX carried_by_name ON carried (name, place);
CREATE TABLE words (place INTEGER PRIMARY KEY, folded TEXT NOT NULL, cased TEXT NOT NULL);
CREATE TABLE known (place INTEGER NOT NULL, sort TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX known_by_place ON known (place);
CREATE INDEX known_by_text ON known (sort, text);
CREATE TABLE said (place INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE INDEX said_by_place ON said (place);
CREATE INDEX said_by_first ON said (first, last);
CREATE TABLE waiting (place INTEGER PRIMARY KEY);
"""
"""What an index holds.

`articles` and `claims` have a row for each file, with the stamp of the system's word on it, by which changes
are noticed, and the digest of its bytes, by which they are known; a
claim with the stamp -1 is to be derived again. `summaries` has the facts of records. A
claim is to be held against the rules on days from `check_from` on, and before `check_until`.
`alike` has for each claim the one before it that says nearly the same, once that was looked for.
`findings` has diagnostics in the order in which they are told; `origin` tells whether they are of the folder
(0), of an article (1), of a claim alone (2), of a claim among others (3) or of its likeness to others (4).
`texts`, `words`, `said` and `carried` (by whom) are what filters search, and `known` what completes what
somebody writes; a claim that is `waiting` is not among them yet.
"""

GRAMS = """
CREATE VIRTUAL TABLE grams USING fts5(
  folded, content='words', content_rowid='place', detail='none', tokenize='trigram case_sensitive 1'
);
"""
"""Which three characters stand in which claim, where SQLite offers that (from 3.34 on, with FTS5)."""

VOCABULARY = "CREATE VIRTUAL TABLE vocabulary USING fts5vocab(grams, 'row');"
"""All that are there, in their order."""

OF_A_CLAIM = (
    "summaries",
    "about",
    "relations",
    "quoting",
    "reasons",
    "texts",
    "words",
    "carried",
    "known",
    "said",
    "waiting",
)
"""Tables with rows that go with a claim's."""
