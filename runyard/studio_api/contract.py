"""Prints the API's OpenAPI document: `python -m runyard.studio_api.contract > studio/openapi.json`."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from runyard.settings import Settings
from runyard.store.store import Store
from runyard.studio_api.app import build_studio_api


def contract() -> str:
    """The OpenAPI document as the repository keeps it."""
    with TemporaryDirectory() as folder, Store(Path(folder), Settings()) as store:
        document = build_studio_api(store).openapi()
    return json.dumps(document, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    print(contract(), end="")
