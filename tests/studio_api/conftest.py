from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runyard.settings import Settings
from runyard.store.store import Store
from runyard.studio_api.app import build_studio_api
from tests.studio_api.asgi import Client
from tests.studio_api.workspace import fill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "data", Settings()) as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store)
    return store


@pytest.fixture
def client(filled: Store) -> Client:
    return Client(build_studio_api(filled))
