from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.store import Store

# Compaction is asked for by the tests, and does not happen in between.
SETTINGS = Settings(durability="relaxed", compact_idle_seconds=3600)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "workspace", SETTINGS) as opened:
        yield opened
