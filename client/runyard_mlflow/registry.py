"""The model registry behind `runyard://`: mlflow's own, with addresses that do not name the server."""

from __future__ import annotations

from functools import partial
from typing import Any

from mlflow.store.model_registry.rest_store import RestStore

from runyard_mlflow.address import folder_of, server_of, with_addresses, without_addresses
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.local import FolderTransport
from runyard_mlflow.session import SESSIONS


class RunyardRegistry(RestStore):
    """Asks the server that the tracking URI names."""

    def __init__(self, store_uri: str, tracking_uri: str | None = None) -> None:
        self._server = server_of(store_uri)
        super().__init__(partial(credentials_of, self._server))

    def _call_endpoint(self, api: Any, json_body: str | None = None, *args: Any, **kwargs: Any) -> Any:
        body = None if json_body is None else without_addresses(json_body, self._server)
        session = None if folder_of(self._server) is None else SESSIONS.get(self._server)
        if session is not None and isinstance(session.transport, FolderTransport):
            # What this process logged, a version's run, is there before it.
            session.stored(session.producer.last)
            answer = session.transport.call(api, body)
        else:
            answer = super()._call_endpoint(api, body, *args, **kwargs)
        return with_addresses(answer, self._server)
