"""The environment of a job file, with the contents of the files that it names."""

from __future__ import annotations

import re
from pathlib import Path

from runyard.jobs.entities import Environment
from runyard.jobs.spec.fields import Fields, kind_of, read_file
from runyard.jobs.spec.items import Item

PYTHON = re.compile(r"3\.\d{1,2}(\.\d{1,2})?", re.ASCII)
# Bytes of one file beside a Dockerfile that is read, and how many files.
MOST_BYTES, MOST_FILES = 100_000, 50


def read_environment(fields: Fields, name: str = "environment") -> Environment | None:
    """The environment; None where none is given."""
    item = fields.get(name)
    if item is None:
        return None
    resolved = fields.resolve(name, item)
    if resolved is None:
        return None
    if isinstance(resolved.value, str):
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
    if not given and found.conda is None:
        fields.problem("", "It needs one of image, conda_file, build and requirements.")
    if len(given) > 1:
        fields.problem(given[1], f"'{given[0]}' and '{given[1]}' exclude each other.")
    return found


def _conda(fields: Fields) -> dict[str, object] | None:
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
    plain: dict[str, object] = item.plain()
    return plain


def _requirements(fields: Fields) -> list[str] | None:
    item = fields.get("requirements")
    if item is None:
        return None
    if not isinstance(item.value, str):
        return fields.strings("requirements")
    path = fields.path_of("requirements", item.value)
    if path is None:
        return None
    text = _text(path)
    if text is None:
        fields.problem("requirements", f"'{path}' can't be read as a text.")
        return None
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


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
    for path in sorted(context.iterdir())[:MOST_FILES]:
        if path.name != name and path.is_file() and (content := _text(path)) is not None:
            found.files[path.name] = content


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
