"""What live readers are told once it is committed."""

from __future__ import annotations

import msgspec


class Change(msgspec.Struct, frozen=True):
    """Something about a run changed: `kind` is created, status, tags, archived (the tag that says so
    changed), params, metrics, artifacts, deleted, or job: it was queued, or is to end.

    Without a run it is about the experiment: renamed, or deleted, which is also said of what is restored. Of the kind
    model there is no run either: `model` names the registered model that changed, by the name that it had before.

    `metrics` names the series that got points, `points` counts them.
    """

    run_id: str
    experiment_id: str
    kind: str
    metrics: tuple[str, ...] = ()
    points: int = 0
    model: str = ""
