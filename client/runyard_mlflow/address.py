"""What a tracking URI of Runyard says: where the server is, or the folder to log into without one."""

from __future__ import annotations

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

from runyard_mlflow.context.secrets import without_credentials

_WORKSPACE = re.compile(r"[A-Za-z0-9][\w\-]{0,62}")
_SCHEMES = {"runyard": "http", "runyard+http": "http", "runyard+https": "https"}
_FOLDER = "runyard:"


def is_runyard(uri: str) -> bool:
    """Whether a tracking URI is one of Runyard."""
    return urlsplit(uri).scheme in _SCHEMES


# Remembered: a relative folder is that of the first call, wherever the script goes afterwards.
@lru_cache(maxsize=1000)
def destination_of(uri: str) -> str:
    """Where what is logged to a tracking URI goes.

    This is the server's http address without a slash at its end, with `/WORKSPACE` if one is named, or
    `runyard:/a/folder`. Raises MlflowException for what is no such URI.
    """
    parts = urlsplit(uri)
    if parts.scheme == "runyard" and not parts.netloc:
        return _FOLDER + _absolute(uri)
    if parts.scheme not in _SCHEMES:
        raise _invalid(uri, "it must be runyard://HOST:PORT, runyard+https://HOST, or runyard:FOLDER")
    destination = f"{_SCHEMES[parts.scheme]}:{uri.partition(':')[2]}".rstrip("/")
    try:
        parts_of(destination)
    except MlflowException as error:
        raise _invalid(uri, error.message.partition(": ")[2].removesuffix(".")) from None
    return destination


def parts_of(destination: str) -> tuple[str, str]:
    """The server's address, or the folder's, and the workspace, or an empty one.

    Raises MlflowException that says what is wrong.
    """
    if folder_of(destination) is not None:
        return destination, ""
    parts = urlsplit(destination)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise _invalid(destination, "it must name a host")
    if "@" in parts.netloc:
        raise _invalid(
            destination,
            "an address is written down and shown, so it must hold no user name and password: set "
            "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN",
        )
    workspace = parts.path.strip("/")
    if parts.query or parts.fragment or (workspace and not _WORKSPACE.fullmatch(workspace)):
        raise _invalid(
            destination, "after the host and the port it must end, or name a workspace: /WORKSPACE"
        )
    return f"{parts.scheme}://{parts.netloc}", workspace


def _invalid(uri: str, rule: str) -> MlflowException:
    return MlflowException(
        f"Invalid tracking URI '{without_credentials(uri)}': {rule}.", error_code=INVALID_PARAMETER_VALUE
    )


def folder_of(destination: str) -> Path | None:
    """The folder that `destination_of` said, or None for a server."""
    return Path(destination[len(_FOLDER) :]) if destination.startswith(_FOLDER) else None


def _absolute(uri: str) -> str:
    """The folder of `runyard:folder`, `runyard:./folder`, `runyard:/a/folder` or `runyard:///a/folder`."""
    path = uri.partition(":")[2]
    path = path[2:] if path.startswith("//") else path
    if not path:
        raise _invalid(uri, "a folder must follow, as in runyard:./runs or runyard:///data/runs")
    return os.path.abspath(os.path.expanduser(path))


Message = TypeVar("Message")
# How a server names what lies in its own store.
OWN = "mlflow-artifacts:/"
_ROUTE = "/api/2.0/mlflow-artifacts/artifacts/"
# What stands for the key of a run or a logged model that the server has not made yet; no key begins so.
_PRIVATE = ".runyard/"
_WORKSPACES = f"{_PRIVATE}workspaces/"
# How the places of such runs and models are named, before their ids.
RUN, MODEL = "run:", "model:"
_UNMADE = {f"{_PRIVATE}runs/": RUN, f"{_PRIVATE}models/": MODEL}
_RUNS, _MODELS = _UNMADE
_FIELDS = frozenset(("artifact_uri", "artifact_location", "source", "storage_location"))


def with_addresses(message: Message, destination: str) -> Message:
    """An answer in which artifacts' addresses name the server.

    mlflow finds the server of `mlflow-artifacts:/` by the tracking URI, and takes only http there. Behind these
    addresses it asks `artifacts/repository.py`; in a folder, it reads and writes the files themselves.
    """
    _name_place(message, _place_of(destination))
    return message


def _place_of(destination: str) -> str:
    folder = folder_of(destination)
    return _own(destination) if folder is None else f"{(folder / 'artifacts').as_uri()}/"


def _name_place(message: Any, place: str) -> None:
    for field, value in message.ListFields():
        if field.message_type is not None:
            # What protobuf's descriptors say of repetition differs from version to version.
            for each in (value,) if hasattr(value, "ListFields") else value:
                if hasattr(each, "ListFields"):
                    _name_place(each, place)
        elif field.name in _FIELDS and value.startswith(OWN):
            setattr(message, field.name, place + value[len(OWN) :].lstrip("/"))


def without_addresses(body: str, destination: str) -> str:
    """A request in which artifacts' addresses do not name the server: it may move, and be reached by several names."""
    places = [_place_of(destination)]
    if folder_of(destination) is None:
        server, _ = parts_of(destination)
        places += [server.replace("http://", "runyard+http://") + "/", f"{server}{_ROUTE}"]
    for place in places:
        body = body.replace(place, OWN)
    return body


def _own(destination: str) -> str:
    """How addresses begin for which mlflow asks this plugin."""
    if folder_of(destination) is not None:
        return f"{destination}/"
    server, workspace = parts_of(destination)
    scheme, _, host = server.partition("://")
    begin = f"runyard://{host}/" if scheme == "http" else f"runyard+https://{host}/"
    return f"{begin}{_WORKSPACES}{workspace}/" if workspace else begin


def address_of_run(destination: str, run_id: str) -> str:
    """The address of the artifacts of a run that the server has not made yet."""
    return f"{_own(destination)}{_RUNS}{run_id}"


def address_of_model(destination: str, model_id: str) -> str:
    """The address of the files of a logged model that the server has not made yet."""
    return f"{_own(destination)}{_MODELS}{model_id}"


def place_of(address: str) -> tuple[str, str]:
    """The server of an artifact's address, and the place there: `mlflow-artifacts:/…`, or `run:` or `model:` and an id.

    Raises MlflowException for what is no such address.
    """
    parts = urlsplit(address)
    if parts.netloc:
        server, key = destination_of(f"{parts.scheme}://{parts.netloc}"), parts.path.strip("/")
        if key.startswith(_WORKSPACES):
            workspace, _, key = key[len(_WORKSPACES) :].partition("/")
            server = f"{server}/{workspace}"
    else:
        # In a folder, only what is not made yet has such an address.
        folder, private, key = address.partition(f"/{_PRIVATE}")
        server, key = destination_of(folder), _PRIVATE + key if private else ""
    for begin, name in _UNMADE.items():
        if key.startswith(begin):
            return server, name + key[len(begin) :]
    return server, OWN + key
