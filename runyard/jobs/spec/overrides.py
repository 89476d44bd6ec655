"""`--set a.b=c`: changes values of a job file before it is checked."""

from __future__ import annotations

from collections.abc import Sequence

from runyard.jobs.spec.fields import REFERENCE
from runyard.jobs.spec.items import Item, Place, parse
from runyard.jobs.spec.problems import Findings, Problem

SOURCE = "--set"
# Fields whose text is a file's name.
FILES = ("component", "trial", "conda_file")


def apply(item: Item, overrides: Sequence[str], findings: Findings) -> None:
    """Set each; what can't be set is a problem. Names that are new to a mapping are added; an empty
    value takes one away."""
    for override in overrides:
        plain = override.encode("utf-8", "backslashreplace").decode()
        if plain != override or "\0" in override:
            _tell(findings, plain.replace("\0", "\\0"), "It must be a text without NUL, in UTF-8.")
            continue
        path, mark, text = override.partition("=")
        names = path.split(".")
        if not mark or not all(names):
            _tell(findings, override, "It must be as inputs.lr=0.1.")
            continue
        place = Place(SOURCE, 1, 1, item.place.folder)
        _set(item, names, _value(text, path, place, findings), path, findings)


def _value(text: str, path: str, place: Place, findings: Findings) -> Item:
    """The value as YAML reads it; what is no YAML is a text."""
    inner = Findings()
    found = parse(text, SOURCE, place.folder, inner) if text.strip() else Item(None, place)
    if found is not None:
        findings.problems += [problem._replace(field=path) for problem in inner.problems]
    if found is None or inner.problems:
        return Item(text, place, written=text)
    return found


def _set(item: Item, names: list[str], value: Item, path: str, findings: Findings) -> None:
    place = value.place
    for index, name in enumerate(names[:-1]):
        inside = item.value.get(name)
        if inside is None or inside.value is None:
            inside = item.value[name] = Item({}, place)
        if not isinstance(inside.value, dict):
            reason = (
                f"'{'.'.join(names[: index + 1])}' is {_kind(name, inside)}: nothing inside of it can be set."
            )
            _tell(findings, path, reason)
            return
        item = inside
    item.value[names[-1]] = value


def _kind(name: str, item: Item) -> str:
    """What stands in the way."""
    if isinstance(item.value, str):
        if item.value.startswith(REFERENCE) or name in FILES:
            return f"a reference to the file '{item.value.removeprefix(REFERENCE)}'"
        return "a text"
    return "no mapping"


def _tell(findings: Findings, path: str, message: str) -> None:
    findings.problems.append(Problem(SOURCE, 1, 1, path, message))
