"""Tells live readers that a run's artifacts changed, from the key alone: no database is asked."""

from __future__ import annotations

from runyard.store.changes import Change
from runyard.store.store import Store

_FOLDER = "artifacts"


def announce(store: Store, key: str) -> None:
    """Publish that the artifacts of the run whose folder holds `key` changed; other keys are nobody's."""
    run = run_of(key)
    if run is not None:
        store.publish([Change(run[1], run[0], "artifacts")])


def run_of(key: str) -> tuple[str, str] | None:
    """(experiment id or "", run id) of `…/<run id>/artifacts[/…]`, which is where runs keep theirs."""
    names = key.split("/")
    if _FOLDER not in names[1:]:
        return None
    place = names.index(_FOLDER, 1)
    if place >= 2 and names[place - 2] == "models":
        return None  # a logged model's folder: <experiment>/models/<model id>/artifacts
    # In a location of the user's own choice, nothing says which experiment it is.
    experiment = names[0] if place == 2 and names[0].isdigit() else ""
    return experiment, names[place - 1]
