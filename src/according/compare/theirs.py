"""Rows of the data sets users have: POLECAT, ACLED, UCDP GED and GDELT 2.0.

Files of these are not always as documented. Headers may carry further columns or end in tabs, ids may
come twice, codes may have lost their leading zeros: what can be read is read, the rest is said.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from according.compare.model import Row
from according.errors import ReportFormatError
from according.export.codes import by_cow, by_fips, by_name, by_numeric
from according.export.gdelt import EVENT_COLUMNS

Cells = Mapping[str, str]

_ROOTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "03": ("AGREE",),
        "04": ("CONSULT",),
        "05": ("SUPPORT",),
        "06": ("COOPERATE",),
        "07": ("AID",),
        "08": ("CONCEDE", "RETREAT"),
        "09": ("ACCUSE",),
        "10": ("REQUEST",),
        "11": ("ACCUSE",),
        "12": ("REJECT",),
        "13": ("THREATEN",),
        "14": ("PROTEST",),
        "15": ("MOBILIZE",),
        "16": ("SANCTION", "COERCE"),
        "17": ("COERCE", "ASSAULT"),
        "18": ("ASSAULT",),
        "19": ("ASSAULT", "COERCE"),
        "20": ("ASSAULT",),
    }
)
_ACLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Battles": ("ASSAULT", "RETREAT"),
        "Explosions/Remote violence": ("ASSAULT",),
        "Violence against civilians": ("ASSAULT",),
        "Protests": ("PROTEST",),
        "Riots": ("PROTEST", "ASSAULT"),
        "Strategic developments": ("COERCE", "RETREAT", "AGREE", "MOBILIZE", "CONCEDE", "ASSAULT"),
    }
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A data set's layout.

    Attributes:
        name: As the command line calls it.
        needs: Columns without which a file is not of this layout.
        header: Columns of files that have no header line; empty where they have one.
        read: Makes a row of the cells of one line; None for what is not compared.
    """

    name: str
    needs: tuple[str, ...]
    header: tuple[str, ...]
    read: Callable[[Cells], Row | None]


def read_theirs(path: Path, layout: str) -> Iterator[Row]:
    """Read a data set's file.

    Args:
        path: CSV or tab-separated file in UTF-8.
        layout: "polecat", "acled", "ucdp" or "gdelt".

    Yields:
        Rows in the order of the file; rows of types that PLOVER has not (CAMEO roots 01 and 02) are left out.

    Raises:
        ReportFormatError: The file cannot be read, lacks a column, or a value is none of its kind.
    """
    form = LAYOUTS[layout]
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
            first = stream.readline()
            stream.seek(0)
            tabs = first.count("\t") > first.count(",")
            rows = csv.reader(
                stream, delimiter="\t" if tabs else ",", quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL
            )
            yield from _rows(rows, form, path)
    except (OSError, csv.Error) as error:
        raise ReportFormatError(
            f"cannot be read: {error}.", path=str(path), hint="Check the path."
        ) from error


def _rows(rows: Iterator[list[str]], form: Layout, path: Path) -> Iterator[Row]:
    header = _header(rows, form, path)
    for number, cells in enumerate(rows, 1 if form.header else 2):
        if not any(c.strip() for c in cells):
            continue
        named = dict(zip(header, (c.strip() for c in cells), strict=False))
        try:
            row = form.read(named)
        except ValueError as error:
            raise ReportFormatError(f"{error}.", path=str(path), line=number) from error
        if row is not None:
            yield row


def _header(rows: Iterator[list[str]], form: Layout, path: Path) -> Sequence[str]:
    if form.header:
        return form.header
    header = [h.strip() for h in next(rows, [])]
    missing = [name for name in form.needs if name not in header]
    if missing:
        raise ReportFormatError(
            f"no column {missing[0]!r}; this is no {form.name} table.",
            path=str(path),
            line=1,
            hint=f"Name the layout with --as: {', '.join(LAYOUTS)}.",
        )
    return header


def _day(value: str) -> date | None:
    """A day in any of the forms these files use."""
    text = value.split(" ")[0].split("T")[0]
    if not text:
        return None
    for form in ("%Y-%m-%d", "%Y%m%d", "%d/%m/%Y", "%Y/%m/%d"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    try:
        return datetime.strptime(value.strip(), "%d %B %Y").date()
    except ValueError as error:
        raise ValueError(f"{value!r} is no date") from error


def _number(value: str, what: str) -> float | None:
    if not value:
        return None
    try:
        return float(value)
    except ValueError as error:
        raise ValueError(f"{what}: {value!r} is no number") from error


def _whole(value: str, what: str) -> int | None:
    found = _number(value, what)
    return None if found is None else int(found)


def _names(*values: str) -> tuple[str, ...]:
    parts = (p.strip() for v in values for p in v.split(";"))
    return tuple(dict.fromkeys(p for p in parts if p and p.lower() not in ("none", "nan")))


def _codes(value: str) -> frozenset[str]:
    return frozenset(p for v in value.split(";") if len(p := v.strip()) == 3)


def _polecat(c: Cells) -> Row | None:
    day = _day(c["Event Date"])
    country = c.get("Country", "")
    return Row(
        id=c["Event ID"],
        types=frozenset({c["Event Type"].upper()}),
        day_from=day,
        day_to=day,
        near=_day(c.get("Publication Date", "")),
        country=country if len(country) == 3 and country.isupper() else by_name(country),
        place=c.get("Placename") or c.get("City") or None,
        lat=_number(c.get("Latitude", ""), "Latitude"),
        lon=_number(c.get("Longitude", ""), "Longitude"),
        sides=(_names(c.get("Actor Name", "")), _names(c.get("Recipient Name", ""))),
        countries=(_codes(c.get("Actor Country", "")), _codes(c.get("Recipient Country", ""))),
        source=c.get("Source", ""),
    )


def _acled(c: Cells) -> Row | None:
    day = _day(c["event_date"])
    killed = _whole(c.get("fatalities", ""), "fatalities")
    sides = _names(*(c.get(k, "") for k in ("actor1", "actor2", "assoc_actor_1", "assoc_actor_2")))
    types = _ACLED.get(c["event_type"])
    if types is None:
        raise ValueError(f"event_type: {c['event_type']!r} is none of ACLED's")
    return Row(
        id=c["event_id_cnty"],
        types=frozenset(types),
        day_from=day,
        day_to=day,
        country=by_numeric(c.get("iso", "")) or by_name(c.get("country", "")),
        place=c.get("location") or None,
        lat=_number(c.get("latitude", ""), "latitude"),
        lon=_number(c.get("longitude", ""), "longitude"),
        sides=(sides, ()),
        directed=False,
        killed=(killed, killed),
        words=c.get("notes", ""),
        source=c.get("source", ""),
    )


def _ucdp(c: Cells) -> Row | None:
    low, high = _whole(c.get("low", ""), "low"), _whole(c.get("high", ""), "high")
    return Row(
        id=c["id"],
        types=frozenset({"ASSAULT"}),
        day_from=_day(c["date_start"]),
        day_to=_day(c["date_end"]),
        country=by_name(c.get("country", "")) or by_cow(c.get("country_id", "")),
        place=c.get("where_coordinates") or None,
        lat=_number(c.get("latitude", ""), "latitude"),
        lon=_number(c.get("longitude", ""), "longitude"),
        sides=(_names(c.get("side_a", ""), c.get("side_b", "")), ()),
        directed=False,
        killed=(low, high),
        words=c.get("source_headline", ""),
        source=c.get("source_office", "") or c.get("source_article", ""),
    )


def _gdelt(c: Cells) -> Row | None:
    # files that went through a spreadsheet have lost the leading zero of "03" to "09"
    root = c["EventRootCode"].zfill(2)
    types = _ROOTS.get(root)
    if types is None:
        if root in ("01", "02"):
            return None
        raise ValueError(f"EventRootCode: {c['EventRootCode']!r} is no CAMEO root")
    day = _day(c["Day"])
    return Row(
        id=c["GlobalEventID"],
        types=frozenset(types),
        day_from=day,
        day_to=day,
        near=_day(c.get("DATEADDED", "")[:8]),
        country=by_fips(c.get("ActionGeo_CountryCode", "")),
        place=c.get("ActionGeo_Fullname") or None,
        lat=_number(c.get("ActionGeo_Lat", ""), "ActionGeo_Lat"),
        lon=_number(c.get("ActionGeo_Long", ""), "ActionGeo_Long"),
        sides=(_names(c.get("Actor1Name", "")), _names(c.get("Actor2Name", ""))),
        countries=(_codes(c.get("Actor1CountryCode", "")), _codes(c.get("Actor2CountryCode", ""))),
        source=c.get("SOURCEURL", ""),
    )


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        f.name: f
        for f in (
            Layout("polecat", ("Event ID", "Event Date", "Event Type"), (), _polecat),
            Layout("acled", ("event_id_cnty", "event_date", "event_type"), (), _acled),
            Layout("ucdp", ("id", "date_start", "date_end", "side_a", "side_b"), (), _ucdp),
            Layout("gdelt", (), EVENT_COLUMNS, _gdelt),
        )
    }
)
"""Layouts by name."""
