"""Inputs and outputs of a job file."""

from __future__ import annotations

import re
from typing import NamedTuple, get_args

from runyard.jobs.entities import Input, InputMode, Output, OutputMode, PathType, Scalar
from runyard.jobs.spec.expressions import EXPRESSION, whole_name
from runyard.jobs.spec.fields import MOST_INTEGER, Fields, is_finite, kind_of
from runyard.jobs.spec.items import Item

PATH_TYPES = get_args(PathType)
INPUT_MODES = get_args(InputMode)
OUTPUT_MODES = get_args(OutputMode)
LITERALS = ("integer", "number", "string", "boolean")
NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
# What is brought by the supervisor: runyard/jobs/supervisor/data.py.
READ = ("http:", "https:", "runs:", "azureml://jobs/")


def local_path(text: str) -> str:
    """`file:x` and `file:///x` as the paths that they are; others as they stand."""
    return text.removeprefix("file://").removeprefix("file:")


def read_inputs(fields: Fields, in_pipeline: bool = False) -> dict[str, Input]:
    """The inputs; those of a pipeline's steps may be bound to others."""
    inside = fields.fields("inputs")
    return (
        {} if inside is None else inside.each(lambda each, name, item: _input(each, name, item, in_pipeline))
    )


def read_outputs(fields: Fields, in_pipeline: bool = False) -> dict[str, Output]:
    """The outputs."""
    inside = fields.fields("outputs")
    return (
        {} if inside is None else inside.each(lambda each, name, item: _output(each, name, item, in_pipeline))
    )


def _check_name(fields: Fields, name: str) -> None:
    if not NAME.fullmatch(name):
        fields.problem(name, "The name must begin with a letter, and have letters, digits and _ only.")


def _input(fields: Fields, name: str, item: Item, in_pipeline: bool) -> Input | None:
    _check_name(fields, name)
    value = item.value
    if isinstance(value, str | int | float | bool):
        if in_pipeline and isinstance(value, str) and (whole_name(value) or "").startswith("parent."):
            return Input(binding=value)
        _check_value(fields, name, value)
        return Input(type="literal", value=value)
    if not isinstance(value, dict):
        fields.problem(name, f"It must be a value, or a mapping with type and path; it is {kind_of(value)}.")
        return None
    inside = Fields(item, fields.where(name), fields.findings)
    if inside.has("value") or inside.text("type") in LITERALS:
        found = _literal(inside)
    else:
        found = _path(inside, in_pipeline)
    inside.end()
    return found


def _literal(fields: Fields) -> Input | None:
    """`{type: number, default: 0.1}` of a component, or `{value: 0.1}`."""
    limits = read_limits(fields)
    fields.boolean("optional", False)
    fields.passed("description")
    name = "value" if fields.has("value") else "default"
    item = fields.get(name)
    value = None if item is None else item.value
    if isinstance(value, dict | list):
        fields.problem(name, f"It must be a value, and is {kind_of(value)}.")
        return None
    if value is None:
        # A component's, whose users give the value, or an optional one.
        return Input(type="literal")
    _check_value(fields, name, value)
    return Input(type="literal", value=limits.taken(fields, name))


class Limits(NamedTuple):
    """What a component asks of a value."""

    kind: str | None = None
    least: float | None = None
    most: float | None = None
    choices: list[str] | None = None

    def taken(self, fields: Fields, name: str) -> Scalar | None:
        """The value of a field, as its kind has it; problems where it breaks a rule."""
        item = fields.get(name)
        value: Scalar | None = None if item is None else item.value
        if self.kind == "integer":
            value = fields.integer(name)
        elif self.kind == "number":
            value = fields.number(name)
        elif self.kind == "boolean":
            value = _boolean(fields, name)
        elif self.kind == "string":
            value = fields.text(name)
        if value is None:
            return None
        if isinstance(value, int | float):
            if self.least is not None and value < self.least:
                fields.problem(name, f"It must be at least {self.least:g}, and is {value:g}.")
            if self.most is not None and value > self.most:
                fields.problem(name, f"It must be at most {self.most:g}, and is {value:g}.")
        if self.choices is not None and str(value) not in self.choices:
            fields.problem(name, f"'{value}' is not one of {', '.join(self.choices)}.")
        return value


def read_limits(fields: Fields) -> Limits:
    """What one input says of its values."""
    kind = fields.text("type")
    if not fields.has("value") and kind not in LITERALS:
        return Limits()
    kind = fields.choice("type", LITERALS)
    return Limits(kind, fields.number("min"), fields.number("max"), fields.strings("enum"))


def _boolean(fields: Fields, name: str) -> bool:
    item = fields.get(name)
    if item is not None and isinstance(item.value, str) and item.value.lower() in ("true", "false"):
        return item.value.lower() == "true"
    return fields.boolean(name, False)


def _check_value(fields: Fields, name: str, value: object) -> None:
    if isinstance(value, int | float) and not is_finite(value):
        fields.problem(name, "It must be a finite number.")
    elif isinstance(value, int) and abs(value) > MOST_INTEGER:
        fields.problem(name, f"It must be at most {MOST_INTEGER}: quote it to have it as a text.")
    elif isinstance(value, str) and EXPRESSION.search(value):
        fields.problem(
            name,
            f"'{value[:60]}' is an expression inside of a text: nothing replaces it in an input's value.",
        )


def _path(fields: Fields, in_pipeline: bool) -> Input:
    kind = fields.choice("type", PATH_TYPES) or "uri_folder"
    mode = fields.choice("mode", INPUT_MODES)
    fields.boolean("optional", False)
    fields.passed("description")
    for name in ("path_on_compute", "datastore"):
        if fields.has(name):
            fields.passed(name)
            fields.warn(name, "It is of the cloud's stores, and ignored.")
    text = fields.text("path")
    if text is None:
        return Input(type=kind, mode=mode)  # type: ignore[arg-type]  # `choice` has checked both
    if in_pipeline and (whole_name(text) or "").startswith("parent."):
        return Input(type=kind, mode=mode, binding=text)  # type: ignore[arg-type]  # `choice` has checked both
    return Input(type=kind, mode=mode, path=_place(fields, text, kind))  # type: ignore[arg-type]  # `choice` has checked both


def _place(fields: Fields, text: str, kind: str) -> str:
    text = local_path(text)
    if not ADDRESS.match(text):
        if fields.place("path").folder is None and text.startswith("/"):
            # Of the machine that the job runs on: whether it is there is seen when the job begins.
            return text
        found = fields.path_of("path", text)
        if found is None:
            return text
        if kind == "uri_file" and not found.is_file():
            fields.problem("path", f"'{found}' is no file, and its type is uri_file.")
        if kind == "uri_folder" and not found.is_dir():
            fields.problem("path", f"'{found}' is no folder, and its type is uri_folder.")
        return str(found)
    if not text.startswith(READ):
        fields.warn(
            "path", f"'{text}' is in the cloud: the job will fail in Preparing, as nothing here can read it."
        )
    return text


def _output(fields: Fields, name: str, item: Item, in_pipeline: bool) -> Output | None:
    _check_name(fields, name)
    value = item.value
    if value is None:
        return Output()
    if isinstance(value, str) and in_pipeline:
        return Output(binding=value)
    if not isinstance(value, dict):
        fields.problem(name, f"It must be a mapping, or empty; it is {kind_of(value)}.")
        return None
    inside = Fields(item, fields.where(name), fields.findings)
    kind = inside.choice("type", PATH_TYPES) or "uri_folder"
    mode = inside.choice("mode", OUTPUT_MODES)
    path, asset, version = inside.text("path"), inside.text("name"), inside.text("version")
    inside.passed("description")
    inside.end()
    if path is not None:
        inside.warn(
            "path", f"The output becomes artifacts below named-outputs/{name}; '{path}' is not written to."
        )
    if asset is not None:
        inside.warn("name", f"The output is not registered as '{asset}': it is found with the job.")
    return Output(type=kind, mode=mode, path=path, name=asset, version=version)  # type: ignore[arg-type]  # checked
