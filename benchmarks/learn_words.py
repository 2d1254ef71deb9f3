"""Count in how many news reports each stem stands, for the shipped table of word weights.

    python benchmarks/learn_words.py FILE.jsonl[.gz]... > src/according/data/corroborate/words.tsv

Each line of a file is a JSON object with `text`. Only stems of at least MIN_REPORTS
reports are kept, so no text can be read back from the table.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from according.corroborate.words import find_stems

MIN_REPORTS = 4


def read_texts(paths: list[str]) -> Iterator[str]:
    """Give the texts of all files."""
    for path in map(Path, paths):
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        for line in text.splitlines():
            if line.strip():
                yield str(json.loads(line)["text"])


def main() -> None:
    """Print the table."""
    total = 0
    counts: Counter[str] = Counter()
    for text in read_texts(sys.argv[1:]):
        total += 1
        counts.update(set(find_stems(text)))
    print("# In how many news reports each stem stands; the first line is the number of reports.")
    print("# Made by benchmarks/learn_words.py from the texts of published research corpora of news")
    print("# (MUC-4, TempEval-3, LGL, TR-News, GeoVirus, IndiaPoliceEvents); see docs/corroboration.md.")
    print(f"\t{total}")
    for word, count in sorted(counts.items()):
        if count >= MIN_REPORTS and not any(c.isdigit() for c in word):
            print(f"{word}\t{count}")


if __name__ == "__main__":
    main()
