"""What a tracking URI of Runyard says: where the server is."""

from __future__ import annotations

import re
from typing import Any, TypeVar
from urllib.parse import urlsplit

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

from runyard_mlflow.context.secrets import without_credentials

_WORKSPACE = re.compile(r"[A-Za-z0-9][\w\-]{0,62}")
_SCHEMES = {"runyard": "http", "runyard+http": "http", "runyard+https": "https"}


def is_runyard(uri: str) -> bool:
    """Whether a tracking URI is one of Runyard."""
    return urlsplit(uri).scheme in _SCHEMES


def destination_of(uri: str) -> str:
    """Where what is logged to a tracking URI goes: the server's http address, and `/WORKSPACE` if one is named.

    Raises MlflowException for what is no such URI.
    """
    parts = urlsplit(uri)
    if parts.scheme not in _SCHEMES:
        raise _invalid(uri, "it must be runyard://HOST:PORT or runyard+https://HOST")
    destination = f"{_SCHEMES[parts.scheme]}:{uri.partition(':')[2]}".rstrip("/")
    try:
        parts_of(destination)
    except MlflowException as error:
        raise _invalid(uri, error.message.partition(": ")[2].removesuffix(".")) from None
    return destination


def parts_of(destination: str) -> tuple[str, str]:
    """The server's address and the workspace, or an empty one; raises MlflowException that says what is wrong."""
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


Message = TypeVar("Message")
_ARTIFACTS = "mlflow-artifacts:/"
_ROUTE = "/api/2.0/mlflow-artifacts/artifacts/"
_FIELDS = frozenset(("artifact_uri", "artifact_location", "source", "storage_location"))


def with_addresses(message: Message, server: str) -> Message:
    """An answer in which artifacts' addresses name the server.

    mlflow finds the server of `mlflow-artifacts:/` by the tracking URI, and takes only http there.
    """
    _name_server(message, server)
    return message


def _name_server(message: Any, server: str) -> None:
    for field, value in message.ListFields():
        if field.message_type is not None:
            # What protobuf's descriptors say of repetition differs from version to version.
            for each in (value,) if hasattr(value, "ListFields") else value:
                if hasattr(each, "ListFields"):
                    _name_server(each, server)
        elif field.name in _FIELDS and value.startswith(_ARTIFACTS):
            setattr(message, field.name, f"{server}{_ROUTE}{value[len(_ARTIFACTS) :].lstrip('/')}")


def without_addresses(body: str, server: str) -> str:
    """A request in which artifacts' addresses do not name the server: it may move, and be reached by several names."""
    return body.replace(f"{server}{_ROUTE}", _ARTIFACTS)
