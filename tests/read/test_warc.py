"""Web archives: the pages in them, their addresses and dates, and what is damaged."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from made import answer, page, warc

from according.read import read_reports
from according.records import Issue, Report


def read(path: Path) -> tuple[list[Report], list[Issue]]:
    items = list(read_reports([path]))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Issue)]


ANSWERS = [
    ("http://herald.example/1", answer(page())),
    ("http://herald.example/x.png", answer(b"\x89PNG" + b"\0" * 90, "image/png")),
    ("http://herald.example/gone", answer(page("Gone"), status="404 Not Found")),
    ("http://herald.example/2", answer(page("Miners end strike", day=None))),
]


@pytest.mark.parametrize(("name", "packed"), [("a.warc.gz", True), ("a.warc", False), ("crawl", True)])
def test_pages_with_address_id_and_date(tmp_path: Path, name: str, packed: bool) -> None:
    (tmp_path / name).write_bytes(warc(ANSWERS, packed=packed))
    (first, second), issues = read(tmp_path / name)
    assert (first.url, first.title, first.publisher, first.published) == (
        "http://herald.example/1",
        "Rebels free two nurses",
        "Tarsa Herald",
        date(2017, 10, 31),
    )
    assert first.id == "urn:uuid:00000001-0000-0000-0000-000000000000"
    assert (second.url, second.published) == ("http://herald.example/2", date(2017, 11, 2))
    assert [(i.code, i.report) for i in issues] == [("date-assumed", second.id)]


def test_date_of_publication_that_the_user_gives_stands(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(warc(ANSWERS[3:]))
    (report,) = read_reports([tmp_path], published=date(2016, 1, 1))
    assert isinstance(report, Report)
    assert report.published == date(2016, 1, 1)


def test_a_page_dated_after_its_capture_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(
        warc([("http://h.example/", answer(page(day="2018-01-01")))], packed=False)
    )
    (report,), issues = read(tmp_path)
    assert report.published == date(2017, 11, 2)
    assert [i.code for i in issues] == ["date-assumed"]


def test_compressed_answers_and_old_encodings(tmp_path: Path) -> None:
    words = page().replace(b'<meta charset="utf-8">', b"").replace(b"nurses", "Pflegekräfte".encode("cp1252"))
    packed = gzip.compress(words)
    raw = answer(packed, "text/html; charset=windows-1252", extra="Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc.gz").write_bytes(warc([("http://h.example/", raw)]))
    (report,), issues = read(tmp_path)
    assert issues == []
    assert "Pflegekräfte" in report.text


@pytest.mark.slow
@pytest.mark.parametrize("packed", [True, False])
def test_no_cut_goes_unnoticed(tmp_path: Path, packed: bool) -> None:
    data, ends = warc(ANSWERS[1:3], packed=packed), len(warc(ANSWERS[1:2], packed=packed))
    begins = len(warc([], packed=packed))
    assert begins < ends < len(data)
    for cut in {*range(begins + 1, len(data), 3), len(data) - 1, ends - 1, ends + 1} - {ends}:
        (tmp_path / "crawl").write_bytes(data[:cut])
        (issue,) = read(tmp_path / "crawl")[1]
        assert issue.code == ("archive-broken" if packed else "warc-broken"), cut


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("cut", [30, 300, 1_200])
def test_an_archive_that_is_cut_short_gives_what_is_there_and_says_so(
    tmp_path: Path, packed: bool, cut: int
) -> None:
    data = warc(ANSWERS, packed=packed)
    (tmp_path / "a.warc").write_bytes(data[:-cut])
    reports, issues = read(tmp_path)
    assert len(reports) <= 1 + (cut < 100 and packed)
    assert "warc-broken" in {i.code for i in issues}


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(b"Rebels left the town. " * 90)
    reports, issues = read(tmp_path)
    assert (reports, [i.code for i in issues]) == ([], ["warc-broken"])


def test_an_archive_is_not_held_in_memory(tmp_path: Path) -> None:
    film = answer(b"\0" * 3_000_000, "video/mp4")
    data = warc([(f"http://h.example/{n}", film) for n in range(40)], packed=False)
    (tmp_path / "a.warc").write_bytes(data + warc(ANSWERS[:1], packed=False))
    size = len(data)
    del data, film
    next(read_reports([tmp_path / "a.warc"]))
    tracemalloc.start()
    assert len(read(tmp_path)[0]) == 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < size / 4
