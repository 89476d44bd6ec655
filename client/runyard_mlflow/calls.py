"""Calls of mlflow's REST API that end soon: mlflow's own client tries for minutes while the server is away."""

from __future__ import annotations

import json
import uuid
from functools import lru_cache
from typing import Any

import requests
from mlflow.protos.model_registry_pb2 import ModelRegistryService
from mlflow.protos.service_pb2 import MlflowService
from mlflow.utils.proto_json_utils import parse_dict
from mlflow.utils.rest_utils import extract_api_info_for_service, verify_rest_response

from runyard_mlflow.artifacts.patience import Patience
from runyard_mlflow.transport import Away, Transport

_PREFIX = "/api/2.0"
# Seconds that an answer may take: the default of mlflow's client.
CALL_SECONDS = 120.0
# Those that mlflow's client tries again.
_PASSING = frozenset((408, 429, 500, 502, 503, 504))


@lru_cache(maxsize=1)
def apis() -> dict[Any, tuple[str, str]]:
    """Path and method of each request, by its class in mlflow's protocol."""
    found: dict[Any, tuple[str, str]] = {
        **extract_api_info_for_service(MlflowService, _PREFIX),
        **extract_api_info_for_service(ModelRegistryService, _PREFIX),
    }
    return found


def call(transport: Transport, api: Any, json_body: str | None, endpoint: str | None, seconds: float) -> Any:
    """One call, whose request the class `api` describes, tried again for so many seconds while nothing answers.

    Raises Away, or the exception that mlflow's own client raises for an error of the server.
    """
    path, method = apis()[api]
    path = endpoint or path
    body = None if json_body is None else json.loads(json_body)
    given = {"params": body} if method == "GET" else {"json": body}
    # The same with each attempt: the server tells them from other calls by it.
    headers = {"Idempotency-Key": uuid.uuid4().hex, "Content-Type": "application/json"}

    def attempt() -> requests.Response:
        answer = transport.request(method, path, headers, CALL_SECONDS, **given)
        if answer.status_code in _PASSING:
            raise Away(f"status {answer.status_code}")
        return answer

    answer = Patience(seconds).attempt(attempt)
    verify_rest_response(answer, path)
    message = api.Response()
    try:
        parse_dict(answer.json(), message)
    except ValueError:
        raise Away("something else than Runyard answers there") from None
    return message
