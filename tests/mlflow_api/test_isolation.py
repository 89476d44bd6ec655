from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.mlflow_api.conftest import unchanged_steering


@pytest.mark.filterwarnings("ignore")
def test_what_steers_clients_is_noticed_when_it_is_left_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    fluent: Any = pytest.importorskip("mlflow.tracking.fluent")
    changes: dict[str, Callable[[], None]] = {
        "MLFLOW_EXPERIMENT_ID": lambda: monkeypatch.setenv("MLFLOW_EXPERIMENT_ID", "77"),
        "RUNYARD_PORT": lambda: monkeypatch.setenv("RUNYARD_PORT", "1"),
        "_active_experiment_id": lambda: monkeypatch.setattr(fluent, "_active_experiment_id", "77"),
    }
    for name, change in changes.items():
        with pytest.raises(AssertionError, match=name), unchanged_steering():
            change()
    with unchanged_steering():
        monkeypatch.setenv("OTHER", "1")
