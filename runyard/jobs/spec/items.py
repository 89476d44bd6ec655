"""A YAML file as values that know where they stand."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from runyard.jobs.spec.problems import Findings, Problem

MERGE = "tag:yaml.org,2002:merge"
MOST_DEPTH = 50
# Values of a file, aliases counted as often as they are named: a few lines of those could stand for billions.
MOST_VALUES = 100_000


class Place(NamedTuple):
    """Where a value stands, and the folder that paths in it are relative to; None where there is none."""

    file: str
    line: int
    column: int
    folder: Path | None


class Item:
    """A value: a scalar, a list of items, or a dict of items by name."""

    __slots__ = ("keys", "place", "value", "written")

    def __init__(
        self, value: Any, place: Place, keys: dict[str, Place] | None = None, written: str | None = None
    ) -> None:
        self.value = value
        self.place = place
        # Of a scalar, the file's own letters: 3.10 is another text than 3.1.
        self.written = written
        # Where the names of a dict stand.
        self.keys = keys or {}

    def plain(self) -> Any:
        """The value alone."""
        if isinstance(self.value, dict):
            return {name: item.plain() for name, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


def parse(text: str, file: str, folder: Path | None, findings: Findings) -> Item | None:
    """Read a text; None, with the problem found, when it is no YAML."""
    try:
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            if node is None:
                findings.problems.append(Problem(file, 1, 1, "", "The file is empty."))
                return None
            return _Reader(loader, file, folder, findings).read(node, "", 0)
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        findings.problems.append(Problem(file, line, column, "", f"This is no YAML: {_reason(error)}."))
    except (ValueError, RecursionError) as error:
        findings.problems.append(Problem(file, 1, 1, "", f"This can't be read: {error}."))
    return None


def _reason(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).strip().rstrip(".")


class _Reader:
    def __init__(self, loader: yaml.SafeLoader, file: str, folder: Path | None, findings: Findings) -> None:
        self._loader, self._file, self._folder, self._findings = loader, file, folder, findings
        self._count = 0
        # Of each mapping, by its node: a node that is merged often is looked through once.
        self._merged: dict[int, _Pairs] = {}

    def _place(self, node: yaml.Node) -> Place:
        return Place(self._file, node.start_mark.line + 1, node.start_mark.column + 1, self._folder)

    def read(self, node: yaml.Node, path: str, depth: int) -> Item:
        self._count += 1
        if depth > MOST_DEPTH or self._count > MOST_VALUES:
            raise ValueError(f"it is deeper than {MOST_DEPTH} or has more than {MOST_VALUES:,} values")
        place = self._place(node)
        if isinstance(node, yaml.SequenceNode):
            items = [self.read(each, f"{path}[{index}]", depth + 1) for index, each in enumerate(node.value)]
            return Item(items, place)
        if isinstance(node, yaml.MappingNode):
            return self._read_mapping(node, path, depth)
        return Item(self._scalar(node, path), place, written=str(node.value))

    def _scalar(self, node: yaml.Node, path: str) -> Any:
        text = node.value = self._plain(node, path)
        try:
            value = self._loader.construct_object(node)
        except (ValueError, OverflowError) as error:
            self._tell(node, path, f"'{text[:60]}' can't be read: {error}.")
            return None
        if isinstance(value, datetime.date):
            return text
        if value is not None and not isinstance(value, str | int | float | bool):
            self._tell(
                node, path, f"It must be a text, a number, true or false, and is of the kind {node.tag}."
            )
            return None
        return value

    def _read_mapping(self, node: yaml.MappingNode, path: str, depth: int) -> Item:
        values: dict[str, Item] = {}
        keys: dict[str, Place] = {}
        self._tell_doubles(node, path)
        for name, (key, value) in self._pairs(node, path, ()).items():
            values[name] = self.read(value, f"{path}.{name}" if path else name, depth + 1)
            keys[name] = self._place(key)
        return Item(values, self._place(node), keys)

    def _tell_doubles(self, node: yaml.MappingNode, path: str) -> None:
        seen: set[str] = set()
        for key, _ in node.value:
            name = self._name(key, path)
            if name in seen and key.tag != MERGE:
                self._tell(key, path, f"The key '{name}' stands here more than once.")
            seen.add(name)

    def _pairs(self, node: yaml.MappingNode, path: str, above: tuple[int, ...]) -> _Pairs:
        """What a mapping holds: of merged ones what it has not by itself, of several the first."""
        if id(node) in self._merged:
            return self._merged[id(node)]
        found: _Pairs = {self._name(key, path): (key, value) for key, value in node.value if key.tag != MERGE}
        for key, value in node.value:
            if key.tag != MERGE:
                continue
            for other in value.value if isinstance(value, yaml.SequenceNode) else [value]:
                if not isinstance(other, yaml.MappingNode) or id(other) in (*above, id(node)):
                    self._tell(key, path, "'<<' must name a mapping, or a list of those, outside of it.")
                    continue
                found = self._pairs(other, path, (*above, id(node))) | found
        self._merged[id(node)] = found
        return found

    def _name(self, node: yaml.Node, path: str) -> str:
        if isinstance(node, yaml.ScalarNode):
            # As it is written: names may be numbers, or yes and no.
            node.value = self._plain(node, path)
            return str(node.value)
        self._tell(node, path, "A key must be a text.")
        return "?"

    def _plain(self, node: yaml.Node, path: str) -> str:
        """The letters of a scalar; JSON's escapes write some of them as pairs."""
        text = str(node.value)
        try:
            text = text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" not in text:
            return text
        # Neither a command nor a file that is kept can hold them.
        self._tell(node, path, "A text must have no NUL and no half of a surrogate pair.")
        return "?"

    def _tell(self, node: yaml.Node, path: str, message: str) -> None:
        place = self._place(node)
        self._findings.problems.append(Problem(place.file, place.line, place.column, path, message))


_Pairs = dict[str, tuple[yaml.Node, yaml.Node]]
