from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new workspace folder, with commits that do not wait for the disk."""
    with Store(tmp_path / "workspace", Settings(durability="relaxed")) as opened:
        yield opened
