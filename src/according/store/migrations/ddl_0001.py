"""What SQLite and PostgreSQL each need in their own words: text search, guards, views."""

from __future__ import annotations

SEARCHED_CHARS = 500_000
"""Code points of a report's text that PostgreSQL indexes; its search vectors hold one megabyte."""

_SQLITE_SEARCH = (
    """CREATE VIRTUAL TABLE report_search USING fts5(
         title, text, content='reports', content_rowid='pk',
         tokenize="porter unicode61 remove_diacritics 2")""",
    """CREATE TRIGGER reports_search_insert AFTER INSERT ON reports BEGIN
         INSERT INTO report_search(rowid, title, text) VALUES (new.pk, new.title, new.text); END""",
    """CREATE TRIGGER reports_search_delete AFTER DELETE ON reports BEGIN
         INSERT INTO report_search(report_search, rowid, title, text)
         VALUES ('delete', old.pk, old.title, old.text); END""",
    """CREATE TRIGGER reports_search_update AFTER UPDATE OF title, text ON reports BEGIN
         INSERT INTO report_search(report_search, rowid, title, text)
         VALUES ('delete', old.pk, old.title, old.text);
         INSERT INTO report_search(rowid, title, text) VALUES (new.pk, new.title, new.text); END""",
)

# Every word counts, as in SQLite: the stemmer without its list of stop words.
_POSTGRES_SEARCH = (
    "CREATE TEXT SEARCH DICTIONARY according_stem (TEMPLATE = pg_catalog.snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION according (COPY = pg_catalog.english)",
    """ALTER TEXT SEARCH CONFIGURATION according
         ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
         WITH according_stem""",
    f"""ALTER TABLE reports ADD COLUMN search tsvector GENERATED ALWAYS AS (
         setweight(to_tsvector('according', coalesce(title, '')), 'A')
         || to_tsvector('according', left(text, {SEARCHED_CHARS}))) STORED""",
    "CREATE INDEX ix_reports_search ON reports USING gin (search)",
)

_SQLITE_GUARDS = (
    """CREATE TRIGGER judgements_no_update BEFORE UPDATE ON judgements BEGIN
         SELECT RAISE(ABORT, 'judgements are only added'); END""",
    """CREATE TRIGGER judgements_no_delete BEFORE DELETE ON judgements BEGIN
         SELECT RAISE(ABORT, 'judgements are only added'); END""",
)
_POSTGRES_GUARDS = (
    """CREATE FUNCTION judgements_guard() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'judgements are only added'; END $$""",
    """CREATE TRIGGER judgements_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON judgements
         FOR EACH STATEMENT EXECUTE FUNCTION judgements_guard()""",
)

# One row a figure that somebody gives. Copies are listed and marked; they do not count as votes.
_CLAIMS = """CREATE VIEW killed_claims AS
  SELECT e.id AS event, m.id AS mention, r.id AS report, r.publisher AS publisher, r.published AS published,
         (SELECT a.name FROM attributions a WHERE a.mention_pk = m.pk
          ORDER BY a.place DESC LIMIT 1) AS speaker,
         m.factuality AS factuality, c.low AS low, c.high AS high, coalesce(c.low, c.high) AS figure,
         c."start" AS "start", c."end" AS "end", c.words AS words,
         CASE WHEN EXISTS (SELECT 1 FROM folds f WHERE f.copy = r.id AND f.effect = 'whole'
                           AND f.original IS NOT NULL)
              THEN 1 ELSE 0 END AS is_copy
  FROM counts c
  JOIN mentions m ON m.pk = c.mention_pk
  JOIN reports r ON r.pk = m.report_pk
  JOIN events e ON e.pk = m.event_pk
  WHERE c.name = 'killed' AND m.current AND m.factuality IN ('happened', 'ongoing')
    AND coalesce(c.low, c.high) IS NOT NULL"""

_BEST = """(SELECT v.figure FROM killed_claims v WHERE v.event = k.event AND v.is_copy = 0
           GROUP BY v.figure ORDER BY count(*) DESC, v.figure LIMIT 1)"""


def _views(claims: str) -> tuple[str, ...]:
    return (
        _CLAIMS,
        f"""CREATE VIEW figures_ucdp AS
          SELECT k.event AS event, min(k.figure) AS low, {_BEST} AS best,
                 max(coalesce(k.high, k.low)) AS high, count(*) AS claim_count, {claims} AS claims
          FROM killed_claims k GROUP BY k.event""",
        f"""CREATE VIEW figures_acled AS
          SELECT k.event AS event, min(k.figure) AS fatalities, count(*) AS claim_count, {claims} AS claims
          FROM killed_claims k GROUP BY k.event""",
    )


_FIELDS = ("mention", "report", "publisher", "speaker", "low", "high", "start", "end", "words", "is_copy")
_PAIRS = ", ".join(f"'{name}', k.\"{name}\"" for name in _FIELDS)

STATEMENTS = {
    "sqlite": (
        *_SQLITE_SEARCH,
        *_SQLITE_GUARDS,
        *_views(f"json_group_array(json_object({_PAIRS}))"),
    ),
    "postgresql": (
        *_POSTGRES_SEARCH,
        *_POSTGRES_GUARDS,
        *_views(f"CAST(json_agg(json_build_object({_PAIRS})) AS text)"),
    ),
}
"""Statements to run after the tables are there, by dialect."""
