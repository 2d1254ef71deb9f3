"""Files of every format, made by the formats' own writers where there are any."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping

STORY = (
    "Rebels freed two nurses in the hills above Tarsa on Monday, the governor said. The two had been held"
    " for nine days after gunmen stopped their ambulance on the road to the coast. A doctor at the district"
    " hospital told reporters that both were tired but unhurt."
)


def page(title: str = "Rebels free two nurses", day: str | None = "2017-10-31", words: str = STORY) -> bytes:
    """A web page with a report on it."""
    dated = f'<meta property="article:published_time" content="{day}T08:00:00Z">' if day else ""
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="og:site_name" content="Tarsa Herald">{dated}</head><body><article><h1>{title}</h1>'
        f"<p>{words}</p><p>{words[::1]} Talks go on.</p></article></body></html>"
    ).encode()


def warc(answers: Iterable[tuple[str, bytes]], *, packed: bool = True) -> bytes:
    """A web archive of raw HTTP answers by address, with a request and a revisit among them."""
    from fastwarc.stream_io import GzipWriter
    from fastwarc.warc import WarcRecord, WarcRecordType

    buffer = io.BytesIO()
    writer = GzipWriter(buffer) if packed else buffer
    kinds = [
        (WarcRecordType.request, "http://herald.example/", b"GET / HTTP/1.1\r\nHost: herald.example\r\n\r\n")
    ]
    kinds += [(WarcRecordType.response, url, raw) for url, raw in answers]
    for number, (kind, url, raw) in enumerate(kinds):
        record = WarcRecord()
        record.init_headers(kind, f"uuid:0000000{number}-0000-0000-0000-000000000000".encode())
        record.is_http = True
        record.headers.set("WARC-Target-URI", url)
        record.headers.set("WARC-Date", "2017-11-02T09:00:00Z")
        record.set_bytes_content(raw)
        record.write(writer)
    if packed:
        writer.close()
    return buffer.getvalue()


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", extra: str = ""
) -> bytes:
    """An HTTP answer as it goes over the wire."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def docx(lines: Iterable[str], rows: Iterable[Iterable[str]] = ()) -> bytes:
    """A DOCX document of paragraphs and perhaps a table."""
    from docx import Document

    document = Document()
    document.sections[0].header.paragraphs[0].text = "Page 1 of 2"
    for line in lines:
        document.add_paragraph(line)
    cells = [list(row) for row in rows]
    if cells:
        table = document.add_table(len(cells), len(cells[0]))
        for row, words in zip(table.rows, cells, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def rtf(lines: Iterable[str]) -> bytes:
    """An RTF document of paragraphs, with a header and a picture that are no text."""
    body = "".join(f"\\pard {_escaped(line)}\\par\n" for line in lines)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 Arial;}}"
        "{\\header\\pard Page 1\\par}"
        "{\\info{\\title not text}}{\\pict\\pngblip 89504e47}\n" + body + "}"
    ).encode("ascii")


def _escaped(text: str) -> str:
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char == "\t":
            out.append("\\cell ")
        elif ord(char) < 128:
            out.append(char)
        else:
            units = char.encode("utf-16-le")
            for at in range(0, len(units), 2):
                unit = int.from_bytes(units[at : at + 2], "little")
                out.append(f"\\u{unit - 65536 if unit > 32767 else unit}?")
    return "".join(out)


def pdf(pages: Iterable[Iterable[str]]) -> bytes:
    """A PDF with a line of text for each line of each page; no lines make a page without text."""
    from pypdf import PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for lines in pages:
        leaf = writer.add_blank_page(width=595, height=842)
        fonts = DictionaryObject({NameObject("/F1"): font})
        leaf[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        drawn = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 12 Tf 50 780 Td {drawn}ET".encode())
        leaf[NameObject("/Contents")] = writer._add_object(content)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Tarsa Herald</title><link>http://herald.example/</link>
<item><title>Rebels free two nurses</title><link>{link}</link><guid isPermaLink="false">story-1</guid>
<pubDate>Tue, 31 Oct 2017 23:30:00 -0500</pubDate>
<description>&lt;p&gt;Rebels freed two nurses &amp;amp; a driver.&lt;/p&gt;
&lt;p&gt;Talks go on.&lt;/p&gt;</description></item>
<item><title>Miners end strike</title><link>{other}</link>
<pubDate>soon</pubDate><description>Miners went back to work.</description></item>
</channel></rss>
"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Valley Post</title><id>urn:valley</id>
<updated>2020-03-04T10:00:00Z</updated>
<entry><title>Police hold two men</title><id>urn:valley:1</id><link href="http://valley.example/1"/>
<published>2020-03-04T23:30:00+02:00</published><updated>2020-03-05T10:00:00Z</updated>
<content type="html">&lt;p&gt;Police held two men on Wednesday.&lt;/p&gt;</content></entry></feed>
"""

NEXIS = """User Name: = Reader
Date and Time: = Thursday, 5 March 2020
Job Number: = 1
Documents (2)
1. Truce talks resume in Tarsa
2. Miners end strike
Client/Matter: -None-

Truce talks resume in Tarsa
The Northern Herald (Tarsa)
March 3, 2020 Tuesday 10:15 PM GMT
Late Edition

Copyright 2020 The Northern Herald All Rights Reserved
Section: Section A; Column 0; Foreign Desk; Pg. 1
Length: 1,031 words
Byline: Ana Rossi
Dateline: TARSA
Highlight: Mediators expect a long night.

Body

Rebel leaders and the government resumed truce talks on Tuesday.

"We want peace," said Karim Doss, who spoke for 300 fighters.

Graphic

PHOTO: delegates

Classification

Language: ENGLISH
Publication-Type: Newspaper
Load-Date: March 4, 2020

End of Document

Miners end strike
Valley Post

Length: 20 words

Body

Miners went back to work on Wednesday.

Load-Date: March 5, 2020

End of Document
"""

FACTIVA_TAGGED = """HD\tMinister resigns
BY\tBy Ana Rossi
WC\t1,120 words
PD\t3 March 2020
ET\t20:15
SN\tNorthern Herald
SC\tNHER
LA\tEnglish
CY\t(c) 2020 Northern Herald
LP\t
The minister resigned on Tuesday.
IN the capital, crowds gathered.
TD\t
He blamed the army.
RE\t
tars : Tarsa
AN
Document NHER000020200303eg330012x
SE
World
HD
Police hold two men
WC
12 words
PD
4 March 2020
SN
Northern Herald
LP
Police arrested two men.
AN
Document NHER000020200304eg330013x
"""

FACTIVA_PLAIN = """
World News
Minister of mines resigns after protest
Ana Rossi
1,120 words
3 March 2020
20:15
Northern Herald
NHER
English
(c) 2020 Northern Herald

The minister resigned on Tuesday.

He blamed the army.

Document NHER000020200303eg330012x

Police hold two men
12 words
4 March 2020
Northern Herald
NHER
English
Copyright 2020. All rights reserved.

Police arrested two men.

Document NHER000020200304eg330013x

Search Summary
Text minister
"""

FACTIVA_PAGE = """<!DOCTYPE html><html><body>
<div class="article enArticle"><div id="hd"><span class="enHeadline">Minister resigns</span></div>
<div class="author">By Ana Rossi</div><div>120 words</div><div>3 March 2020</div><div>20:15</div>
<div>Northern Herald</div><div>NHER</div><div>English</div><div>(c) 2020 Northern Herald</div>
<p class="articleParagraph enarticleParagraph">The minister resigned on Tuesday &amp; left.</p>
<p class="articleParagraph enarticleParagraph">He blamed the army.</p>
<p>Document NHER000020200303eg330012x</p></div>
<div class="article enArticle"><table>
<tr><td><b>HD</b>&nbsp;</td><td><span>Police hold two men</span></td></tr>
<tr><td><b>WC</b></td><td>12 words</td></tr><tr><td><b>PD</b></td><td>4 March 2020</td></tr>
<tr><td><b>SN</b></td><td>Northern Herald</td></tr>
<tr><td><b>LP</b></td><td><p>Police arrested two men.</p></td></tr>
<tr><td><b>TD</b></td><td><p>They were armed.</p><p>A court sits on Friday.</p></td></tr>
<tr><td><b>AN</b></td><td>Document NHER000020200304eg330013x</td></tr></table></div>
</body></html>
"""
