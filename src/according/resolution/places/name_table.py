"""Names with the rows they stand for, as two flat arrays: a hundred thousand names in a megabyte."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b


class NameTable:
    """Rows by name.

    A name is looked up by a hash of 64 bits: among half a million names, two
    that share one are to be expected once in a hundred million tables.
    """

    __slots__ = ("hashes", "rows")

    def __init__(self, hashes: array[int], rows: array[int]) -> None:
        """Take the arrays of a table; see `of`."""
        self.hashes, self.rows = hashes, rows

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, int]]) -> NameTable:
        """Make a table.

        Args:
            pairs: Names and rows; a name may have several.

        Example:
            >>> table = NameTable.of([("x", 4), ("y", 1), ("x", 9), ("x", 4)])
            >>> table.get("x"), table.get("z"), "y" in table
            ((4, 9), (), True)
        """
        unique = dict.fromkeys((_hash(name), row) for name, row in pairs)
        ordered = sorted(unique, key=lambda pair: pair[0])
        return cls(array("Q", [h for h, _ in ordered]), array("I", [row for _, row in ordered]))

    def get(self, name: str) -> tuple[int, ...]:
        """Rows of a name, in the order in which they were given; empty for an unknown one."""
        wanted = _hash(name)
        start = end = bisect_left(self.hashes, wanted)
        while end < len(self.hashes) and self.hashes[end] == wanted:
            end += 1
        return tuple(self.rows[start:end])

    def __contains__(self, name: str) -> bool:
        wanted = _hash(name)
        at = bisect_left(self.hashes, wanted)
        return at < len(self.hashes) and self.hashes[at] == wanted

    def __len__(self) -> int:
        return len(self.hashes)


@lru_cache(maxsize=8192)
def _hash(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def pack(arrays: dict[str, array[int]]) -> bytes:
    """Put arrays into bytes.

    Example:
        >>> unpack(pack({"a": array("I", [1, 2]), "b": array("Q", [3])}))["b"]
        array('Q', [3])
    """
    head = "\t".join(f"{name} {a.typecode} {a.itemsize} {len(a)}" for name, a in arrays.items())
    return head.encode() + b"\n" + b"".join(a.tobytes() for a in arrays.values())


def unpack(data: bytes) -> dict[str, array[int]]:
    """Take arrays out of bytes.

    Raises:
        ValueError: They were packed on another kind of machine, or are not whole.
    """
    head, _, rest = data.partition(b"\n")
    out: dict[str, array[int]] = {}
    at = 0
    for told in head.decode().split("\t"):
        name, code, size, length = told.split(" ")
        one: array[int] = array(code)
        if one.itemsize != int(size):
            raise ValueError(f"numbers of {size} bytes, not {one.itemsize}")
        one.frombytes(rest[at : at + one.itemsize * int(length)])
        at += one.itemsize * int(length)
        if len(one) != int(length):
            raise ValueError(f"{name} is cut off")
        out[name] = one
    return out
