"""The computes that runners of this server take jobs for."""

from __future__ import annotations

import time

# Seconds after which a runner that asks for nothing counts as gone.
FORGOTTEN_SECONDS = 300.0
LOCAL = "local"


class Pools:
    """Known by what runners say; the one of this machine is always known."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[tuple[str, ...], float]] = {}

    def heard(self, runner: str, computes: tuple[str, ...]) -> None:
        """A runner takes jobs of these computes."""
        self._seen[runner] = computes, time.monotonic()

    def known(self) -> set[str]:
        """All names."""
        since = time.monotonic() - FORGOTTEN_SECONDS
        return {LOCAL, *(name for names, at in self._seen.values() if at > since for name in names)}
