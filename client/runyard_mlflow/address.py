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
_FIELDS = frozenset(("artifact_uri", "artifact_location", "source", "storage_location"))


def with_addresses(message: Message, server: str) -> Message:
    """An answer in which artifacts' addresses name the server.

    mlflow finds the server of `mlflow-artifacts:/` by the tracking URI, and takes only http there. In a folder, it
    reads and writes the files themselves.
    """
    _name_place(message, _place_of(server))
    return message


def _place_of(server: str) -> str:
    folder = folder_of(server)
    return f"{server}{_ROUTE}" if folder is None else f"{(folder / 'artifacts').as_uri()}/"


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
    return body.replace(_place_of(server), _ARTIFACTS)
