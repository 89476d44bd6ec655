"""What a tracking URI of Runyard says: where the server is."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

_SCHEMES = {"runyard": "http", "runyard+http": "http", "runyard+https": "https"}


def is_runyard(uri: str) -> bool:
    """Whether a tracking URI is one of Runyard."""
    return urlsplit(uri).scheme in _SCHEMES


def server_of(uri: str) -> str:
    """The http address of the server that a tracking URI names, without a slash at its end.

    Raises MlflowException for what is no such URI.
    """
    parts = urlsplit(uri)
    scheme = _SCHEMES.get(parts.scheme)
    if scheme is None or not parts.netloc:
        raise MlflowException(
            f"Invalid tracking URI '{uri}': it must be runyard://HOST:PORT or runyard+https://HOST.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise MlflowException(
            f"Invalid tracking URI '{uri}': after the host and the port it must end.",
            error_code=INVALID_PARAMETER_VALUE,
        )
    return f"{scheme}://{parts.netloc}"


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
