"""Print how the time of finding events across reports grows with the number of mentions.

    python benchmarks/corroborate.py [MAX_MENTIONS]

The mentions are made up by a fixed rule: happenings on the days of as many years as the number
of mentions asks for (400 mentions a day), in 60 countries of unequal share and 3,000 places, each
told by one to six reports whose names, figures and words differ a little. `joined` is the time of one
more report in an index of that size. Memory is the peak of the process, so each size runs on its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from according.corroborate import EventIndex, Telling
from according.corroborate.cluster import Clusters
from according.corroborate.model import Party
from according.records import Report

MENTIONS_A_DAY = 400
TYPES = (
    ("ASSAULT", ("attack", "shell", "bomb", "kill")),
    ("COERCE", ("arrest", "detain")),
    ("PROTEST", ("march", "rally")),
    ("CONSULT", ("meet", "talk")),
    ("ACCUSE", ("accuse", "blame")),
    ("AGREE", ("sign", "agree")),
)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "or", "em", "is")]


def make_word(rng: random.Random) -> str:
    """Make up a word that no table knows."""
    return "".join(rng.choice(SYLLABLES) for _ in range(3))


def make_tellings(count: int) -> Iterator[tuple[Telling, int]]:
    """Make mentions up, each with the number of the happening it tells."""
    rng = random.Random(7)
    names = [make_word(rng) for _ in range(4000)]
    places = [
        (
            f"{make_word(rng)}",
            f"C{min(int(rng.paretovariate(0.8)), 60):02d}",
            rng.uniform(-60, 60),
            rng.uniform(-180, 180),
        )
        for _ in range(3000)
    ]
    words = [make_word(rng) for _ in range(20000)]
    days = max(1, count // MENTIONS_A_DAY)
    made = happening = 0
    while made < count:
        happening += 1
        type_, stems = rng.choice(TYPES)
        day = date(2000, 1, 1) + timedelta(days=rng.randrange(days))
        place = rng.choice(places)
        sides = [rng.choice(names) for _ in range(2)]
        theme = [words[min(int(rng.paretovariate(0.6)), 19999)] for _ in range(12)]
        killed = rng.randrange(1, 40)
        for _ in range(min(rng.choice((1, 1, 2, 3, 4, 6)), count - made)):
            made += 1
            yield (
                Telling(
                    id=f"m-{made}",
                    report=f"r-{made}",
                    event=f"v-{made}",
                    start=0,
                    publisher=f"p{made % 50}",
                    published=day + timedelta(days=rng.randrange(2)),
                    type=type_,
                    mode=None,
                    stem=rng.choice(stems),
                    factuality="happened",
                    actors=(Party(sides[0], (sides[0],)),) if rng.random() < 0.8 else (),
                    recipients=(Party(sides[1], (sides[1],)),) if rng.random() < 0.8 else (),
                    day_from=day if rng.random() < 0.7 else None,
                    day_to=day if rng.random() < 0.7 else None,
                    place=place[0] if rng.random() < 0.8 else None,
                    country=place[1],
                    lat=place[2],
                    lon=place[3],
                    counts=(("killed", killed + rng.randrange(3), None),) if type_ == "ASSAULT" else (),
                    words=tuple(rng.sample(theme, 6)),
                    topic=tuple(rng.sample(theme, 9)),
                    names=tuple(sides),
                ),
                happening,
            )


def measure(count: int) -> None:
    """Print a row for one number of mentions."""
    made = list(make_tellings(count))
    clusters = Clusters()
    started = time.process_time()
    clusters.add(telling for telling, _ in made)
    linked = time.process_time()
    groups = clusters.refresh()
    merged = time.process_time()
    index = EventIndex()
    index.join_tellings(
        (Report(id=t.report, text="", publisher=t.publisher), (t,)) for t, _ in made[: count // 2]
    )
    rest = made[count // 2 : count // 2 + 50]
    before = time.process_time()
    for telling, _ in rest:
        index.join_tellings([(Report(id=telling.report, text="", publisher=telling.publisher), (telling,))])
    joined = (time.process_time() - before) / len(rest)
    true = {t.id: h for t, h in made}
    right = sum(max(sum(true[m] == h for m in g) for h in {true[m] for m in g}) for g in groups) / count
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:>10,} {linked - started:9.1f} {merged - linked:9.1f}"
        f" {(merged - started) / count * 1e6:12.0f}"
        f" {joined * 1000:10.1f} {len(groups):10,} {right:8.3f}"
        f" {len(clusters.full_blocks):8,} {megabytes:9.0f}",
        flush=True,
    )


def main() -> None:
    """Run every size in a process of its own."""
    if len(sys.argv) > 2:
        measure(int(sys.argv[2]))
        return
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print("  mentions  link (s) merge (s)  µs a mention  join (ms)     events   purity     full    MB peak")
    size = 1000
    while size <= most:
        subprocess.run([sys.executable, __file__, "one", str(size)], check=True)
        size *= 10


if __name__ == "__main__":
    main()
