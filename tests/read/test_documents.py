"""DOCX, RTF and PDF: the words as they stand, and what is refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from made import docx, pdf, rtf

from according.read import read_reports
from according.records import Issue, Report

LINES = ["Rebels free two nurses", "", "“Kämpfe” went on – 12|14 dead {so far} \\ 😀.", "Talks resume."]


def read(path: Path) -> tuple[list[Report], list[str]]:
    items = list(read_reports([path]))
    return [i for i in items if isinstance(i, Report)], [i.code for i in items if isinstance(i, Issue)]


def test_docx_text_is_its_paragraphs_and_cells(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(LINES, [["Town", "Dead"], ["Tarsa", "12"]]))
    (report,), codes = read(tmp_path)
    assert codes == []
    assert report.text == "\n".join(LINES) + "\nTown\tDead\nTarsa\t12"
    assert (report.id, report.title) == ("a.docx", "Rebels free two nurses")


def test_docx_leaves_out_what_was_struck_and_keeps_links_and_insertions(tmp_path: Path) -> None:
    made = docx(["MARK"])
    marked = (
        "<w:r><w:t>Police </w:t></w:r><w:ins><w:r><w:t>held </w:t></w:ins></w:r>"
        "<w:del><w:r><w:delText>killed </w:delText></w:r></w:del>"
        "<w:hyperlink><w:r><w:t>two</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>men.</w:t></w:r>"
    ).replace("</w:ins></w:r>", "</w:r></w:ins>")
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    body = files["word/document.xml"].decode()
    assert "<w:r><w:t>MARK</w:t></w:r>" in body
    files["word/document.xml"] = body.replace("<w:r><w:t>MARK</w:t></w:r>", marked).encode()
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as parts:
        for name, data in files.items():
            parts.writestr(name, data)
    (report,), _ = read(tmp_path)
    assert report.text == "Police held two\tmen."


def test_docx_that_defines_entities_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(["x"]))) as parts:
        files = {name: parts.read(name) for name in parts.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    files["word/document.xml"] = bomb + files["word/document.xml"].partition(b"?>")[2]
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as parts:
        for name, data in files.items():
            parts.writestr(name, data)
    assert read(tmp_path) == ([], ["xml-entities"])


def test_rtf_text_is_its_paragraphs(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(rtf(LINES))
    (report,), codes = read(tmp_path)
    assert codes == []
    assert report.text.strip("\n") == "\n".join(LINES)


def test_rtf_code_page_and_links(tmp_path: Path) -> None:
    words = (
        b'{\\rtf1\\ansi\\ansicpg1252 K\\\'e4mpfe in {\\field{\\*\\fldinst{HYPERLINK "http://evil.example/x"}}'
        b"{\\fldrslt{Tarsa}}} went on.\\par}"
    )
    (tmp_path / "a.rtf").write_bytes(words)
    (report,), _ = read(tmp_path)
    assert report.text == "Kämpfe in Tarsa went on.\n"


def test_rtf_fonts_tell_the_character_set(tmp_path: Path) -> None:
    words = (
        b"{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}"
        b"{\\f7\\fswiss\\fcharset204{\\*\\panose 02}Arial CYR;}}{\\f7 \\'cc\\'e8\\'f0} \\'e4\\par}"
    )
    (tmp_path / "a.rtf").write_bytes(words)
    (report,), _ = read(tmp_path)
    assert report.text == "Мир ä\n"


def test_rtf_with_a_hostile_font_table_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1{\\fonttbl" + b"\\f1" * 400_000 + b"}Calm.}")
    (report,), _ = read(tmp_path)
    assert report.text == "Calm."


def test_pdf_text_is_that_of_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(
        pdf([["Rebels free two nurses", "They were unhurt."], [], ["Talks resume."]])
    )
    (report,), codes = read(tmp_path)
    assert codes == []
    assert report.text == "Rebels free two nurses\nThey were unhurt.\n\nTalks resume."


def test_pdf_with_password(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([["Secret."]]))))
    writer.encrypt("opensesame", algorithm="RC4-128")
    with (tmp_path / "a.pdf").open("wb") as stream:
        writer.write(stream)
    assert read(tmp_path) == ([], ["pdf-encrypted"])


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.docx", b"", "file-empty"),
        ("a.docx", b"PK\x03\x04 cut", "docx-broken"),
        ("a.docx", docx(["x"])[:-40], "docx-broken"),
        ("a.docx", docx([""]), "text-empty"),
        ("a.rtf", b"Plain words.", "rtf-broken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "rtf-broken"),
        ("a.rtf", b"{\\rtf1\\ansi }", "text-empty"),
        ("a.pdf", pdf([[], []]), "pdf-no-text"),
        ("a.pdf", b"%PDF-1.7\nnot really", "pdf-broken"),
        ("a.pdf", pdf([["x"]] * 3)[:300], "pdf-broken"),
    ],
)
def test_documents_that_cannot_be_read_give_one_issue(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path) == ([], [code])


def test_files_without_an_ending_are_told_by_their_bytes(tmp_path: Path) -> None:
    for name, data in {"d": docx(LINES), "r": rtf(LINES), "p": pdf([["Talks resume."]])}.items():
        (tmp_path / name).write_bytes(data)
        (report,), codes = read(tmp_path / name)
        assert codes == []
        assert "Talks resume." in report.text
