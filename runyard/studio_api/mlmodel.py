"""What the files of a model say of it: its MLmodel, its example of an input, its requirements."""

from __future__ import annotations

import json
from typing import Any

from runyard.errors import ArtifactNotFound, RunyardError
from runyard.store.artifacts.interface import ArtifactStore
from runyard.store.artifacts.locations import location_key
from runyard.store.artifacts.paths import artifact_key, join_keys
from runyard.studio_api import registry_models as wire
from runyard.studio_api.models import KeyValue
from runyard.studio_api.plain_yaml import YamlError, read_mapping
from runyard.studio_api.signatures import read_signature

# An MLmodel with a signature of 20,000 columns has 2 MB.
MOST_MLMODEL_BYTES = 4_000_000
MOST_EXAMPLE_BYTES = 256_000
MOST_REQUIREMENTS_BYTES = 64_000


def read_model_files(artifacts: ArtifactStore, location: str) -> wire.ModelFiles:
    """What the files below a location say; a problem with them is told in the answer."""
    try:
        root = location_key(location)
        text, size = _read(artifacts, join_keys(root, "MLmodel"), MOST_MLMODEL_BYTES)
        if text is None:
            return no_model_files(f"MLmodel is no text of at most {MOST_MLMODEL_BYTES} bytes; it has {size}.")
        return _described(artifacts, root, read_mapping(text))
    except ArtifactNotFound:
        return no_model_files("There is no file MLmodel among the version’s files.")
    except YamlError as error:
        return no_model_files(f"MLmodel can’t be read: {error}.")
    except RunyardError as error:
        return no_model_files(error.message)


def no_model_files(problem: str) -> wire.ModelFiles:
    """The answer when the files say nothing, and why."""
    return wire.ModelFiles(
        problem=problem, signature=None, example=None, flavors=[], python_version=None, mlflow_version=None,
        size=None, requirements=None,
    )  # fmt: skip


def _described(artifacts: ArtifactStore, root: str, said: dict[str, Any]) -> wire.ModelFiles:
    flavors = {
        name: given for name, given in _mapping(said.get("flavors")).items() if isinstance(given, dict)
    }
    size = said.get("model_size_bytes")
    return wire.ModelFiles(
        problem=None,
        signature=read_signature(said.get("signature")),
        example=_example(artifacts, root, _mapping(said.get("saved_input_example_info"))),
        flavors=[wire.Flavor(name=name, settings=_settings(given)) for name, given in flavors.items()],
        python_version=_text(_mapping(flavors.get("python_function")).get("python_version")),
        mlflow_version=_text(said.get("mlflow_version")),
        size=size if isinstance(size, int) else None,
        requirements=_requirements(artifacts, root),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _settings(given: dict[str, Any]) -> list[KeyValue]:
    return [
        KeyValue(key=key, value=value if isinstance(value, str) else json.dumps(value, default=str))
        for key, value in given.items()
        if value is not None
    ]


def _example(artifacts: ArtifactStore, root: str, info: dict[str, Any]) -> wire.InputExample | None:
    path = info.get("artifact_path")
    if not isinstance(path, str):
        return None
    try:
        # The file says where: it must stay below the model's own folder.
        text, size = _read(artifacts, join_keys(root, artifact_key(path)), MOST_EXAMPLE_BYTES)
    except RunyardError:
        return None
    return wire.InputExample(path=path, kind=str(info.get("type")), size=size, text=text)


def _requirements(artifacts: ArtifactStore, root: str) -> str | None:
    try:
        return _read(artifacts, join_keys(root, "requirements.txt"), MOST_REQUIREMENTS_BYTES)[0]
    except ArtifactNotFound:
        return None


def _read(artifacts: ArtifactStore, key: str, most: int) -> tuple[str | None, int]:
    """A file's text, unless it is longer than `most` bytes or no UTF-8, and its size."""
    file = artifacts.open(key)
    try:
        if file.size > most:
            return None, file.size
        return file.read(0, file.size).decode("utf-8"), file.size
    except UnicodeDecodeError:
        return None, file.size
    finally:
        file.close()
