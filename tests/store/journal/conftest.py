"""A store whose journal is committed by nobody's clock."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.journal import journal
from runyard.store.store import Store
from tests.store.journal.helpers import create_run


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is stored by the clock, so that the tests see when it is stored."""
    monkeypatch.setattr(journal, "INTERVAL_SECONDS", 60.0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture(params=["full", "relaxed"])
def store(folder: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    with Store(folder, Settings(durability=request.param, compact_idle_seconds=1000)) as opened:
        create_run(opened)
        yield opened
