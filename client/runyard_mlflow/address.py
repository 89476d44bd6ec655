"""What a tracking URI of Runyard says: where the server is, or the folder to log into without one."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

_SCHEMES = {"runyard": "http", "runyard+http": "http", "runyard+https": "https"}
_FOLDER = "runyard:"


def is_runyard(uri: str) -> bool:
    """Whether a tracking URI is one of Runyard."""
    return urlsplit(uri).scheme in _SCHEMES


# Remembered: a relative folder is that of the first call, wherever the script goes afterwards.
@lru_cache(maxsize=1000)
def server_of(uri: str) -> str:
    """The http address of the server that a tracking URI names, without a slash at its end, or `runyard:/a/folder`.

    Raises MlflowException for what is no such URI.
    """
    parts = urlsplit(uri)
    if parts.scheme == "runyard" and not parts.netloc:
        return _FOLDER + _absolute(uri)
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None or not parts.netloc:
        raise MlflowException(
            f"Invalid tracking URI '{uri}': it must be runyard://HOST:PORT, runyard+https://HOST, or runyard:FOLDER.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise MlflowException(
            f"Invalid tracking URI '{uri}': after the host and the port it must end.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return f"{scheme}://{parts.netloc}"


def folder_of(server: str) -> Path | None:
    """The folder that `server_of` said, or None for a server."""
    return Path(server[len(_FOLDER) :]) if server.startswith(_FOLDER) else None


def _absolute(uri: str) -> str:
    """The folder of `runyard:folder`, `runyard:./folder`, `runyard:/a/folder` or `runyard:///a/folder`."""
    path = uri.partition(":")[2]
    path = path[2:] if path.startswith("//") else path
    if not path:
        raise MlflowException(
            f"Invalid tracking URI '{uri}': a folder must follow, as in runyard:./runs or runyard:///data/runs.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return os.path.abspath(os.path.expanduser(path))


Message = TypeVar("Message")
_ARTIFACTS = "mlflow-artifacts:/"
_ROUTE = "/api/2.0/mlflow-artifacts/artifacts/"
# What stands for the key of a run or a logged model that the server has not made yet; no key begins so.
_PRIVATE = ".runyard/"
_UNMADE = {f"{_PRIVATE}runs/": "run:", f"{_PRIVATE}models/": "model:"}
_RUNS, _MODELS = _UNMADE
_FIELDS = frozenset(("artifact_uri", "artifact_location", "source", "storage_location"))


def with_addresses(message: Message, server: str) -> Message:
    """An answer in which artifacts' addresses name the server.

    mlflow finds the server of `mlflow-artifacts:/` by the tracking URI, and takes only http there. Behind these
    addresses it asks `artifacts/repository.py`; in a folder, it reads and writes the files themselves.
    """
    _name_place(message, _place_of(server))
    return message


def _place_of(server: str) -> str:
    folder = folder_of(server)
    return _own(server) if folder is None else f"{(folder / 'artifacts').as_uri()}/"


def _name_place(message: Any, place: str) -> None:
    for field, value in message.ListFields():
        if field.message_type is not None:
            # What protobuf's descriptors say of repetition differs from version to version.
            for each in (value,) if hasattr(value, "ListFields") else value:
                if hasattr(each, "ListFields"):
                    _name_place(each, place)
        elif field.name in _FIELDS and value.startswith(_ARTIFACTS):
            setattr(message, field.name, place + value[len(_ARTIFACTS) :].lstrip("/"))


def without_addresses(body: str, server: str) -> str:
    """A request in which artifacts' addresses do not name the server: it may move, and be reached by several names."""
    places = [_place_of(server)]
    if folder_of(server) is None:
        places += [server.replace("http://", "runyard+http://") + "/", f"{server}{_ROUTE}"]
    for place in places:
        body = body.replace(place, _ARTIFACTS)
    return body


def _own(server: str) -> str:
    """How addresses begin for which mlflow asks this plugin."""
    if folder_of(server) is not None:
        return f"{server}/"
    scheme, _, host = server.partition("://")
    return f"runyard://{host}/" if scheme == "http" else f"runyard+https://{host}/"


def address_of_run(server: str, run_id: str) -> str:
    """The address of the artifacts of a run that the server has not made yet."""
    return f"{_own(server)}{_RUNS}{run_id}"


def address_of_model(server: str, model_id: str) -> str:
    """The address of the files of a logged model that the server has not made yet."""
    return f"{_own(server)}{_MODELS}{model_id}"


def place_of(address: str) -> tuple[str, str]:
    """The server of an artifact's address, and the place there: `mlflow-artifacts:/…`, or `run:` or `model:` and an id.

    Raises MlflowException for what is no such address.
    """
    parts = urlsplit(address)
    if parts.netloc:
        server, key = server_of(f"{parts.scheme}://{parts.netloc}"), parts.path.strip("/")
    else:
        # In a folder, only what is not made yet has such an address.
        folder, private, key = address.partition(f"/{_PRIVATE}")
        server, key = server_of(folder), _PRIVATE + key if private else ""
    for begin, name in _UNMADE.items():
        if key.startswith(begin):
            return server, name + key[len(begin) :]
    return server, _ARTIFACTS + key
