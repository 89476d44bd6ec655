"""Takes fields out of a mapping, each checked once; what nobody takes is unknown."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any, TypeVar

from runyard.jobs.spec.items import Item, Place, parse
from runyard.jobs.spec.problems import Findings, Problem, hint

T = TypeVar("T")
REFERENCE = "file:"
# What every reader of JSON takes without loss.
MOST_INTEGER = 2**53
_INTEGER = re.compile(r"-?[0-9]{1,20}")
_NAMES = {
    str: "a text",
    int: "an integer",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "a mapping",
}


class Fields:
    """The fields of one mapping."""

    def __init__(self, item: Item, path: str, findings: Findings) -> None:
        self.item = item
        self.path = path
        self.findings = findings
        self._asked: set[str] = set()
        self._values: dict[str, Item] = {}
        if isinstance(item.value, dict):
            self._values = item.value
        else:
            self.problem("", f"It must be a mapping, and is {kind_of(item.value)}.")

    def where(self, name: str) -> str:
        """The path of a field."""
        return f"{self.path}.{name}" if self.path and name else self.path or name

    def place(self, name: str) -> Place:
        """Where a field stands, by its name where its value begins below that; else where the mapping stands."""
        if name not in self._values:
            return self.item.place
        place, key = self._values[name].place, self.item.keys.get(name)
        return key if key is not None and key.file == place.file and key.line < place.line else place

    def problem(self, name: str, message: str) -> None:
        """Something is wrong with a field."""
        place = self.place(name)
        self.findings.problems.append(
            Problem(place.file, place.line, place.column, self.where(name), message)
        )

    def warn(self, name: str, message: str) -> None:
        """A field does not mean here what it means elsewhere."""
        place = self.place(name)
        self.findings.warn(Problem(place.file, place.line, place.column, self.where(name), message))

    def has(self, name: str) -> bool:
        """Whether it is there, and not null."""
        return self.get(name) is not None

    def get(self, name: str) -> Item | None:
        """A field as it is; None when it is absent or null."""
        self._asked.add(name)
        item = self._values.get(name)
        return None if item is None or item.value is None else item

    def require(self, name: str) -> Item | None:
        """The same; a problem when it is absent."""
        item = self.get(name)
        if item is None:
            self.problem("", f"The field '{name}' is missing.")
        return item

    def text(self, name: str, required: bool = False) -> str | None:
        """A text; numbers and booleans count as what is written."""
        item = self.require(name) if required else self.get(name)
        return None if item is None else self._text(name, item)

    def _text(self, name: str, item: Item) -> str | None:
        """Numbers as they are written, so that a version 3.10 stays one; true and false in any spelling as those."""
        if isinstance(item.value, bool):
            return "true" if item.value else "false"
        if isinstance(item.value, dict | list):
            self.problem(name, f"It must be a text, and is {kind_of(item.value)}.")
            return None
        if not str(item.value).strip():
            self.problem(name, "It must not be empty.")
        return str(item.value) if item.written is None else item.written

    def integer(self, name: str, least: int | None = None) -> int | None:
        """An integer."""
        item = self.get(name)
        if item is None:
            return None
        value = item.value
        if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            self.problem(name, f"It must be an integer, and is {kind_of(value)}.")
            return None
        if abs(value) > MOST_INTEGER:
            self.problem(name, f"It must be at most {MOST_INTEGER}.")
            return None
        if least is not None and value < least:
            self.problem(name, f"It must be at least {least}, and is {value}.")
        return value

    def number(self, name: str, least: float | None = None, required: bool = False) -> float | None:
        """A number; `1e-4`, which YAML takes for a text, is one."""
        item = self.require(name) if required else self.get(name)
        if item is None:
            return None
        value = item.value
        if isinstance(value, str):
            try:
                value = float(value)
            except ValueError:
                pass
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.problem(name, f"It must be a number, and is {kind_of(value)}.")
            return None
        if not is_finite(value):
            self.problem(name, "It must be a finite number.")
            return None
        if least is not None and value < least:
            self.problem(name, f"It must be at least {least:g}, and is {value:g}.")
        return float(value)

    def boolean(self, name: str, default: bool) -> bool:
        """True or false."""
        item = self.get(name)
        if item is None:
            return default
        if not isinstance(item.value, bool):
            self.problem(name, f"It must be true or false, and is {kind_of(item.value)}.")
            return default
        return item.value

    def choice(self, name: str, choices: Collection[str], required: bool = False) -> str | None:
        """One of some words, in any case: `PyTorch` and `UriFolder` are words of the hosted service, too."""
        value = self.text(name, required)
        if value is None:
            return None
        for choice in choices:
            if _plain(choice) == _plain(value):
                return choice
        self.problem(name, f"'{value}' is not one of {', '.join(choices)}.{hint(value, choices)}")
        return None

    def texts(self, name: str) -> dict[str, str]:
        """A mapping of texts; what is no text counts as it is written, null as empty."""
        fields = self.fields(name)
        found = {}
        for key, item in fields.entries() if fields is not None else ():
            assert fields is not None
            text = "" if item.value is None or item.value == "" else fields._text(key, item)
            if text is not None:
                found[key] = text
        return found

    def mapping(self, name: str) -> dict[str, Any] | None:
        """A mapping as it is, which nobody looks at."""
        item = self.get(name)
        item = None if item is None else self.resolve(name, item)
        if item is None:
            return None
        if not isinstance(item.value, dict):
            self.problem(name, f"It must be a mapping, and is {kind_of(item.value)}.")
            return None
        plain: dict[str, Any] = item.plain()
        return plain

    def strings(self, name: str) -> list[str] | None:
        """A list of texts."""
        item = self.get(name)
        if item is None:
            return None
        if not isinstance(item.value, list) or any(
            isinstance(each.value, dict | list) for each in item.value
        ):
            self.problem(name, f"It must be a list of texts, and is {kind_of(item.value)}.")
            return None
        return [self._text(name, each) or "" for each in item.value if each.value is not None]

    def fields(self, name: str) -> Fields | None:
        """The fields of a mapping inside, which may be in a file of its own: `file:x.yml`."""
        item = self.get(name)
        if item is None:
            return None
        item = self.resolve(name, item)
        return None if item is None else Fields(item, self.where(name), self.findings)

    def resolve(self, name: str, item: Item) -> Item | None:
        """The content of the file that a text names with `file:`; what is none stays as it is."""
        if not isinstance(item.value, str) or not item.value.startswith(REFERENCE):
            return item
        path = self.path_of(name, item.value.removeprefix(REFERENCE))
        return (
            None
            if path is None
            else read_file(path, self.findings, lambda message: self.problem(name, message))
        )

    def path_of(self, name: str, text: str) -> Path | None:
        """A path as an absolute one; a problem where there is no folder to begin from, or nothing there."""
        folder = self.place(name).folder
        if folder is None:
            # An absolute one would be read on another machine than the one that it was written on.
            self.problem(
                name, f"'{text}' is a local path, and there is no folder that it could be relative to."
            )
            return None
        try:
            path = Path(text).expanduser()
        except RuntimeError:
            # `~name` of a user who is not there.
            path = Path(text)
        if not path.is_absolute():
            path = folder / path
        try:
            is_there = path.exists()
        except OSError as error:
            self.problem(name, f"'{str(path)[:200]}' can't be read: {error.strerror}.")
            return None
        if not is_there:
            self.problem(name, f"There is no '{path}'.")
            return None
        return path.absolute()

    def entries(self) -> Iterator[tuple[str, Item]]:
        """All fields: names are the file's own."""
        self._asked |= set(self._values)
        yield from self._values.items()

    def each(self, read: Callable[[Fields, str, Item], T | None]) -> dict[str, T]:
        """What `read(fields, name, item)` makes of each entry."""
        found = {}
        for name, item in self.entries():
            value = read(self, name, item)
            if value is not None:
                found[name] = value
        return found

    def passed(self, *names: str) -> None:
        """Fields that are dropped without a word."""
        self._asked |= set(names)

    def end(self) -> None:
        """Tell of fields that nobody has asked for."""
        for name in self._values:
            if name not in self._asked:
                place = self.item.keys.get(name, self._values[name].place)
                known = sorted(self._asked)
                message = f"There is no such field here.{hint(name, known) or ' It may have ' + ', '.join(known) + '.'}"
                self.findings.problems.append(
                    Problem(place.file, place.line, place.column, self.where(name), message)
                )


def read_file(path: Path, findings: Findings, tell: Callable[[str], None]) -> Item | None:
    """Read a YAML file; `tell` is told when that can't be done."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        tell(f"'{path}' can't be read: {error}")
        return None
    return parse(text, path.name, path.absolute().parent, findings)


def is_finite(value: float) -> bool:
    """Whether a number is one that a file can keep."""
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _plain(word: str) -> str:
    return word.replace("_", "").lower()


def kind_of(value: object) -> str:
    """What a value is, in words."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text '{value[:60]}'"
    if isinstance(value, bool):
        return "true" if value else "false"
    name = _NAMES.get(type(value), f"a {type(value).__name__}")
    return f"{name} ({value})" if isinstance(value, int | float) else name
