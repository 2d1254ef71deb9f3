"""Our rows beside tables in the layouts of others, with the faults such files are known to have."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from according import Coder, Report
from according.cli import app
from according.compare import Row, Tolerance, align, align_rows, compare_rows, read_theirs
from according.errors import ReportFormatError
from according.export import export_coded
from according.export.acled import COLUMNS as ACLED
from according.export.gdelt import EVENT_COLUMNS
from according.export.polecat import COLUMNS as POLECAT
from according.export.ucdp import COLUMNS as UCDP
from according.records import CodedReport

TEXTS = {
    "raid": "Ember Column fighters killed at least 12 traders in Mopti on Monday, Mali's army said.",
    "march": "Thousands of teachers marched in Bamako on Sunday against the government.",
    "talks": "The foreign ministers of Mali and Niger met in Niamey on Saturday.",
}


@pytest.fixture(scope="module")
def coded() -> list[CodedReport]:
    coder = Coder()
    return [
        coder.code(Report(id=name, text=text, published=date(2026, 5, 5), publisher="Neva Press"))
        for name, text in TEXTS.items()
    ]


@pytest.fixture
def file(coded: list[CodedReport], tmp_path: Path) -> Path:
    path = tmp_path / "coded.jsonl"
    path.write_text("".join(c.to_json() + "\n" for c in coded), encoding="utf-8")
    return path


def _table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([row.get(c, "") for c in columns] for row in rows)
    return path


ACLED_ROWS = [
    {
        "event_id_cnty": "MLI1",
        "event_date": "04 May 2026",
        "event_type": "Violence against civilians",
        "actor1": "Ember Column",
        "actor2": "Civilians (Mali)",
        "iso": "466",
        "country": "Mali",
        "location": "Mopti",
        "latitude": "14.49",
        "longitude": "-4.19",
        "fatalities": "9",
        "notes": "Gunmen opened fire.",
    },
    {
        "event_id_cnty": "MLI2",
        "event_date": "2026-05-03",
        "event_type": "Protests",
        "actor1": "Teachers (Mali)",
        "iso": "466",
        "country": "Mali",
        "location": "Bamako",
        "latitude": "12.65",
        "longitude": "-8.0",
        "fatalities": "0",
    },
    {
        "event_id_cnty": "NER1",
        "event_date": "2026-05-02",
        "event_type": "Battles",
        "actor1": "Army",
        "iso": "562",
        "country": "Niger",
        "location": "Diffa",
        "fatalities": "3",
    },
]


@pytest.mark.model
def test_acled_rows_are_aligned_and_a_differing_figure_is_shown(file: Path, tmp_path: Path) -> None:
    theirs = _table(tmp_path / "acled.csv", ACLED, ACLED_ROWS)
    result = CliRunner().invoke(app, ["compare", str(file), str(theirs), "--as", "acled", "--format", "json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["theirs"] == 3
    assert {a["theirs"] for a in found["aligned"]} == {"MLI1", "MLI2"}
    killed = next(d for d in found["disagreements"] if d["cell"] == "killed")
    assert (killed["ours"], killed["theirs"]) == ("12", "9")
    assert "killed at least 12 traders" in killed["words"]
    assert found["cells"]["place"] == {"told": 2, "same": 2}


@pytest.mark.model
def test_what_we_export_agrees_with_itself(coded: list[CodedReport], file: Path, tmp_path: Path) -> None:
    for layout, name in (("polecat", "out.tsv"), ("acled", "out.csv"), ("ucdp", "ucdp.csv")):
        export_coded(coded, layout, tmp_path / name)
        result = CliRunner().invoke(
            app, ["compare", str(file), str(tmp_path / name), "--as", layout, "--format", "json"]
        )
        found = json.loads(result.output)
        assert len(found["aligned"]) == found["theirs"] > 0
        assert found["disagreements"] == []
    export_coded(coded, "gdelt", tmp_path / "g")
    events = str(tmp_path / "g" / "events.tsv")
    result = CliRunner().invoke(app, ["compare", str(file), events, "--as", "gdelt", "--format", "json"])
    found = json.loads(result.output)
    assert len(found["aligned"]) == 3
    assert [d for d in found["disagreements"] if d["cell"] in ("type", "day", "country", "killed")] == []


@pytest.mark.model
def test_text_and_csv_show_the_same_disagreements(file: Path, tmp_path: Path) -> None:
    theirs = str(_table(tmp_path / "acled.csv", ACLED, ACLED_ROWS))
    text = CliRunner().invoke(app, ["compare", str(file), theirs, "--as", "acled"]).output
    assert "2 aligned" in text
    assert "killed: ours 12 | theirs 9" in text
    table = CliRunner().invoke(app, ["compare", str(file), theirs, "--as", "acled", "--format", "csv"]).output
    rows = list(csv.DictReader(io.StringIO(table)))
    assert any(r["cell"] == "killed" and r["theirs"] == "9" for r in rows)


def test_polecat_files_with_extra_headers_and_trailing_tabs_are_read(tmp_path: Path) -> None:
    columns = ("Headline", *POLECAT, "", "")
    row = {
        "Event ID": "7",
        "Event Date": "2026-05-04",
        "Event Type": "Assault",
        "Country": "Mali",
        "Actor Name": "Ember Column; None",
        "Actor Country": "MLI; ",
        "Headline": 'a "quote',
    }
    path = _table(tmp_path / "p.tsv", columns, [row], "\t")
    path.write_text(path.read_text().replace('"a ""quote"', 'a "quote'))
    (found,) = read_theirs(path, "polecat")
    assert (found.id, found.types, found.country) == ("7", {"ASSAULT"}, "MLI")
    assert found.sides[0] == ("Ember Column",)
    assert found.countries[0] == {"MLI"}


def test_gdelt_codes_that_lost_their_zero_are_mended_and_ids_may_come_twice(tmp_path: Path) -> None:
    path = tmp_path / "g.tsv"
    rows = []
    for root, day in (("3", "20260504"), ("19", "20260504"), ("1", "20260504"), ("19", "20260505")):
        cells = dict.fromkeys(EVENT_COLUMNS, "") | {"GlobalEventID": "1", "EventRootCode": root, "Day": day}
        cells["ActionGeo_CountryCode"] = "RS"
        rows.append("\t".join(cells[c] for c in EVENT_COLUMNS))
    path.write_text("\n".join(rows) + "\n")
    found = list(read_theirs(path, "gdelt"))
    assert [sorted(r.types) for r in found] == [["AGREE"], ["ASSAULT", "COERCE"], ["ASSAULT", "COERCE"]]
    assert {r.country for r in found} == {"RUS"}


@pytest.mark.parametrize(
    ("layout", "columns", "row", "message"),
    [
        ("acled", ACLED, {"event_date": "soon", "event_type": "Battles"}, r"t\.csv:2.*'soon' is no date"),
        ("acled", ACLED, {"event_date": "2026-05-04", "event_type": "War"}, r"t\.csv:2.*'War'"),
        ("ucdp", UCDP, {"date_start": "2026-05-04", "low": "many"}, r"t\.csv:2.*low: 'many'"),
        ("ucdp", ACLED, {}, r"t\.csv:1.*no column 'id'"),
        ("polecat", UCDP, {}, r"t\.csv:1.*no polecat table"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(
    tmp_path: Path, layout: str, columns: tuple[str, ...], row: dict[str, str], message: str
) -> None:
    path = _table(tmp_path / "t.csv", columns, [{"event_id_cnty": "x", "id": "x"} | row])
    with pytest.raises(ReportFormatError, match=message):
        list(read_theirs(path, layout))


def _row(n: int, day: date | None, place: str, type_: str = "ASSAULT", near: date | None = None) -> Row:
    return Row(str(n), frozenset({type_}), day, day, near, "MLI", place, sides=(("Ember Column",), ()))


def test_each_row_is_taken_once_and_the_best_fit_wins() -> None:
    day = date(2026, 5, 4)
    ours = [_row(1, day, "Mopti"), _row(2, day, "Gao")]
    theirs = [_row(3, day, "Gao"), _row(4, day, "Mopti"), _row(5, day, "Mopti")]
    pairs = {(p.ours.id, p.theirs.id) for p in align_rows(ours, theirs)}
    assert pairs == {("1", "4"), ("2", "3")}


def test_a_row_without_a_day_is_looked_for_before_its_publication_and_its_day_is_not_compared() -> None:
    ours = [_row(1, None, "Mopti", near=date(2026, 5, 8))]
    found = compare_rows(ours, [_row(2, date(2026, 5, 4), "Mopti"), _row(3, date(2026, 5, 20), "Mopti")])
    assert [p.theirs.id for p in found.pairs] == ["2"]
    assert found.told["day"] == 0


def test_days_beyond_the_tolerance_are_not_aligned() -> None:
    ours, theirs = [_row(1, date(2026, 5, 4), "Mopti")], [_row(2, date(2026, 5, 7), "Mopti")]
    assert align_rows(ours, theirs, Tolerance(days=2)) == []
    assert len(align_rows(ours, theirs, Tolerance(days=3))) == 1


def test_only_rows_of_near_days_are_weighed_against_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [_row(i, date(2000, 1, 1) + timedelta(days=i // 4), f"Town {i % 97}") for i in range(2000)]
    weighed = 0
    real = align.likeness

    def counting(a: Row, b: Row, limits: Tolerance) -> float:
        nonlocal weighed
        weighed += 1
        return real(a, b, limits)

    monkeypatch.setattr(align, "likeness", counting)
    assert len(align_rows(rows, rows)) == len(rows)
    assert weighed <= 5 * 4 * len(rows)


def test_an_unknown_layout_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a\n")
    args = ["compare", str(tmp_path / "t.csv"), str(tmp_path / "t.csv"), "--as", "gtd"]
    assert CliRunner().invoke(app, args).exit_code != 0
