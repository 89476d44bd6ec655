"""Names each request, so that the server tells a retry of mlflow's client from a second call."""

from __future__ import annotations

import uuid

from mlflow.tracking.request_header.abstract_request_header_provider import RequestHeaderProvider


class IdempotencyKey(RequestHeaderProvider):
    """mlflow asks once for each call, and sends the same headers with each attempt."""

    def in_context(self) -> bool:
        """Always."""
        return True

    def request_headers(self) -> dict[str, str]:
        """One header."""
        return {"Idempotency-Key": uuid.uuid4().hex}
