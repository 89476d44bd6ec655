from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.server import Server


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests of a module, with room for several jobs at once."""
    folder = tmp_path_factory.mktemp("jobs") / "data"
    with Server(folder, "--runner-cpus", "8", "--runner-grace-seconds", "1") as started:
        yield started


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Server]:
    """One that a test may kill."""
    with Server(tmp_path / "data", "--runner-cpus", "2", "--runner-grace-seconds", "1") as started:
        yield started
