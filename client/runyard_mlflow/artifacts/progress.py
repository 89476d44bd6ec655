"""A bar for transfers that take long, where somebody sees it."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Any

import click
from mlflow import environment_variables

# Bytes from which on a transfer has a bar.
LONG = 100 * 1024 * 1024


class Progress:
    """Counts bytes; safe for threads."""

    def __init__(self, label: str, total: int) -> None:
        self._lock = threading.Lock()
        self._label = label
        self._bar: Any = None
        self._total = 0
        self.expect(total)

    def expect(self, size: int) -> None:
        """So many bytes more are to come."""
        with self._lock:
            self._total += size
            if self._bar is not None:
                self._bar.length = self._total
            elif self._total >= LONG and _is_wanted() and sys.stderr is not None and sys.stderr.isatty():
                self._bar = click.progressbar(length=self._total, label=self._label, file=sys.stderr)
                self._bar.__enter__()

    def add(self, size: int) -> None:
        """So many bytes more are there."""
        if self._bar is not None:
            with self._lock:
                self._bar.update(size)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, trace)


def _is_wanted() -> bool:
    variable = getattr(environment_variables, "MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", None)
    return variable is None or bool(variable.get())
