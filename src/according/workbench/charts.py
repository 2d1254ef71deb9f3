"""Charts: what each shows as rows, and how it is drawn as a Vega-Lite specification."""

from __future__ import annotations

import csv
import io
import json
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import altair as alt
import pycountry

from according.store import Filter, Store
from according.workbench.layout import NAMES_DRAWN, choose_edges, find_core, lay_out
from according.workbench.selection import QUADS, Selection

Theme = Literal["light", "dark"]
Kind = Literal["timeline", "network", "map"]
Period = Literal["month", "week", "year"]
KINDS: tuple[Kind, ...] = ("timeline", "network", "map")
_INKS = {
    "light": {"ink": "#1d1b18", "soft": "#5d574e", "line": "#d8d2c4", "paper": "#fbfaf6", "land": "#e6dfcf"},
    "dark": {"ink": "#ece7dc", "soft": "#b3ab9b", "line": "#3d3931", "paper": "#171614", "land": "#3a362e"},
}
_QUAD_INKS = {
    "light": ["#1d6b45", "#1f5f96", "#b06a00", "#9c1c12"],
    "dark": ["#7fd3a5", "#8cc2ff", "#f2b35e", "#ff9d8f"],
}
_WIDTH, _NARROW, _EDGES_KEPT = 720, 300, 2000
_FEW = 8


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn.

    Attributes:
        kind: Name of the chart.
        columns: Names of the columns of its rows.
        rows: Its rows, as in the CSV.
        queries: For each row the filters that lead to what is behind it.
        note: What the chart leaves out, or "".
        shown: First and last step that a timeline draws.
    """

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    queries: tuple[dict[str, object], ...]
    note: str = ""
    shown: tuple[date, date] = (date.min, date.max)

    def to_csv(self) -> str:
        """The rows as CSV."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([[_guard(v) for v in row] for row in self.rows])
        return out.getvalue()


def _guard(value: object) -> object:
    """Keep a spreadsheet from taking a name in a report for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return "" if value is None else value


def make_chart(kind: Kind, store: Store, selection: Selection, *, period: Period = "month") -> Chart:
    """Count what a chart shows.

    Args:
        kind: Which chart.
        store: What is looked at.
        selection: The choice.
        period: Length of a step in the timeline.
    """
    wanted = selection.to_filter()
    if kind == "timeline":
        return _timeline(store, wanted, period)
    return _network(store, wanted) if kind == "network" else _map(store, wanted)


def _timeline(store: Store, wanted: Filter, period: Period) -> Chart:
    every = [(m.start, int(m.split), m.events) for m in store.timeline(wanted, unit=period) if m.split]
    # What began before the days that are chosen and still goes on fits them, but has no place between them.
    first, last = wanted.day_from or date.min, wanted.day_to or date.max
    counted = [(day, quad, n) for day, quad, n in every if _last_day(day, period) >= first and day <= last]
    left, _ = store.count_left_out(wanted)
    notes = [_left_out(left, "day", "in the chart")]
    outside = sum(n for _, _, n in every) - sum(n for _, _, n in counted)
    if outside:
        one = outside == 1
        notes.append(
            f"{outside:,} event{'' if one else 's'} with a first day before or behind those chosen"
            f" {'is' if one else 'are'} not in the chart."
        )
    shown = find_core([(day, n) for day, _, n in counted])
    far = sum(n for day, _, n in counted if not shown[0] <= day <= shown[1])
    if far and wanted.day_from is None and wanted.day_to is None:
        notes.append(f"{far:,} far from all others, before {shown[0]} or after {_last_day(shown[1], period)},"
                     " stand in the table alone; choose days to see them.")  # fmt: skip
    else:
        shown = (date.min, date.max)
    return Chart(
        "timeline",
        (period, "class", "events"),
        tuple((day.isoformat(), QUADS[quad], n) for day, quad, n in counted),
        tuple({"quad": quad, "day_from": day, "day_to": _last_day(day, period)} for day, quad, _ in counted),
        " ".join(n for n in notes if n),
        shown,
    )


def _left_out(number: int, what: str, where: str) -> str:
    if not number:
        return ""
    one = number == 1
    return f"{number:,} event{'' if one else 's'} without a {what} {'is' if one else 'are'} not {where}."


def _last_day(start: date, period: Period) -> date:
    """The last day of a week, month or year.

    Example:
        >>> _last_day(date(2024, 2, 1), "month")
        datetime.date(2024, 2, 29)
    """
    if period == "week":
        return start + timedelta(days=6)
    if period == "year":
        return start.replace(month=12, day=31)
    return start.replace(day=monthrange(start.year, start.month)[1])


def _network(store: Store, wanted: Filter) -> Chart:
    edges = store.network(wanted, limit=_EDGES_KEPT)
    rows = tuple((e.actor_name, e.recipient_name, QUADS.get(e.quad or 0, "other"), e.events) for e in edges)
    drawn = len(choose_edges(rows)[0])
    note = (
        f"{drawn} of {len(edges):,} lines are drawn, the strongest first, among at most {NAMES_DRAWN} names."
    )
    if len(edges) == _EDGES_KEPT:
        note += f" The table has the {_EDGES_KEPT:,} strongest."
    return Chart(
        "network",
        ("actor", "recipient", "class", "events"),
        rows,
        tuple({"by": e.actor_name, "on": e.recipient_name, "quad": e.quad} for e in edges),
        note if drawn < len(edges) else "",
    )


def _map(store: Store, wanted: Filter) -> Chart:
    spots = [p for p in store.map_points(wanted) if p.is_point]
    areas = store.map_areas(wanted)
    _, left = store.count_left_out(wanted)
    rows: list[tuple[object, ...]] = [
        (p.name, p.country, p.lat, p.lon, "point", QUADS.get(p.quad or 0, "other"), p.events) for p in spots
    ]
    rows += [(a.country, a.country, None, None, "area", None, a.events) for a in areas]
    queries: list[dict[str, object]] = [{"place": p.name, "country": p.country} for p in spots]
    queries += [{"country": a.country} for a in areas]
    return Chart(
        "map",
        ("place", "country", "lat", "lon", "shown as", "class", "events"),
        tuple(rows),
        tuple(queries),
        _left_out(left, "place", "on the map"),
    )


def draw(chart: Chart, *, theme: Theme = "light", narrow: bool = False) -> dict[str, Any]:
    """Draw a chart as a Vega-Lite specification that holds all its data.

    Args:
        chart: What is to be drawn.
        theme: Colours.
        narrow: Make it for a window as narrow as a telephone's.
    """
    made = {"timeline": _draw_timeline, "network": _draw_network, "map": _draw_map, "figures": _draw_figures}[
        chart.kind
    ](chart, theme, _NARROW if narrow else _WIDTH)
    ink = _INKS[theme]
    made = made.configure(
        background=ink["paper"],
        font="system-ui, Noto Sans, DejaVu Sans, sans-serif",
        view=alt.ViewConfig(stroke=None),
        axis=alt.AxisConfig(
            labelColor=ink["ink"], titleColor=ink["soft"], gridColor=ink["line"], domainColor=ink["soft"],
            tickColor=ink["soft"], labelLimit=220,
        ),
        legend=alt.LegendConfig(labelColor=ink["ink"], titleColor=ink["soft"], orient="top"),
    )  # fmt: skip
    spec: dict[str, Any] = made.to_dict(validate=False)
    if narrow:  # Altair has no word for it: legends one below the other
        spec["config"]["legend"]["layout"] = {"top": {"direction": "vertical", "anchor": "start"}}
    return spec


def _quad_color(theme: Theme, width: int) -> alt.Color:
    scale = alt.Scale(domain=list(QUADS.values()), range=_QUAD_INKS[theme])
    return alt.Color("class:N", scale=scale, title=None, legend=_quad_legend(width))


def _quad_legend(width: int) -> alt.Legend:
    return alt.Legend(columns=4 if width == _WIDTH else 2)


def _values(rows: Sequence[dict[str, object]]) -> Any:
    return alt.InlineData(values=list(rows))


def _whole(highest: int, **more: Any) -> alt.Axis:
    """An axis of whole numbers alone."""
    steps: dict[str, Any] = {"values": list(range(highest + 1))} if highest <= _FEW else {"tickMinStep": 1}
    return alt.Axis(format=",d", **steps, **more)


def _stretch(days: Sequence[str], period: Period) -> tuple[date, date]:
    """First and last day of a time axis, a year or a quarter at least, so that no bar fills it."""
    first, last = date.fromisoformat(min(days)), _last_day(date.fromisoformat(max(days)), period)
    least = timedelta(days={"week": 91, "month": 365, "year": 3652}[period])
    room = max(timedelta(days=1), (least - (last - first)) // 2)
    return first - min(room, first - date.min), last + min(room, date.max - last)


def _draw_timeline(chart: Chart, theme: Theme, width: int) -> Any:
    period = cast(Period, chart.columns[0])
    days = {"week": 7, "month": 30, "year": 365}[period]
    rows: list[dict[str, object]] = []
    highest: Counter[str] = Counter()
    for start, quad, n in chart.rows:
        if not chart.shown[0] <= date.fromisoformat(str(start)) <= chart.shown[1]:
            continue
        middle = date.fromisoformat(str(start)) + timedelta(days=days // 2)
        rows.append({"start": str(start), "middle": middle.isoformat(), "class": quad, "events": n})
        highest[str(start)] += int(str(n))
    first, last = _stretch(list(highest), period)
    ends = [{"year": d.year, "month": d.month, "date": d.day} for d in (first, last)]
    return (
        alt.Chart(_values(rows))
        .mark_bar(size=max(1.0, round(0.9 * width * days / (last - first).days, 1)))
        .encode(
            x=alt.X("middle:T", title=period, scale=alt.Scale(domain=ends)),
            y=alt.Y("events:Q", title="events", axis=_whole(max(highest.values())), stack="zero"),
            color=_quad_color(theme, width),
            order=alt.Order("class:N", sort="ascending"),
            tooltip=[alt.Tooltip("start:T", title=period), "class:N", "events:Q"],
        )
        .properties(width=width, height=300 if width == _WIDTH else 220)
    )


def _draw_network(chart: Chart, theme: Theme, width: int) -> Any:
    edges, heads, nodes = lay_out(chart.rows)
    ink = _INKS[theme]
    wide = width == _WIDTH
    axis = alt.Scale(domain=[-1.75, 1.75] if wide else [-2, 2])
    flat = alt.Scale(domain=[-1.2, 1.2])
    across, down = alt.X("x:Q", axis=None, scale=axis), alt.Y("y:Q", axis=None, scale=flat)
    lines = (
        alt.Chart(_values(edges))
        .mark_rule(opacity=0.7)
        .encode(
            x=across, y=down, x2="x2:Q", y2="y2:Q", color=_quad_color(theme, width),
            strokeWidth=alt.StrokeWidth("events:Q", scale=alt.Scale(range=[1, 6]), legend=None),
            tooltip=["who:N", "class:N", "events:Q"],
        )
    )  # fmt: skip
    points = (
        alt.Chart(_values(heads))
        .mark_point(filled=True, size=45, shape="diamond")
        .encode(x=across, y=down, color=_quad_color(theme, width))
    )
    dots = (
        alt.Chart(_values(nodes))
        .mark_circle(color=ink["ink"], opacity=1)
        .encode(
            x=across,
            y=down,
            size=alt.Size("events:Q", scale=alt.Scale(range=[40, 400] if wide else [20, 110]), legend=None),
            tooltip=["name:N", "events:Q"],
        )
    )
    words = [
        alt.Chart(_values([n for n in nodes if n["side"] == side]))
        .mark_text(
            align=side,
            baseline="middle",
            color=ink["ink"],
            fontSize=12 if wide else 10,
            limit=190 if wide else 90,
            dx=0 if wide else 3 if side == "left" else -3,
        )
        .encode(x=alt.X("lx:Q", axis=None, scale=axis), y=alt.Y("ly:Q", axis=None, scale=flat), text="name:N")
        for side in ("left", "right")
    ]
    return alt.layer(lines, points, dots, *words).properties(width=width + (not wide) * 40, height=520)


@cache
def world() -> dict[str, Any]:
    """The countries' shapes (world-atlas, from Natural Earth)."""
    path = files("according.workbench").joinpath("static/vendor/countries-110m.json")
    shapes: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return shapes


@cache
def _numeric(country: str) -> str | None:
    found = pycountry.countries.get(alpha_3=country)
    return str(found.numeric) if found else None


def _draw_map(chart: Chart, theme: Theme, width: int) -> Any:
    ink = _INKS[theme]
    spots: list[dict[str, object]] = []
    areas: list[dict[str, object]] = []
    for name, country, lat, lon, shown, quad, n in chart.rows:
        if shown == "point":
            spots.append(
                {"place": name, "country": country, "lat": lat, "lon": lon, "class": quad, "events": n}
            )
        elif (number := _numeric(str(country))) is not None:
            areas.append({"id": number, "country": country, "events": n})
    topology: dict[str, Any] = {"type": "topojson", "feature": "countries"}
    shapes: Any = alt.InlineData(values=world(), format=topology)
    land = alt.Chart(shapes).mark_geoshape(fill=ink["land"], stroke=ink["paper"], strokeWidth=0.5)
    found = alt.LookupData(data=_values(areas), key="id", fields=["country", "events"])
    shades = alt.Scale(range=[ink["line"], ink["soft"]], domainMin=0)
    shaded = (
        alt.Chart(shapes)
        .mark_geoshape(stroke=ink["paper"], strokeWidth=0.5)
        .transform_lookup(lookup="id", from_=found)
        .transform_filter("isValid(datum.events)")
        .encode(
            color=alt.Color(
                "events:Q", title="events, country alone known", scale=shades,
                legend=alt.Legend(tickMinStep=1, format=",d", titleLimit=300, tickCount=3),
            ),
            tooltip=["country:N", "events:Q"],
        )
    )  # fmt: skip
    points = (
        alt.Chart(_values(spots))
        .mark_circle(stroke=ink["paper"], strokeWidth=0.6, opacity=0.9)
        .encode(
            longitude="lon:Q", latitude="lat:Q", fill=alt.Fill(
                "class:N", scale=alt.Scale(domain=list(QUADS.values()), range=_QUAD_INKS[theme]), title=None,
                legend=_quad_legend(width),
            ),
            size=alt.Size("events:Q", scale=alt.Scale(range=[40, width // 2 + 40]), legend=None),
            tooltip=["place:N", "country:N", "class:N", "events:Q"],
        )
    )  # fmt: skip
    layers = [land, *([shaded] if areas else []), *([points] if spots else [])]
    return alt.layer(*layers).project(type="equalEarth").properties(width=width, height=width * 19 // 36)


def make_figures_chart(name: str, rows: Sequence[tuple[str, str | None, int | None, int | None]]) -> Chart:
    """A chart of one count by who gives it: (who, day of publication, lowest, highest)."""
    return Chart("figures", ("who", "reported on", "low", "high"), tuple(rows), (), name)


def _draw_figures(chart: Chart, theme: Theme, width: int) -> Any:
    wide = width == _WIDTH
    rows: list[dict[str, object]] = []
    for i, (who, day, low, high) in enumerate(chart.rows):
        start, end = (low if low is not None else high), (high if high is not None else low)
        rows.append(
            {
                "who": f"{who}{f', {day}' if day else ''}",
                "low": start,
                "high": end,
                "i": i,
                "open": high is None,
            }
        )
    ink = _INKS[theme]
    y = alt.Y("who:N", title=None, sort=alt.SortField("i"), axis=alt.Axis(labelLimit=300 if wide else 130))
    base = alt.Chart(_values(rows))
    axis = _whole(max(int(str(row["high"])) for row in rows))
    lines = base.mark_rule(strokeWidth=4, color=_QUAD_INKS[theme][3]).encode(
        x=alt.X("low:Q", title=chart.note, axis=axis),
        x2="high:Q",
        y=y,
    )
    low = base.mark_tick(thickness=4, size=16, color=_QUAD_INKS[theme][3]).encode(
        x=alt.X("low:Q", scale=alt.Scale(zero=True)), y=y
    )
    high = base.mark_tick(thickness=4, size=16, color=_QUAD_INKS[theme][3]).encode(x="high:Q", y=y)
    text = base.mark_text(align="left", dx=10, color=ink["ink"]).encode(
        x="high:Q", y=y, text=alt.condition("datum.open", alt.value("or more"), alt.value(""))
    )
    return alt.layer(lines, low, high, text).properties(width=500 if wide else 160, height={"step": 28})
