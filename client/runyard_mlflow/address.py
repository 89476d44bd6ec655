"""What a tracking URI of Runyard says: where the server is."""

from __future__ import annotations

from typing import Any, TypeVar
from urllib.parse import urlsplit

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import INVALID_PARAMETER_VALUE

_SCHEMES = {"runyard": "http", "runyard+http": "http", "runyard+https": "https"}


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
# How a server names what lies in its own store.
OWN = "mlflow-artifacts:/"
_ROUTE = "/api/2.0/mlflow-artifacts/artifacts/"
# What stands for the key of a run that the server has not made yet; no key begins so.
_RUNS = ".runyard/runs/"
# How the place of such a run is named, before its id.
RUN = "run:"
_FIELDS = frozenset(("artifact_uri", "artifact_location", "source", "storage_location"))


def with_addresses(message: Message, server: str) -> Message:
    """An answer in which artifacts' addresses name the server.

    mlflow finds the server of `mlflow-artifacts:/` by the tracking URI, and takes only http there. Behind these
    addresses it asks `artifacts/repository.py`.
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
        elif field.name in _FIELDS and value.startswith(OWN):
            setattr(message, field.name, f"{_own(server)}{value[len(OWN) :].lstrip('/')}")


def without_addresses(body: str, server: str) -> str:
    """A request in which artifacts' addresses do not name the server: it may move, and be reached by several names."""
    for address in (_own(server), server.replace("http://", "runyard+http://") + "/", f"{server}{_ROUTE}"):
        body = body.replace(address, OWN)
    return body


def _own(server: str) -> str:
    """How addresses of a server's artifacts begin, for which mlflow asks this plugin."""
    scheme, _, host = server.partition("://")
    return f"runyard://{host}/" if scheme == "http" else f"runyard+https://{host}/"


def address_of_run(server: str, run_id: str) -> str:
    """The address of the artifacts of a run that the server has not made yet."""
    return f"{_own(server)}{_RUNS}{run_id}"


def place_of(address: str) -> tuple[str, str]:
    """The server of an artifact's address, and the place there: `mlflow-artifacts:/…`, or `run:` and a run's id.

    Raises MlflowException for what is no such address.
    """
    parts = urlsplit(address)
    server = server_of(f"{parts.scheme}://{parts.netloc}")
    key = parts.path.strip("/")
    if key.startswith(_RUNS):
        return server, RUN + key[len(_RUNS) :]
    return server, OWN + key
