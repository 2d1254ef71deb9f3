"""Read one YAML file strictly, and remember on which line everything stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from according.errors import CodebookConflictError, CodebookSyntaxError

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXT = "tag:yaml.org,2002:str"
_NOT_TEXT = frozenset({"yes", "no", "true", "false", "on", "off", "null", "y", "n"})
_SCALARS = ("bool", "int", "float", "null")


class _Loader(_SafeLoader):  # type: ignore[misc]
    """Knows most scalars for text at a glance; the rest go the long way."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode and (
            not implicit[0] or (value[:1].isalpha() and value.lower() not in _NOT_TEXT)
        ):
            return _TEXT
        return super().resolve(kind, value, implicit)


@dataclass(frozen=True)
class YamlFile:
    """A YAML file with its lines.

    Attributes:
        path: Where it stands.
        content: Its bytes.
        value: Plain mappings, lists and scalars.
        root: The node tree, for line numbers.
    """

    path: Path
    content: bytes
    value: Any
    root: Any

    def line_of(self, loc: Sequence[str | int]) -> int:
        """Give the line, from 1, of the part that a path of keys and indices leads to.

        A path that leads nowhere gives the line of its last part that exists.
        """
        node = self.root
        for step in loc:
            found = None
            if isinstance(node, yaml.MappingNode):
                found = next((v for k, v in node.value if k.value == step), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node.value[step]
            if found is None:
                break
            node = found
        return 1 if node is None else int(node.start_mark.line) + 1


def read_yaml(path: Path, quoted: frozenset[str] = frozenset()) -> YamlFile:
    """Read a YAML file.

    Args:
        path: The file.
        quoted: Keys whose values (or the items of whose lists) must be
            strings in quotation marks: YAML reads a bare 030 as 24 and NO as
            false.

    Returns:
        The file's content with line numbers.

    Raises:
        CodebookSyntaxError: It is not UTF-8 or not YAML, or a code stands
            without quotation marks.
        CodebookConflictError: A key stands twice in one mapping.
    """
    content = path.read_bytes()
    try:
        text = content.decode("utf-8")
        root = yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        raise CodebookSyntaxError("the file is not UTF-8.", path=str(path)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise CodebookSyntaxError(
            f"not valid YAML: {error.problem}.", path=str(path), line=mark.line + 1 if mark else None
        ) from error
    except yaml.YAMLError as error:
        raise CodebookSyntaxError("not valid YAML.", path=str(path)) from error
    value = None if root is None else _Builder(path, quoted).build(root)
    return YamlFile(path, content, value, root)


class _Builder:
    def __init__(self, path: Path, quoted: frozenset[str]) -> None:
        self.path, self.quoted = path, quoted
        self.scalars = yaml.SafeLoader("")

    def build(self, node: Any, key: str = "") -> Any:
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, key)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, key) for item in node.value]
        out: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for k, v in node.value:
            name, line = k.value, k.start_mark.line + 1
            if name in out:
                raise CodebookConflictError(
                    f"the key {name!r}", first=f"{self.path}:{lines[name]}", second=f"{self.path}:{line}"
                )
            lines[name] = line
            out[name] = self.build(v, name)
        return out

    def _scalar(self, node: Any, key: str) -> Any:
        if not node.style and key in self.quoted and node.tag != "tag:yaml.org,2002:null":
            raise CodebookSyntaxError(
                f"the {key} {node.value!r} must stand in quotation marks.",
                path=str(self.path),
                line=node.start_mark.line + 1,
            )
        if node.tag == _TEXT:
            return node.value
        if node.tag.rsplit(":", 1)[-1] in _SCALARS:
            return self.scalars.construct_object(node)
        raise CodebookSyntaxError(
            f"{node.value!r} is of a kind that has no place here.",
            path=str(self.path),
            line=node.start_mark.line + 1,
            hint="Put it in quotation marks.",
        )
