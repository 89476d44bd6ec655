"""The model registry behind `runyard://`: mlflow's own, with addresses that do not name the server."""

from __future__ import annotations

from functools import partial
from typing import Any

from mlflow.store.model_registry.rest_store import RestStore

from runyard_mlflow.address import destination_of, parts_of, with_addresses, without_addresses
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.headers import within


class RunyardRegistry(RestStore):
    """Asks the server that the tracking URI names."""

    def __init__(self, store_uri: str, tracking_uri: str | None = None) -> None:
        self._server, self._workspace = parts_of(destination_of(store_uri))
        super().__init__(partial(credentials_of, self._server))

    def _call_endpoint(self, api: Any, json_body: str | None = None, *args: Any, **kwargs: Any) -> Any:
        body = None if json_body is None else without_addresses(json_body, self._server)
        with within(self._workspace):
            return with_addresses(super()._call_endpoint(api, body, *args, **kwargs), self._server)
