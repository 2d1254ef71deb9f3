"""Whatever bytes a file holds, reading it ends in reports and issues and never in an exception."""

from __future__ import annotations

import gzip
import io
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made import (
    ATOM,
    FACTIVA_PAGE,
    FACTIVA_PLAIN,
    FACTIVA_TAGGED,
    NEXIS,
    RSS,
    answer,
    docx,
    page,
    pdf,
    rtf,
    warc,
    zipped,
)

from according.read.dispatch import read_stream
from according.read.model import Settings
from according.records import Issue, Report


def _parquet() -> bytes:
    buffer = io.BytesIO()
    table = {"id": ["1", "2"], "text": ["Calm.", "Rebels left."], "published": [date(2020, 3, 3)] * 2}
    pq.write_table(pa.table(table), buffer)
    return buffer.getvalue()


LINES = (
    b'{"id": "1", "text": "Rebels left.", "published": "2020-03-03"}\n{"event_text": "Calm.", "id": "s"}\n'
)
WHOLE = {
    "a.txt": b"Rebels left the town.\n\nCalm.",
    "n.txt": NEXIS.encode(),
    "t.txt": FACTIVA_TAGGED.encode(),
    "p.txt": FACTIVA_PLAIN.encode(),
    "a.html": page(),
    "f.html": FACTIVA_PAGE.encode(),
    "a.jsonl": LINES,
    "a.csv": b'id,text,published\n1,"Rebels\nleft.",2020-03-03\n2,Calm.,\n',
    "u.csv": 'id,text\n1,"Rebels\nleft."\n'.encode("utf-16"),
    "a.tsv": b"id\ttext\n1\tCalm.\n",
    "a.parquet": _parquet(),
    "a.warc": warc([("http://h.example/", answer(page()))], packed=False),
    "a.warc.gz": warc(
        [("http://h.example/", answer(gzip.compress(page()), extra="Content-Encoding: gzip\r\n"))]
    ),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.docx": docx(NEXIS.split("\n"), [["a", "b"]]),
    "a.rtf": rtf(NEXIS.split("\n")),
    "f.rtf": rtf(FACTIVA_TAGGED.split("\n")),
    "a.pdf": pdf([["Rebels left."], ["Calm."]]),
    "a.jsonl.gz": gzip.compress(LINES),
    "a.jsonl.zst": zstandard.compress(LINES),
    "a.zip": zipped({"a.txt": b"Calm.", "b.jsonl": LINES, "c.docx": docx(["Calm."])}),
}


def read(name: str, data: bytes) -> list[Report | Issue]:
    return list(read_stream(name, name, io.BytesIO(data), Settings()))


@pytest.mark.parametrize("name", WHOLE)
def test_whole_files_give_reports(name: str) -> None:
    assert any(isinstance(item, Report) for item in read(name, WHOLE[name]))


@pytest.mark.parametrize("name", WHOLE)
@given(data=st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_damaged_files_give_reports_or_issues(name: str, data: st.DataObject) -> None:
    whole = WHOLE[name]
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        piece = data.draw(st.binary(max_size=8))
        damaged[at : at + data.draw(st.integers(0, 8))] = piece
    cut = data.draw(st.one_of(st.just(len(damaged)), st.integers(0, len(damaged))))
    items = read(name, bytes(damaged[:cut]))
    assert items, "neither a report nor an issue"
    assert all(isinstance(item, Report | Issue) for item in items)
    assert all(item.path for item in items if isinstance(item, Issue))


@pytest.mark.parametrize("name", WHOLE)
@given(noise=st.binary(max_size=400))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_noise_gives_reports_or_issues(name: str, noise: bytes) -> None:
    assert read(name, noise)
    assert read(name, WHOLE[name][:12] + noise)
