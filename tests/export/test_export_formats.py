"""Every export is read back by a reader that was not written here."""

from __future__ import annotations

import csv
import json
import re
import warnings
from datetime import date
from pathlib import Path

import duckdb
import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest
import spacy
from spacy.tokens import DocBin
from typer.testing import CliRunner

from according import Coder, Report
from according.cli import app
from according.errors import OutputError
from according.export import EXPORTS, export_coded
from according.export.acled import COLUMNS as ACLED
from according.export.gdelt import EVENT_COLUMNS, MENTION_COLUMNS
from according.export.polecat import COLUMNS as POLECAT
from according.export.tables import TABLES
from according.export.ucdp import COLUMNS as UCDP
from according.records import CodedReport

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # bratly is written for pydantic 1
    from bratly import AttributeAnnotation, EntityAnnotation, EventAnnotation

pytestmark = pytest.mark.model


def _told(coded: list[CodedReport]) -> int:
    return sum(m.factuality in ("happened", "ongoing") for c in coded for m in c.mentions)


def _tabbed(path: Path, names: list[str]) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", header=None, names=names, dtype=str, quoting=csv.QUOTE_NONE)


def test_the_reports_to_export_hold_what_the_formats_must_carry(coded: list[CodedReport]) -> None:
    kinds = {m.factuality for c in coded for m in c.mentions}
    assert {"happened", "negated", "planned"} <= kinds
    assert any(m.killed for c in coded for m in c.mentions)
    assert any(m.where and m.where.lat for c in coded for m in c.mentions)
    assert any(m.attribution for c in coded for m in c.mentions)


def test_csv_tables_are_a_valid_data_package_with_every_row(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "csv", tmp_path / "out")
    report = frictionless.Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "message"])
    mentions = pd.read_csv(tmp_path / "out" / "mentions.csv", keep_default_na=False, dtype=str)
    assert len(mentions) == sum(len(c.mentions) for c in coded)
    assert set(mentions["report"]) <= {"r/1", "r:1"}
    dictionary = pd.read_csv(tmp_path / "out" / "data_dictionary.csv")
    assert len(dictionary) == sum(len(t.columns) for t in TABLES.values())


def test_no_cell_of_a_csv_table_is_run_as_a_formula(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "csv", tmp_path / "out")
    with (tmp_path / "out" / "reports.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[1]["title"] == "'=1+1"
    assert rows[1]["publisher"] == "'-"


def test_parquet_tables_answer_sql_as_the_records_do(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "parquet", tmp_path / "out")
    files = [str(tmp_path / "out" / f"{name}.parquet") for name in ("mentions", "actors")]
    with duckdb.connect() as db:
        query = (
            "select m.type, a.country, count(*) from read_parquet(?) m "
            "join read_parquet(?) a using (mention) where a.role = 'actor' group by all"
        )
        found = {(t, c): n for t, c, n in db.execute(query, files).fetchall()}
    expected: dict[tuple[str, str | None], int] = {}
    for c in coded:
        for m in c.mentions:
            for p in m.actors:
                expected[m.type, p.country] = expected.get((m.type, p.country), 0) + 1
    assert found == expected
    table = pq.read_table(tmp_path / "out" / "mentions.parquet")
    assert str(table.schema.field("from").type) == "date32[day]"
    assert table.schema.field("score").metadata[b"description"].startswith(b"How likely")


def test_nested_parquet_gives_back_every_record(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "parquet-records", tmp_path / "out.parquet")
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    assert [CodedReport.model_validate(row) for row in rows] == coded


def test_an_empty_corpus_gives_empty_tables(tmp_path: Path) -> None:
    export_coded([], "parquet", tmp_path / "p")
    assert pq.read_table(tmp_path / "p" / "mentions.parquet").num_rows == 0
    export_coded([], "csv", tmp_path / "c")
    assert frictionless.Package(str(tmp_path / "c" / "datapackage.json")).validate().valid


def test_plover_records_have_the_fields_plover_requires_and_keep_denials(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    export_coded(coded, "plover", tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    assert len(records) == sum(len(c.mentions) for c in coded)
    assert all({"id", "actor", "event"} <= r.keys() for r in records)
    denied = next(r for r in records if r.get("auxiliary_mode") == "negation")
    assert denied["according_attribution"][0]["stance"] == "denies"
    killed = next(r for r in records if "dead" in r.get("size", {}))
    assert killed["size"]["dead"]["low"] == 12
    assert killed["event_scale"] == -9.0
    assert killed["quad_code"] == 4


def test_polecat_has_its_forty_columns_and_no_cell_breaks_a_row(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    export_coded(coded, "polecat", tmp_path / "out.tsv")
    table = pd.read_csv(tmp_path / "out.tsv", sep="\t", dtype=str, quoting=csv.QUOTE_NONE)
    assert list(table.columns) == list(POLECAT)
    assert len(POLECAT) == 40
    assert len(table) == _told(coded)
    raid = table[table["Event Type"] == "ASSAULT"].iloc[0]
    assert raid["Quad Code"] == "MATERIAL CONFLICT"
    assert raid["Publication Date"] == "2026-05-05"
    assert raid["Event Date"] == "2026-05-04"
    shelled = table[table["Source"] == "-"]
    assert shelled["Publication Date"].isna().all()


def test_gdelt_tables_have_its_columns_and_codes(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "gdelt", tmp_path / "out")
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)
    events = _tabbed(tmp_path / "out" / "events.tsv", list(EVENT_COLUMNS))
    mentions = _tabbed(tmp_path / "out" / "mentions.tsv", list(MENTION_COLUMNS))
    assert len(mentions) == _told(coded)
    assert set(mentions["GlobalEventID"]) == set(events["GlobalEventID"])
    assert events["NumMentions"].astype(int).sum() == len(mentions)
    raid = events[events["EventRootCode"] == "18"].iloc[0]
    assert (raid["Day"], raid["GoldsteinScale"], raid["QuadClass"]) == ("20260504", "-9.0", "4")
    assert raid["ActionGeo_CountryCode"] == "ML"
    for _, m in mentions.iterrows():
        assert int(m["ActionCharOffset"]) >= 0
        assert 0 <= int(m["Confidence"]) <= 100


def test_acled_gives_the_lowest_figure_and_only_what_is_told_as_fact(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    export_coded(coded, "acled", tmp_path / "out.csv")
    table = pd.read_csv(tmp_path / "out.csv", dtype=str)
    assert list(table.columns) == list(ACLED)
    assert set(table["event_type"]) <= {
        "Battles",
        "Explosions/Remote violence",
        "Violence against civilians",
        "Protests",
        "Riots",
        "Strategic developments",
    }
    assert "Explosions/Remote violence" in set(table["event_type"])
    assert "Protests" in set(table["event_type"])
    assert {"12", "10"} <= set(table["fatalities"].dropna())
    mali = table[table["fatalities"] == "12"].iloc[0]
    assert (mali["country"], mali["iso"], mali["time_precision"]) == ("Mali", "466", "1")


def test_ucdp_keeps_low_and_high_and_names_no_best_figure_where_a_range_is_told(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    export_coded(coded, "ucdp", tmp_path / "out.csv")
    table = pd.read_csv(tmp_path / "out.csv", dtype=str)
    assert list(table.columns) == list(UCDP)
    assert len(UCDP) == 49
    ranged = table[table["low"] == "10"].iloc[0]
    assert ranged["high"] == "15"
    assert pd.isna(ranged["best"])
    assert table[table["low"] == "12"].iloc[0]["country_id"] == "432"


def test_web_annotations_point_at_their_words(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "web-annotation", tmp_path / "out.jsonl")
    texts = {
        c.report.url or f"urn:according:report:{c.report.id.replace('/', '%2F')}": c.report.text
        for c in coded
    }
    ids = set()
    for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1]:
        a = json.loads(line)
        assert a["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert a["type"] == "Annotation"
        assert re.fullmatch(r"urn:[a-z0-9][a-z0-9-]{0,31}:\S+", a["id"])
        ids.add(a["id"])
        for target in a["target"]:
            text = texts[target["source"]]
            position, quoted = target["selector"]
            assert text[position["start"] : position["end"]] == quoted["exact"]
            assert text[: position["start"]].endswith(quoted["prefix"])
            assert text[position["end"] :].startswith(quoted["suffix"])
    assert len(ids) >= sum(len(c.mentions) + len(c.statements) + len(c.entities) for c in coded)


def test_brat_files_are_parsed_and_their_words_stand_where_they_say(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    export_coded(coded, "brat", tmp_path / "out")
    names = sorted(p.stem for p in (tmp_path / "out").glob("*.ann"))
    assert names == ["empty", "r_1", "r_1-2"]
    events = 0
    for name in names:
        text = (tmp_path / "out" / f"{name}.txt").read_bytes().decode("utf-8")
        entities: dict[str, EntityAnnotation] = {}
        for line in (tmp_path / "out" / f"{name}.ann").read_text(encoding="utf-8").split("\n"):
            if line.startswith("T"):
                entity = EntityAnnotation.from_line(line)
                entities[entity.id] = entity
                assert " ".join(text[f.start : f.end] for f in entity.fragments) == entity.content
        for line in (tmp_path / "out" / f"{name}.ann").read_text(encoding="utf-8").split("\n"):
            if line.startswith("E"):
                events += 1
                if line.count(":") > 1:  # brat allows events without arguments; this reader does not
                    event = EventAnnotation.from_line(line, entities)
                    assert event.event_trigger.label == event.label
            if line.startswith("A") and " E" not in line:
                assert AttributeAnnotation.from_line(line, entities).label == "Stance"
    assert events == sum(len(c.mentions) for c in coded)
    assert "Factuality\tArg:<EVENT>" in (tmp_path / "out" / "annotation.conf").read_text()


def test_docbin_gives_docs_with_span_groups_and_the_record(coded: list[CodedReport], tmp_path: Path) -> None:
    export_coded(coded, "spacy", tmp_path / "out.spacy")
    docs = list(
        DocBin(store_user_data=True).from_disk(tmp_path / "out.spacy").get_docs(spacy.blank("en").vocab)
    )
    for doc, c in zip(docs, coded, strict=True):
        assert doc.text == c.report.text
        assert CodedReport.from_json(doc.user_data["according"]) == c
        assert [s.label_ for s in doc.spans["triggers"]] == [m.type for m in c.mentions]
        for span, m in zip(doc.spans["triggers"], c.mentions, strict=True):
            assert m.trigger.text in span.text


@pytest.mark.parametrize("name", sorted(EXPORTS))
def test_an_export_appears_whole_or_not_at_all(name: str, coded: list[CodedReport], tmp_path: Path) -> None:
    def broken() -> object:
        yield coded[0]
        raise RuntimeError("the disk is gone")

    target = tmp_path / "out"
    with pytest.raises(RuntimeError):
        export_coded(broken(), name, target)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_by_a_folder_and_unknown_formats_are_named(
    coded: list[CodedReport], tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="something already"):
        export_coded(coded, "csv", tmp_path)
    with pytest.raises(OutputError, match="polecat"):
        export_coded(coded, "polcat", tmp_path / "x")


def test_the_command_reads_files_and_folders(coded: list[CodedReport], tmp_path: Path) -> None:
    folder = tmp_path / "coded"
    folder.mkdir()
    for n, c in enumerate(coded):
        (folder / f"part-{n}.jsonl").write_text(c.to_json() + "\n", encoding="utf-8")
    (folder / "issues.jsonl").write_text("{}\n")
    out = tmp_path / "events.tsv"
    result = CliRunner().invoke(app, ["export", str(folder), "--as", "polecat", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "3 reports written" in result.output
    assert len(pd.read_csv(out, sep="\t", quoting=csv.QUOTE_NONE)) == _told(coded)


def test_dates_are_never_taken_from_the_day_of_publication(coded: list[CodedReport], tmp_path: Path) -> None:
    bare = [
        c.model_copy(update={"mentions": tuple(m.model_copy(update={"when": None}) for m in c.mentions)})
        for c in coded
    ]
    export_coded(bare, "polecat", tmp_path / "out.tsv")
    table = pd.read_csv(tmp_path / "out.tsv", sep="\t", dtype=str, quoting=csv.QUOTE_NONE)
    assert table["Event Date"].isna().all()
    assert coded[0].report.published == date(2026, 5, 5)


def test_accounts_of_two_reports_stand_side_by_side(coded: list[CodedReport], tmp_path: Path) -> None:
    again = Coder().code(
        Report(
            id="other",
            text="Ember Column fighters killed five traders in Mopti on Monday, a witness said.",
            publisher="Lake Courier",
            published=date(2026, 5, 6),
        )
    )
    export_coded([*coded, again], "accounts", tmp_path / "out.csv")
    table = pd.read_csv(tmp_path / "out.csv", dtype=str)
    raid = table[table["killed_low"].isin(["12", "5"])]
    assert set(raid["killed_low"]) == {"12", "5"}
    assert raid["event"].nunique() == 1
    assert set(raid["sources"]) == {"2"}
    assert raid["differs"].str.contains("killed").all()
