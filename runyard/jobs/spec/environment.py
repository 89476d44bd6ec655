"""The environment of a job file, with the contents of the files that it names."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any

from runyard.jobs.entities import Environment
from runyard.jobs.spec.fields import REFERENCE, Fields, kind_of, read_file
from runyard.jobs.spec.items import Item
from runyard.jobs.spec.requirements import NotIncluded, below, expanded, included

PYTHON = re.compile(r"3\.\d{1,2}(\.\d{1,2})?", re.ASCII)
# Bytes of one file beside a Dockerfile that is read, and how many files.
MOST_BYTES, MOST_FILES = 100_000, 50
# A build context may be a folder of data.
MOST_LOOKED_AT = 10_000


def read_environment(fields: Fields, name: str = "environment") -> Environment | None:
    """The environment; None where none is given."""
    item = fields.get(name)
    if item is None:
        return None
    resolved = fields.resolve(name, item)
    if resolved is None:
        return None
    if isinstance(resolved.value, str):
        fields.text(name)
        return Environment(reference=resolved.value)
    if not isinstance(resolved.value, dict):
        fields.problem(name, f"It must be a name or a mapping, and is {kind_of(resolved.value)}.")
        return None
    return _inline(Fields(resolved, fields.where(name), fields.findings))


def _inline(fields: Fields) -> Environment:
    fields.passed("$schema", "description", "tags", "os_type", "inference_config", "properties")
    for name in ("name", "version"):
        if fields.has(name):
            fields.warn(name, "An environment that is written out has no name of its own: this is ignored.")
    found = Environment(
        image=fields.text("image"),
        conda=_conda(fields),
        requirements=_requirements(fields),
        python=fields.text("python"),
    )
    if found.python is not None and not PYTHON.fullmatch(found.python):
        fields.problem("python", f"'{found.python}' is no version of Python: it must be as 3.11, in quotes.")
    build = fields.fields("build")
    if build is not None:
        _build(build, found)
    for name in ("channels", "dependencies"):
        if fields.has(name):
            fields.problem(name, f"'{name}' belongs into the conda file: write it below conda_file.")
    fields.end()
    given = [name for name in ("image", "build", "requirements") if fields.has(name)]
    if not given and not fields.has("conda_file"):
        fields.problem("", "It needs one of image, conda_file, build and requirements.")
    if len(given) > 1:
        fields.problem(given[1], f"'{given[0]}' and '{given[1]}' exclude each other.")
    return found


def _conda(fields: Fields) -> dict[str, Any] | None:
    item = fields.get("conda_file")
    if item is None:
        return None
    if isinstance(item.value, str):
        path = fields.path_of("conda_file", item.value.removeprefix("file:"))
        found: Item | None = None
        if path is not None:
            found = read_file(path, fields.findings, lambda message: fields.problem("conda_file", message))
        item = found or Item({}, item.place)
    if not isinstance(item.value, dict):
        fields.problem("conda_file", f"It must be a file or a mapping, and is {kind_of(item.value)}.")
        return None
    _conda_lists(Fields(item, fields.where("conda_file"), fields.findings))
    plain: dict[str, Any] = item.plain()
    return plain


def _conda_lists(fields: Fields) -> None:
    """Check what is read of a conda file, and put in what its pip lines name."""
    entries = fields.get("dependencies")
    if entries is None:
        return
    if not isinstance(entries.value, list):
        fields.problem("dependencies", f"It must be a list, and is {kind_of(entries.value)}.")
        return
    for each in entries.value:
        if not isinstance(each.value, dict):
            if not isinstance(each.value, str):
                fields.problem("dependencies", f"It must have texts, and has {kind_of(each.value)}.")
            continue
        inside = Fields(each, fields.where("dependencies"), fields.findings)
        lines = inside.strings("pip")
        inside.end()
        if lines is not None:
            kept = _expanded(inside, "pip", lines)
            each.value["pip"] = Item([Item(line, each.place) for line in kept], each.place)


def _expanded(fields: Fields, name: str, lines: list[str]) -> list[str]:
    folder = fields.place(name).folder
    read = (lambda _: None) if folder is None else below(folder, _text)
    try:
        return expanded(lines, read)
    except NotIncluded as error:
        fields.problem(name, str(error))
        return []


def _requirements(fields: Fields) -> list[str] | None:
    item = fields.get("requirements")
    if item is None:
        return None
    if not isinstance(item.value, str):
        given = fields.strings("requirements")
        return None if given is None else _expanded(fields, "requirements", given)
    path = fields.path_of("requirements", item.value.removeprefix(REFERENCE))
    return None if path is None else _expanded(fields, "requirements", [f"-r {path}"])


def _build(fields: Fields, found: Environment) -> None:
    folder = fields.text("path", required=True)
    name = fields.text("dockerfile_path") or "Dockerfile"
    fields.end()
    context = None if folder is None else fields.path_of("path", folder)
    if context is None:
        return
    if not context.is_dir():
        fields.problem("path", f"'{context}' is no folder.")
        return
    text = _text(context / name)
    if text is None:
        fields.problem("dockerfile_path", f"There is no '{context / name}'.")
        return
    found.dockerfile = text
    found.files = _named_files(context, text)


def _named_files(context: Path, dockerfile: str) -> dict[str, str]:
    """The requirements that a Dockerfile installs, by their paths below the context; nothing else is taken along."""
    found: dict[str, str] = {}
    for path in sorted(islice(context.rglob("*"), MOST_LOOKED_AT)):
        if len(found) == MOST_FILES:
            break
        if path.name in dockerfile and path.suffix in (".txt", ".in") and path.is_file():
            if (content := _text(path)) is not None:
                found[str(path.relative_to(context))] = content
    # What those name.
    for name, content in list(found.items()):
        for other in included(content):
            path = Path(name).parent / other
            inner = _text(context / path)
            if inner is not None and ".." not in path.parts:
                found.setdefault(str(path), inner)
    return found


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
