"""The tables of a store, the same on SQLite and PostgreSQL.

One report may be coded many times: `codings` keeps each, and exactly one of
them is current. Every row that belongs to a coding has a number made of the
coding's number and its place in it (`row_pk`), so a coding can be written in
one go. Names, spans and days stand in columns; the whole coded report stands
in `codings.record`, compressed, and is what `get_report` gives back.

Mentions that are `current` are what lists, events and charts show: what the
current codings and people's decisions together have. Those that are `coded` are
the current codings' own. Where the two differ, `codings.effective` holds the
report with the decisions in it, and `replaced` counts the rows made for it.

Judgements are only ever added. Events, folds and memberships are derived from
the current codings and can be made again at any time. So are `link_keys`,
`links` and `copy_keys`, by which a new report finds what it may tell of, and
`loose_ends`: the events, mentions and copies that are to be looked at again
since codings they hung on were replaced, the reports that were decided on, and
the mentions that a decision has made anew (`fresh`).
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy import text as literal_text

from according.store.columns import (
    BIG,
    actor_column,
    metadata,
    of_coding_column,
    of_mention_column,
    pk_column,
    row_column,
    row_pk,
    span_columns,
)
from according.store.schema_people import assignments, judgements, sessions, users

__all__ = ["assignments", "judgements", "metadata", "row_pk", "sessions", "users"]

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    pk_column(),
    Column("id", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text, index=True),
    Column("published", Date),
    Column("published_inferred", Boolean, nullable=False),
    Column("dateline", Text),
    Column("url", Text),
    Column("language", String(20), nullable=False),
    Column("sort_day", Date, nullable=False),
    Column("current", Boolean, nullable=False),
    UniqueConstraint("id", "hash"),
    Index("ix_reports_current_sort", "current", "sort_day", "pk"),
)

coders = Table(
    "coders",
    metadata,
    pk_column(),
    Column("name", Text, nullable=False, unique=True),
    Column("package", Text),
    Column("codebook", Text),
    Column("model", Text),
)

codings = Table(
    "codings",
    metadata,
    pk_column(),
    Column("report_pk", BIG, ForeignKey("reports.pk", ondelete="CASCADE"), nullable=False),
    Column("coder_pk", BIG, ForeignKey("coders.pk"), nullable=False, index=True),
    Column("hash", String(64), nullable=False),
    Column("current", Boolean, nullable=False),
    Column("loaded_at", String(32), nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("mention_count", Integer, nullable=False),
    Column("statement_count", Integer, nullable=False),
    Column("joined", Boolean, nullable=False),
    Column("effective", LargeBinary),
    Column("replaced", Integer, nullable=False, server_default=literal_text("0")),
    UniqueConstraint("report_pk", "coder_pk", "hash"),
    Index("ix_codings_current", "current", "report_pk"),
    Index("ix_codings_joined", "joined", "current"),
)

actors = Table(
    "actors",
    metadata,
    pk_column(),
    Column("id", String(20), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(3), index=True),
    Column("sectors", Text, nullable=False),
    Column("listed", Boolean, nullable=False),
)

actor_names = Table(
    "actor_names",
    metadata,
    Column("actor_pk", BIG, ForeignKey("actors.pk", ondelete="CASCADE"), primary_key=True),
    Column("folded", Text, primary_key=True, index=True),
    Column("name", Text, nullable=False),
)

entities = Table(
    "entities",
    metadata,
    row_column(),
    of_coding_column(),
    Column("id", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("country", String(3)),
    Column("sectors", Text, nullable=False),
    Column("why", Text),
    actor_column(),
)

entity_spans = Table(
    "entity_spans",
    metadata,
    row_column(),
    Column("entity_pk", BIG, ForeignKey("entities.pk", ondelete="CASCADE"), nullable=False, index=True),
    *span_columns(nullable=False),
)

statements = Table(
    "statements",
    metadata,
    row_column(),
    of_coding_column(),
    Column("id", Text, nullable=False),
    Column("parent", Text),
    Column("source", Text),
    Column("source_entity", Text),
    actor_column(),
    *span_columns("source_", words=False),
    *span_columns("cue_"),
    Column("content", Text, nullable=False),
    Column("manner", String(10), nullable=False),
    Column("stance", String(10), nullable=False),
)

mentions = Table(
    "mentions",
    metadata,
    row_column(),
    of_coding_column(),
    Column("report_pk", BIG, ForeignKey("reports.pk", ondelete="CASCADE"), nullable=False, index=True),
    Column("current", Boolean, nullable=False),
    Column("coded", Boolean, nullable=False, server_default=false()),
    Column("id", Text, nullable=False, index=True),
    Column("event", Text, nullable=False),
    Column("event_pk", BIG, index=True),
    *span_columns("trigger_", nullable=False),
    *span_columns("clause_", nullable=False),
    Column("type", String(40), nullable=False),
    Column("mode", String(40)),
    Column("quad", Integer),
    Column("contexts", Text, nullable=False),
    Column("factuality", String(10), nullable=False),
    Column("depth", Integer, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("day_open", String(5)),
    *span_columns("when_"),
    Column("place", Text),
    Column("place_folded", Text),
    Column("country", String(3)),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    Column("precision", String(10)),
    *span_columns("where_"),
    Column("publisher", Text),
    Column("published", Date),
    Column("sort_day", Date, nullable=False),
    Column("rule", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("telling", Text, nullable=False),
    Index("ix_mentions_current_day", "current", "sort_day", "pk"),
    Index("ix_mentions_current_score", "current", "score", "pk"),
    Index("ix_mentions_coded_score", "coded", "score", "pk"),
    Index("ix_mentions_current_type", "current", "type", "mode"),
    Index("ix_mentions_current_country", "current", "country"),
    Index("ix_mentions_current_publisher", "current", "publisher"),
    Index("ix_mentions_current_place", "current", "place_folded"),
)

participants = Table(
    "participants",
    metadata,
    row_column(),
    of_mention_column(),
    Column("side", String(10), nullable=False),
    Column("name", Text, nullable=False),
    Column("entity", Text),
    Column("kind", String(20), nullable=False),
    Column("country", String(3), index=True),
    Column("sectors", Text, nullable=False),
    Column("role", Text),
    *span_columns(nullable=False),
    actor_column(),
    Index("ix_participants_counted", "mention_pk", "side", "actor_pk"),
)

attributions = Table(
    "attributions",
    metadata,
    row_column(),
    of_mention_column(),
    Column("place", Integer, nullable=False),
    Column("name", Text),
    Column("folded", Text, index=True),
    Column("entity", Text),
    actor_column(),
    *span_columns(),
    *span_columns("cue_"),
    Column("stance", String(10), nullable=False),
    Column("statement", Text, nullable=False),
    Index("ix_attributions_counted", "mention_pk", "actor_pk"),
)

counts = Table(
    "counts",
    metadata,
    row_column(),
    of_mention_column(),
    Column("name", String(10), nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    *span_columns(nullable=False),
)

mention_spans = Table(
    "mention_spans",
    metadata,
    row_column(),
    of_mention_column(),
    Column("kind", String(12), nullable=False),
    *span_columns(nullable=False),
)

times = Table(
    "times",
    metadata,
    row_column(),
    of_coding_column(),
    Column("type", String(10), nullable=False),
    Column("value", Text, nullable=False),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("anchor", Text),
    *span_columns(nullable=False),
)

places = Table(
    "places",
    metadata,
    row_column(),
    of_coding_column(),
    Column("name", Text, nullable=False),
    Column("country", String(3)),
    Column("admin1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("geonameid", Integer),
    Column("precision", String(10)),
    Column("why", Text),
    *span_columns(nullable=False),
)

relations = Table(
    "relations",
    metadata,
    row_column(),
    of_coding_column(),
    Column("type", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("object", Text),
    Column("value", Text),
    Column("subject_pk", BIG, ForeignKey("actors.pk"), index=True),
    Column("object_pk", BIG, ForeignKey("actors.pk"), index=True),
    Column("speakers", Text, nullable=False),
    *span_columns(nullable=False),
)

skipped = Table(
    "skipped",
    metadata,
    row_column(),
    of_coding_column(),
    Column("type", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    *span_columns(nullable=False),
)

issues = Table(
    "issues",
    metadata,
    row_column(),
    of_coding_column(),
    Column("code", String(60), nullable=False, index=True),
    Column("message", Text, nullable=False),
    *span_columns(),
)

events = Table(
    "events",
    metadata,
    pk_column(),
    Column("id", String(20), nullable=False, unique=True),
    Column("type", String(40), nullable=False, index=True),
    Column("mode", String(40)),
    Column("quad", Integer),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("sort_day", Date, nullable=False),
    Column("place", Text),
    Column("country", String(3), index=True),
    Column("mention_count", Integer, nullable=False),
    Column("report_count", Integer, nullable=False),
    Column("source_count", Integer, nullable=False, index=True),
    Column("disputed", Boolean, nullable=False, index=True),
    Column("disputed_on", Text, nullable=False),
    Column("killed_low", Integer),
    Column("killed_high", Integer),
    Column("record", Text, nullable=False),
    Index("ix_events_sort", "sort_day", "pk"),
)

folds = Table(
    "folds",
    metadata,
    pk_column(),
    Column("id", String(20), nullable=False, unique=True),
    Column("copy", Text, nullable=False, index=True),
    Column("original", Text, index=True),
    Column("kind", String(10), nullable=False),
    Column("effect", String(10), nullable=False),
    Column("record", Text, nullable=False),
)

commitments = Table(
    "commitments",
    metadata,
    pk_column(),
    Column("id", String(20), nullable=False, unique=True),
    Column("mention", Text, nullable=False, index=True),
    Column("due", Date, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_commitments_due", "due", "pk"),
)

link_keys = Table(
    "link_keys",
    metadata,
    Column("key", BIG, primary_key=True, autoincrement=False),
    Column("mention_pk", BIG, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

links = Table(
    "links",
    metadata,
    Column("one_pk", BIG, primary_key=True, autoincrement=False),
    Column("two_pk", BIG, primary_key=True, autoincrement=False),
    Column("evidence", Float, nullable=False),
    sqlite_with_rowid=False,
)

copy_keys = Table(
    "copy_keys",
    metadata,
    Column("key", BIG, primary_key=True, autoincrement=False),
    Column("coding_pk", BIG, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

loose_ends = Table(
    "loose_ends",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("id", Text, primary_key=True),
)
