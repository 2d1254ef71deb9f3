"""Measure how long each page of the workbench takes to answer.

    python benchmarks/pages.py [REPORTS] [STORE] [PAGE]

Made-up reports (10,000 unless told) are loaded into a store; STORE keeps it for
the next run, or names one on PostgreSQL. The events are those the reports were
made from: joining has a benchmark of its own. Every page is then asked for in
several ways, each once, so that no answer can come from one given before; the
app answers in this process, without a network between. Printed are the median,
the slowest and the number of the ways, and the median of the processor's time,
which a busy machine changes less. Pages share the facets of equal filters: what
the first of them counts, the others need not. PAGE asks for one page alone.
Whatever is counted over everything is also shown apart, as it is when nobody has
asked since the last load.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import update

from according.corroborate import Telling, build_event, read_tellings
from according.store import Filter, Store, open_store, schema
from according.store.engine import writing
from according.store.events import _write_events
from according.store.load import bump
from according.workbench.app import create_app
from according.workbench.codes import quads
from according.workbench.settings import Settings
from synthetic import make_told

_BUDGET_MS = 300
_WAYS = 9


def fill(store: Store, count: int) -> None:
    """Load made-up reports with the events they were made from."""
    told: defaultdict[int, list[Telling]] = defaultdict(list)

    def read():  # type: ignore[no-untyped-def]
        for coded, happenings in make_told(count):
            for telling, happening in zip(read_tellings(coded), happenings, strict=True):
                told[id(happening)].append(telling)  # the generator keeps them all
            yield coded

    store.load(read(), join=False)
    events = []
    for tellings in told.values():
        tellings.sort(key=lambda t: t.order)
        events.append(build_event(tellings, tuple(dict.fromkeys(t.publisher or "" for t in tellings))))
    with writing(store.engine) as connection:
        for start in range(0, len(events), 2000):
            _write_events(connection, events[start : start + 2000])
        connection.execute(update(schema.codings).values(joined=True))
        bump(connection)
    store.renew_commitments()
    store.optimise()


def list_ways(store: Store) -> dict[str, list[str]]:
    """Give for each page the addresses that are asked for."""
    types = list(quads())
    actors = store.list_actors(limit=200).items
    events = store.list_events(order="sources", limit=200).items
    reports = store.list_reports(limit=500).items
    mentions = store.list_mentions(limit=500).items
    places = store.map_points(limit=200)
    filters = [
        f"type={types[0]}",
        f"quad=4&by={actors[3].id}",
        f"actor={actors[40].id}",
        "day_from=2022-03-01&day_to=2022-04-30",
        f"place={places[5].name}",
        f"country={places[20].country}&factuality=happened",
        "min_sources=2&quad=1",
        "disputed=yes",
        f"publisher={reports[0].publisher}&type={types[1]}",
    ]
    assert len(filters) == _WAYS
    ways = {
        page: [f"/{page}?{f}" for f in filters]
        for page in ("events", "actors", "commitments", "map", "network")
    }
    ways["timeline"] = [f"/timeline?period=week&{f}" for f in filters]
    ways["reports"] = [f"/reports?{f}" for f in filters]
    words = (
        "bombed",
        "truce",
        "harbour",
        "Brandt said",
        '"trade deal"',
        "pris*",
        "talks -Karsten",
        "killing 17",
        "aid",
    )
    ways["reports, searched"] = [f"/reports?q={w}" for w in words]
    ways["reading view"] = [f"/report?id={m.report}&mention={m.id}" for m in mentions[:: 500 // _WAYS]]
    ways["event"] = [f"/event?id={e.event.id}" for e in events[:: 200 // _WAYS]]
    ways["actor"] = [f"/actor?id={a.id}" for a in actors[:: 200 // _WAYS]]
    return ways


def ask(client: TestClient, address: str) -> tuple[float, float]:
    """Milliseconds until a page has answered, and those of the processor."""
    started, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    passed, work = time.perf_counter() - started, time.process_time() - worked
    assert answer.status_code == 200, (address, answer.status_code)
    return 1000 * passed, 1000 * work


def measure(store: Store, only: str | None = None) -> bool:
    """Print a table of all pages; tell whether every median is within the budget."""
    ways = list_ways(store)
    client = TestClient(create_app(store, Settings("benchmark")), base_url="http://127.0.0.1")
    client.get("/api")  # templates and the codebook are read once, at the start
    ask(client, "/report?id=made-000000")
    held = (store.count_reports(), store.count_mentions(), store.count_events())
    print("{:,} reports, {:,} mentions, {:,} events".format(*held))
    print("| page | median ms | its processor ms | slowest ms | ways | unfiltered, first ms |")
    print("|---|---|---|---|---|---|")
    good = True
    for page, addresses in ways.items():
        if only not in (None, page):
            continue
        times, work = zip(*(ask(client, a) for a in addresses), strict=True)
        plain = addresses[0].partition("?")[0]
        first = _forget(store, lambda p=plain: ask(client, p)[0]) if page in _WHOLE else None  # type: ignore[misc]
        median = statistics.median(times)
        good &= median <= _BUDGET_MS
        told = "" if first is None else f"{first:.0f}"
        both = f"{median:.0f} | {statistics.median(work):.0f}"
        print(f"| {page} | {both} | {max(times):.0f} | {len(times)} | {told} |")
    return good


_WHOLE = frozenset({"reports", "events", "actors", "commitments", "map", "network", "timeline"})


def _forget(store: Store, work: Callable[[], float]) -> float:
    """Do something as if nobody had asked since the last load."""
    with writing(store.engine) as connection:
        bump(connection)
    return work()


def main(count: int, place: str | None, page: str | None) -> int:
    """Fill a store if it is empty, and measure."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(place or Path(folder) / "pages.db", create=True) as store,
    ):
        if not store.count_reports(Filter()):
            fill(store, count)
        return 0 if measure(store, page) else 1


if __name__ == "__main__":
    given: list[str | None] = [*sys.argv[1:], None, None, None]
    sys.exit(main(int(given[0] or 10_000), given[1], given[2]))
