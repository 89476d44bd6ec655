"""Inputs and outputs of a job file."""

from __future__ import annotations

import re
from typing import get_args

from runyard.jobs.entities import Input, InputMode, Output, OutputMode, PathType
from runyard.jobs.spec.expressions import whole_name
from runyard.jobs.spec.fields import Fields, kind_of
from runyard.jobs.spec.items import Item

PATH_TYPES = get_args(PathType)
INPUT_MODES = get_args(InputMode)
OUTPUT_MODES = get_args(OutputMode)
LITERALS = ("integer", "number", "string", "boolean")
NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")
# What is brought by the supervisor: runyard/jobs/supervisor/data.py.
READ = ("http:", "https:", "runs:", "azureml://jobs/", "file:")


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
    kind = fields.choice("type", LITERALS)
    optional = fields.boolean("optional", False)
    fields.passed("description")
    name = "value" if fields.has("value") else "default"
    item = fields.get(name)
    value = None if item is None else item.value
    if isinstance(value, dict | list):
        fields.problem(name, f"It must be a value, and is {kind_of(value)}.")
        return None
    if kind == "integer" and value is not None:
        value = fields.integer(name)
    elif kind == "number" and value is not None:
        value = fields.number(name)
    least, most = fields.number("min"), fields.number("max")
    choices = fields.strings("enum")
    if isinstance(value, int | float):
        if least is not None and value < least:
            fields.problem(name, f"It must be at least {least:g}, and is {value:g}.")
        if most is not None and value > most:
            fields.problem(name, f"It must be at most {most:g}, and is {value:g}.")
    if choices is not None and value is not None and str(value) not in choices:
        fields.problem(name, f"'{value}' is not one of {', '.join(choices)}.")
    if item is None and not optional:
        # A component's: whoever uses it gives the value.
        return Input(type="literal")
    return Input(type="literal", value=value)


def _path(fields: Fields, in_pipeline: bool) -> Input:
    kind = fields.choice("type", PATH_TYPES) or "uri_folder"
    mode = fields.choice("mode", INPUT_MODES)
    fields.boolean("optional", False)
    fields.passed("description", "path_on_compute", "datastore")
    text = fields.text("path")
    if text is None:
        return Input(type=kind, mode=mode)  # type: ignore[arg-type]  # `choice` has checked both
    if in_pipeline and (whole_name(text) or "").startswith("parent."):
        return Input(type=kind, mode=mode, binding=text)  # type: ignore[arg-type]  # `choice` has checked both
    return Input(type=kind, mode=mode, path=_place(fields, text, kind))  # type: ignore[arg-type]  # `choice` has checked both


def _place(fields: Fields, text: str, kind: str) -> str:
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
