"""`--set a.b=c`: changes values of a job file before it is checked."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from runyard.jobs.spec.fields import REFERENCE
from runyard.jobs.spec.items import Item, Place
from runyard.jobs.spec.problems import Findings, Problem

SOURCE = "--set"


def apply(item: Item, overrides: Sequence[str], findings: Findings) -> None:
    """Set each; what can't be set is a problem. Names that are new to a mapping are added; an empty
    value takes one away."""
    for override in overrides:
        path, mark, text = override.partition("=")
        names = path.split(".")
        if not mark or not all(names):
            _tell(findings, override, "It must be as inputs.lr=0.1.")
            continue
        try:
            value = yaml.safe_load(text)
        except yaml.YAMLError:
            value = text
        _set(item, names, value, path, findings)


def _set(item: Item, names: list[str], value: object, path: str, findings: Findings) -> None:
    place = Place(SOURCE, 1, 1, item.place.folder)
    for index, name in enumerate(names[:-1]):
        inside = item.value.get(name)
        if inside is None or inside.value is None:
            inside = item.value[name] = Item({}, place)
        if not isinstance(inside.value, dict):
            reason = f"'{'.'.join(names[: index + 1])}' is {_kind(inside)}: nothing inside of it can be set."
            _tell(findings, path, reason)
            return
        item = inside
    item.value[names[-1]] = _item(value, place)


def _item(value: object, place: Place) -> Item:
    if isinstance(value, dict):
        return Item({str(name): _item(each, place) for name, each in value.items()}, place)
    if isinstance(value, list):
        return Item([_item(each, place) for each in value], place)
    return Item(value, place)


def _kind(item: Item) -> str:
    if isinstance(item.value, str) and item.value.startswith(REFERENCE):
        return "a reference to another file"
    return "no mapping"


def _tell(findings: Findings, path: str, message: str) -> None:
    findings.problems.append(Problem(SOURCE, 1, 1, path, message))
