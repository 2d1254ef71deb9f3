"""Read a codebook from its folder, refuse what is wrong in it, and link it.

Only `*.yml` files are read: `codebook.yml` holds what all types share, every
other file one event type. Errors name the file and the line.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from according.codebook.link import (
    KINDS,
    Codebook,
    Parts,
    check_condition,
    check_slot,
    with_blanks,
)
from according.codebook.load_kept import assemble_kept
from according.codebook.load_yaml import YamlFile, read_yaml
from according.codebook.model import (
    Context,
    EventType,
    Example,
    FoldingRule,
    Frame,
    Header,
    Mode,
    Sector,
    Trigger,
)
from according.errors import CodebookConflictError, CodebookSyntaxError, UnknownCodeError

PACKAGED = Path(__file__).parent.parent / "data" / "codebooks"
DEFAULT = PACKAGED / "plover"
SHARED = "codebook.yml"
# Keys whose values are codes or ids and must stand in quotation marks.
QUOTED = frozenset(
    {"code", "id", "mode", "modes", "contexts", "sectors", "types", "type", "becomes", "version", "name"}
)

_MODELS = (Header, EventType, Trigger, Frame, Example, Mode, Context, Sector, FoldingRule)
_KEYS = sorted({key for model in _MODELS for key in model.model_fields})

Model = TypeVar("Model", bound=BaseModel)


def load_codebook(path: Path | None = None) -> Codebook:
    """Load, check and link a codebook.

    Args:
        path: Folder of the codebook; the PLOVER codebook that ships with the
            package when None.

    Returns:
        The linked codebook.

    Raises:
        CodebookSyntaxError: A file is not YAML, has an unknown key or a value
            of the wrong form, or a code without quotation marks.
        CodebookConflictError: A code or an id is defined twice.
        UnknownCodeError: A frame, mode, context, sector, type or word class
            is named that is not defined.

    Example:
        >>> codebook = load_codebook()
        >>> sorted(codebook.types)[:3]
        ['ACCUSE', 'AGREE', 'AID']
    """
    folder = DEFAULT if path is None else path
    shared = folder / SHARED
    if not shared.is_file():
        raise CodebookSyntaxError(
            "there is no such file.",
            path=str(shared),
            hint="A codebook is a folder with a file codebook.yml.",
        )
    paths = [shared, *(p for p in sorted(folder.glob("*.yml")) if p.name != SHARED)]
    contents = [(p.name, p.read_bytes()) for p in paths]
    lenders = [(f"{p.parent.name}/{p.name}", p.read_bytes()) for p in sorted(PACKAGED.glob(f"*/{SHARED}"))]
    return assemble_kept(folder, [*contents, *lenders], lambda: _read(paths))


def _read(paths: list[Path]) -> Parts:
    """Read and check the files of a codebook, the shared one first."""
    files = [read_yaml(path, QUOTED) for path in paths]
    header = _validate(files[0], Header, files[0].value)
    base = None if header.extends is None else _base(files[0], header.extends)
    digest = hashlib.sha256()
    for file in [*files, *([] if base is None else [base])]:
        digest.update(file.path.name.encode() + b"\0" + file.content + b"\0")
    inherited: frozenset[str] = frozenset()
    if base is not None:
        lender = _validate(base, Header, base.value)
        inherited = frozenset(lender.classes) - frozenset(header.classes)
        header = _extended(header, lender)
    types = [_read_type(f) for f in files[1:]]
    places = _Checker(files[0], header, types).check()
    return Parts(header, tuple(t.kind for t in types), tuple(places), inherited, digest.hexdigest())


def _base(file: YamlFile, name: str) -> YamlFile:
    """Read the shared file of the packaged codebook that another one extends."""
    known = sorted(p.parent.name for p in PACKAGED.glob(f"*/{SHARED}"))
    if name not in known:
        where = f"{file.path}:{file.line_of(('extends',))}"
        raise UnknownCodeError(name, kind="codebook", where=where, nearest=nearest(name, known))
    return read_yaml(PACKAGED / name / SHARED, QUOTED)


def _extended(header: Header, base: Header) -> Header:
    """Add the base's frames, word classes and sectors to those of a codebook."""
    mine = {s.code for s in header.sectors}
    return header.model_copy(
        update={
            "frames": {**base.frames, **header.frames},
            "classes": {**base.classes, **header.classes},
            "sectors": (*header.sectors, *(s for s in base.sectors if s.code not in mine)),
        }
    )


@dataclass(frozen=True)
class _TypeFile:
    """A file of an event type, its groups of triggers written out.

    Attributes:
        file: The file.
        kind: The type.
        origin: For "triggers" and "skips", the place in the file of each.
    """

    file: YamlFile
    kind: EventType
    origin: Mapping[str, list[int]]


def _read_type(file: YamlFile) -> _TypeFile:
    """Read a type's file.

    A trigger whose `lemma` is a list stands for one trigger a lemma; the "*"
    in its id is replaced by the lemma, with "_" for blanks.
    """
    value = file.value
    lemmas: dict[str, list[list[str]]] = {"triggers": [], "skips": []}
    if isinstance(value, dict):
        value = dict(value)
        for key, groups in lemmas.items():
            if isinstance(value.get(key), list):
                groups += [_lemmas(file, key, n, item) for n, item in enumerate(value[key])]
                value[key] = [
                    item | {"lemma": names[0]} if names else item
                    for item, names in zip(value[key], groups, strict=True)
                ]
    kind = _validate(file, EventType, value)
    spread = {
        key: [(n, one) for n, item in enumerate(getattr(kind, key)) for one in _spread(item, lemmas[key][n])]
        for key in lemmas
    }
    return _TypeFile(
        file,
        kind.model_copy(update={key: tuple(one for _, one in pairs) for key, pairs in spread.items()}),
        {key: [n for n, _ in pairs] for key, pairs in spread.items()},
    )


def _lemmas(file: YamlFile, key: str, n: int, item: Any) -> list[str]:
    """The lemmas of an entry that has a list of them; else an empty list."""
    if not isinstance(item, dict) or not isinstance(item.get("lemma"), list):
        return []
    if not item["lemma"] or not all(isinstance(lemma, str) for lemma in item["lemma"]):
        raise CodebookSyntaxError(
            "every lemma must be text.",
            path=str(file.path),
            line=file.line_of((key, n, "lemma")),
            hint='Quote words such as "on".',
        )
    if "*" not in str(item.get("id", "")):
        raise CodebookSyntaxError(
            "a trigger with several lemmas needs an id with '*' in the place of the lemma.",
            path=str(file.path),
            line=file.line_of((key, n)),
        )
    return list(item["lemma"])


def _spread(trigger: Trigger, lemmas: list[str]) -> list[Trigger]:
    if not lemmas:
        return [trigger]
    ids = [trigger.id.replace("*", lemma.replace(" ", "_")) for lemma in lemmas]
    return [
        trigger.model_copy(update={"id": i, "lemma": lemma}) for i, lemma in zip(ids, lemmas, strict=True)
    ]


def _validate(file: YamlFile, model: type[Model], value: Any) -> Model:
    if not isinstance(value, dict):
        raise CodebookSyntaxError("a mapping is expected.", path=str(file.path), line=1)
    try:
        return model.model_validate(value)
    except ValidationError as error:
        # a mistyped key is also a missing one; the first says more
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        loc = first["loc"]
        where = ".".join(str(p) for p in loc)
        hint = ""
        if first["type"] == "extra_forbidden":
            near = get_close_matches(str(loc[-1]), _KEYS, 1)
            hint = f"Did you mean {near[0]!r}?" if near else "Remove the key or mend its spelling."
        raise CodebookSyntaxError(
            f"{where}: {first['msg']}.", path=str(file.path), line=file.line_of(loc), hint=hint
        ) from error


class _Checker:
    """Checks the names of one codebook; lives for one load."""

    def __init__(self, file: YamlFile, header: Header, types: list[_TypeFile]) -> None:
        self.file, self.header, self.types = file, header, types
        self.classes = {name: with_blanks(words) for name, words in header.classes.items()}
        self.codes: dict[tuple[str, str], str] = {}
        self.type_codes = frozenset(t.kind.code for t in types)
        self.sector_codes = frozenset(s.code for s in header.sectors)
        self.sound: set[tuple[str, tuple[str, ...]]] = set()

    def check(self) -> list[str]:
        """Refuse what is wrong, and give the places of all triggers."""
        header = self.header
        self._unique(self.file, "contexts", "context", header.contexts)
        self._unique(self.file, "sectors", "sector", header.sectors)
        for t in self.types:
            file, kind = t.file, t.kind
            self._claim("event type", kind.code, self._where(file, ("code",)))
            self._unique(file, "modes", f"mode of {kind.code}", kind.modes)
        self._check_header()
        return [place for t in self.types for place in self._type(t)]

    def _where(self, file: YamlFile, loc: tuple[str | int, ...]) -> str:
        return f"{file.path.name}:{file.line_of(loc)}"

    def _claim(self, what: str, code: str, where: str) -> None:
        first = self.codes.setdefault((what, code), where)
        if first is not where:
            raise CodebookConflictError(f"the {what} {code!r}", first=first, second=where)

    def _unique(self, file: YamlFile, key: str, what: str, items: Iterable[Any]) -> None:
        for n, item in enumerate(items):
            self._claim(what, item.code, self._where(file, (key, n, "code")))

    def _known(self, code: str, known: Iterable[str], kind: str, where: str) -> None:
        names = list(known)
        if code not in names:
            raise UnknownCodeError(code, kind=kind, where=where, nearest=nearest(code, names))

    def _check_header(self) -> None:
        file, header = self.file, self.header
        types = sorted(self.type_codes)
        sectors = [s.code for s in header.sectors]
        for name in sorted(set(header.classes) & KINDS):
            raise CodebookConflictError(
                f"the name {name!r}", first="the entity kinds", second=self._where(file, ("classes", name))
            )
        for name in header.parties:
            self._known(name, header.classes, "word class", self._where(file, ("parties",)))
        for name, frame in header.frames.items():
            self._frame(frame, self._where(file, ("frames", name)))
        for n, context in enumerate(header.contexts):
            where = self._where(file, ("contexts", n))
            for code in context.sectors:
                self._known(code, sectors, "sector", where)
            for code in context.types:
                self._known(code, types, "event type", where)
        for n, rule in enumerate(header.folding):
            where = self._where(file, ("folding", n))
            self._claim("folding rule", rule.id, where)
            for code in (*rule.types, *([rule.becomes] if rule.becomes else [])):
                self._known(code, types, "event type", where)
            for name in rule.under:
                self._condition("subject", (name,), where)

    def _frame(self, frame: Frame, where: str) -> None:
        try:
            for slots in (frame.actor, frame.recipient, frame.place, frame.theme, frame.instrument):
                for slot in slots:
                    check_slot(slot)
        except ValueError as error:
            raise CodebookSyntaxError(f"{error}.", path=where) from error

    def _condition(self, slot: str, names: tuple[str, ...], where: str) -> None:
        if (slot, names) in self.sound:
            return
        try:
            check_condition(slot, names, self.classes, self.type_codes, self.sector_codes)
        except LookupError as error:
            known = [*self.classes, *KINDS, "any", "none", *self.type_codes, *self.sector_codes]
            word = str(error.args[0])
            raise UnknownCodeError(
                word, kind="word class or entity kind", where=where, nearest=nearest(word, known)
            ) from error
        except ValueError as error:
            raise CodebookSyntaxError(f"{error}.", path=where) from error
        self.sound.add((slot, names))

    def _type(self, source: _TypeFile) -> Iterable[str]:
        file, kind = source.file, source.kind
        modes = [m.code for m in kind.modes]
        for key, items in (("triggers", kind.triggers), ("skips", kind.skips)):
            for n, trigger in enumerate(items):
                yield self._trigger(file, kind, modes, trigger, (key, source.origin[key][n]))
        for n, example in enumerate(kind.examples):
            self._claim("example", example.id, self._where(file, ("examples", n)))
            mode = example.expect.get("mode") if isinstance(example.expect, dict) else None
            if isinstance(mode, str):
                self._known(mode, modes, f"mode of {kind.code}", self._where(file, ("examples", n)))

    def _trigger(
        self, file: YamlFile, kind: EventType, modes: list[str], trigger: Trigger, loc: tuple[str | int, ...]
    ) -> str:
        where = self._where(file, loc)
        self._claim("trigger", trigger.id, where)
        if trigger.lemma != trigger.lemma.lower().strip() or not trigger.lemma:
            raise CodebookSyntaxError(f"the lemma {trigger.lemma!r} must be in lower case.", path=where)
        if isinstance(trigger.frame, str):
            self._known(trigger.frame, self.header.frames, "frame", where)
        else:
            self._frame(trigger.frame, where)
        for slot, names in trigger.when.items():
            self._condition(slot, names, where)
        if trigger.mode is not None:
            self._known(trigger.mode, modes, f"mode of {kind.code}", where)
        for code in trigger.contexts:
            self._known(code, [c.code for c in self.header.contexts], "context", where)
        return where


def nearest(code: str, known: Iterable[str]) -> str:
    """Give the known code most like a mistyped one, or "".

    Example:
        >>> nearest("PROTST", ["PROTEST", "AID"])
        'PROTEST'
    """
    near = get_close_matches(code, list(known), 1, 0.5)
    return near[0] if near else ""
