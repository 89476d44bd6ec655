"""The model registry behind `runyard://`: mlflow's own, with addresses that do not name the server."""

from __future__ import annotations

from functools import partial
from typing import Any

from mlflow.store.model_registry.rest_store import RestStore

from runyard_mlflow.address import destination_of, parts_of, with_addresses, without_addresses
from runyard_mlflow.calls import call
from runyard_mlflow.credentials import credentials_of
from runyard_mlflow.operation import check_answers, unreached
from runyard_mlflow.session import SESSIONS
from runyard_mlflow.transport import Away


class RunyardRegistry(RestStore):
    """Asks the server that the tracking URI names."""

    def __init__(self, store_uri: str, tracking_uri: str | None = None) -> None:
        self._destination = destination_of(store_uri)
        server, _ = parts_of(self._destination)
        super().__init__(partial(credentials_of, server))

    def _call_endpoint(self, api: Any, json_body: str | None = None, *args: Any, **kwargs: Any) -> Any:
        session = SESSIONS.get(self._destination)
        # What this process logged, as a version's run, is there before it.
        session.stored(session.producer.last)
        check_answers(session)
        body = None if json_body is None else without_addresses(json_body, self._destination)
        try:
            answer = call(session.transport, api, body, None, session.settings.away_seconds)
        except Away as error:
            session.sender.gone(str(error))
            raise unreached(session) from None
        return with_addresses(answer, self._destination)
