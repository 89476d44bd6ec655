"""Puts what is known of this process in the place of the mark that a new run has."""

from __future__ import annotations

from collections.abc import Sequence

from mlflow.entities import RunTag

from runyard_mlflow.context.process import process_tags
from runyard_mlflow.context.provider import MARK
from runyard_mlflow.context.surroundings import SURROUNDINGS, clean

# Seconds that a new run waits for what takes longer; what comes later is added afterwards.
SHORT = 0.1


def is_marked(tags: Sequence[RunTag]) -> bool:
    """Whether mlflow has asked for the context of a new run."""
    return any(tag.key == MARK for tag in tags)


def with_context(tags: Sequence[RunTag]) -> list[RunTag]:
    """The tags of a new run, with what is known at once, or soon; what somebody has set stays."""
    kept = [tag for tag in tags if tag.key != MARK]
    return kept + missing_tags({**clean(process_tags()), **(SURROUNDINGS.known(SHORT) or {})}, kept)


def missing_tags(found: dict[str, str], tags: Sequence[RunTag]) -> list[RunTag]:
    """Those that a run does not have."""
    given = {tag.key for tag in tags}
    return [RunTag(name, value) for name, value in found.items() if name not in given]
