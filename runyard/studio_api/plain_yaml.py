"""Reads YAML that anybody may have written, as plain data.

PyYAML's safe loader makes no objects of types that a document names. What it does not bound is refused before it
loads: references, by which a short text can stand for a very large one, and depth, which it goes down by recursion.
"""

from __future__ import annotations

from typing import Any

import yaml

# Deeper than any model's description, and far from Python's limit.
MAX_DEPTH = 50

# The one in C reads a megabyte in a tenth of the time; wheels of PyYAML have it.
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """The text is no YAML of the kind that is read here; the message names the line where it is known."""


def read_mapping(text: str) -> dict[str, Any]:
    """The mapping that a document holds, keys as text at all depths; raises YamlError."""
    try:
        _check(text)
        found = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise YamlError(_told(error)) from None
    if not isinstance(found, dict):
        raise YamlError("it holds no mapping")
    return _keyed(found)  # type: ignore[no-any-return]  # a mapping stays one


def _check(text: str) -> None:
    depth = 0
    # Events come one by one, without recursion.
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise YamlError("it refers to another part of itself" + _line(event.start_mark))
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > MAX_DEPTH:
                raise YamlError(f"it is nested deeper than {MAX_DEPTH} levels")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _keyed(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _keyed(each) for key, each in value.items()}
    return [_keyed(each) for each in value] if isinstance(value, list) else value


def _told(error: Exception) -> str:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem is not None:
        return error.problem + _line(error.problem_mark)
    return str(error)


def _line(mark: Any) -> str:
    return "" if mark is None else f" in line {mark.line + 1}"
