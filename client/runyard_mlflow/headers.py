"""Headers of requests that mlflow's own client sends: a name by which a retry is told, and the workspace."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from mlflow.tracking.request_header.abstract_request_header_provider import RequestHeaderProvider

WORKSPACE = "X-MLFLOW-WORKSPACE"
# The workspace of the store that is calling.
_workspace: ContextVar[str] = ContextVar("workspace", default="")


@contextmanager
def within(workspace: str) -> Iterator[None]:
    """Have requests inside name a workspace, unless it is empty."""
    token = _workspace.set(workspace)
    try:
        yield
    finally:
        _workspace.reset(token)


class Workspace(RequestHeaderProvider):
    """Selects the workspace that the tracking URI names."""

    def in_context(self) -> bool:
        """Whether there is one."""
        return bool(_workspace.get())

    def request_headers(self) -> dict[str, str]:
        """One header."""
        return {WORKSPACE: _workspace.get()}


class IdempotencyKey(RequestHeaderProvider):
    """mlflow asks once for each call, and sends the same headers with each attempt."""

    def in_context(self) -> bool:
        """Always."""
        return True

    def request_headers(self) -> dict[str, str]:
        """One header."""
        return {"Idempotency-Key": uuid.uuid4().hex}
