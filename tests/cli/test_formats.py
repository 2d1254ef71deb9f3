"""`according code` over a folder of every format."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "read"))

from made import FACTIVA_TAGGED, NEXIS, RSS, answer, docx, page, pdf, rtf, warc, zipped

from according.cli import main


@pytest.mark.model
def test_code_reads_a_corpus_of_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    told = "Rebels attacked a police station in Aleppo on Monday, killing three officers."
    files = {
        "a.txt": told.encode(),
        "b.docx": docx(NEXIS.split("\n")),
        "c.rtf": rtf(FACTIVA_TAGGED.split("\n")),
        "d.pdf": pdf([[told]]),
        "e.csv": f'id,text\ne1,"{told}"\n'.encode(),
        "f.jsonl.gz": gzip.compress(json.dumps({"id": "f1", "text": told}).encode()),
        "g.zip": zipped({"g.txt": told.encode()}),
        "h.warc.gz": warc([("http://h.example/", answer(page()))]),
        "i.rss": RSS.format(link="http://h.example/1", other="http://h.example/2").encode(),
        "j.pdf": pdf([[]]),
    }
    for name, data in files.items():
        (corpus / name).write_bytes(data)
    out = tmp_path / "coded.jsonl"
    with pytest.raises(SystemExit) as ended:
        main(["code", str(corpus), "-o", str(out)])
    assert ended.value.code == 1
    coded = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    issues = [
        json.loads(line) for line in (tmp_path / "issues.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert len(coded) == 12
    assert {i["code"] for i in issues} >= {"pdf-no-text", "date-assumed", "date-wrong"}
    assert "13 reports in = 12 coded + 1 set aside" in capsys.readouterr().err
    for name in ("a.txt", "d.pdf", "e1", "f1", "g.zip/g.txt"):
        (found,) = [c for c in coded if c["report"]["id"] == name]
        assert "ASSAULT" in [m["type"] for m in found["mentions"]], name
