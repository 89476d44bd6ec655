from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.store.metadata import database
from runyard.store.metadata.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A connection to a new database file."""
    database.create_or_check(tmp_path, "relaxed")
    opened = database.connect(tmp_path, "relaxed")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def shared_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A connection to one database file for many examples."""
    folder = tmp_path_factory.mktemp("search")
    database.create_or_check(folder, "relaxed")
    opened = database.connect(folder, "relaxed")
    opened.run("PRAGMA synchronous = OFF")
    yield opened
    opened.close()
