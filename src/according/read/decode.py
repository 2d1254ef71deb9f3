"""Turn bytes into text: byte order marks, UTF-8, and older encodings by their statistics."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\x7fELF",
    b"{\\rtf",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
    b"PAR1",
)
_PLAIN_CONTROLS = frozenset(b"\t\n\r\f\v\x1a\x1b\x85")


class UndecodableError(ValueError):
    """Bytes are not text.

    Attributes:
        code: Issue code: `binary-file`, `utf8-truncated` or `utf8-broken`.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def decode(data: bytes) -> str:
    r"""Turn bytes into text, keeping every character and line end.

    A byte order mark tells the encoding and is dropped. Without one, valid
    UTF-8 is taken as such; anything else is guessed from its statistics.

    Args:
        data: All bytes of one text.

    Raises:
        UndecodableError: The bytes are not text, or damaged UTF-8.

    Example:
        >>> decode("Kämpfe\r\n".encode("cp1252"))
        'Kämpfe\r\n'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise _damaged(error, encoding) from error
    if is_binary(data):
        raise UndecodableError(
            "binary-file", "the file is not text; convert it to text, HTML or JSON Lines first."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise _damaged(error, "utf-8") from error
    return _guess(data)


def is_binary(data: bytes) -> bool:
    """Tell whether bytes without a byte order mark are something other than text."""
    if data.startswith(_MAGIC):
        return True
    head = data[:65536]
    if b"\0" in head:
        return True
    odd = sum(byte < 32 and byte not in _PLAIN_CONTROLS for byte in head)
    return odd > 0.02 * len(head)


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether damaged bytes are UTF-8 all the same: most multi-byte characters are whole."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" and char != "\ufffd" for char in text)
    return good > 2 * bad or (bad == 1 and _ends_cut(data))


def _ends_cut(data: bytes) -> bool:
    """Whether the last bytes are the beginning of a character of UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        return False
    return bool(decoder.getstate()[0])


def _damaged(error: UnicodeDecodeError, encoding: str) -> UndecodableError:
    # "unexpected end of data" (UTF-8) and "truncated data" (UTF-16, -32) both mean a cut file.
    if "end of data" in error.reason or "truncated" in error.reason:
        return UndecodableError(
            "utf8-truncated",
            f"the file breaks off inside a character ({encoding}, byte {error.start + 1}); get a whole copy.",
        )
    line = error.object[: error.start].count(b"\n") + 1
    return UndecodableError(
        "utf8-broken",
        f"byte {error.start + 1} (line {line}) is not {encoding}, though the rest is; get another copy.",
    )


def _guess(data: bytes) -> str:
    """Decode bytes of an older encoding by their statistics."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], enable_fallback=False).best()
    encoding = best.encoding if best is not None else "cp1252"
    # The Western code page also where the guess is one of its near twins, which differ in
    # the typographic quotation marks of newspapers.
    for candidate in ("cp1252" if _looks_western(data) else encoding, encoding, "cp1252", "latin-1"):
        try:
            return data.decode(candidate)
        except UnicodeDecodeError:
            continue
    raise UndecodableError("binary-file", "the file's encoding cannot be told; save it as UTF-8.")


def _looks_western(data: bytes) -> bool:
    """Whether the few bytes outside ASCII are what English text in the Western code page has."""
    high = [byte for byte in data if byte > 0x7F]
    return len(high) <= max(3, 0.05 * len(data))
