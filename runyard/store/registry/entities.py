"""Registered models and their versions, in the shape that MLflow's API gives them."""

from __future__ import annotations

from runyard.entities import Entity, KeyValue

NO_STAGE = "None"
ARCHIVED = "Archived"
STAGES = (NO_STAGE, "Staging", "Production", ARCHIVED)
# Those that a transition may empty in favour of the new version.
ACTIVE_STAGES = ("Staging", "Production")


class ModelVersion(Entity):
    name: str
    version: str
    creation_timestamp: int
    last_updated_timestamp: int
    current_stage: str
    source: str
    status: str
    user_id: str | None = None
    description: str | None = None
    run_id: str | None = None
    status_message: str | None = None
    run_link: str | None = None
    model_id: str | None = None
    tags: list[KeyValue] = []
    aliases: list[str] = []


class ModelAlias(Entity):
    alias: str
    version: str


class RegisteredModel(Entity):
    name: str
    creation_timestamp: int
    last_updated_timestamp: int
    description: str | None = None
    # The newest of each stage.
    latest_versions: list[ModelVersion] = []
    tags: list[KeyValue] = []
    aliases: list[ModelAlias] = []
