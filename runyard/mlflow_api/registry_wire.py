"""Requests and answers of the model registry, as MLflow's protocol buffers spell them in JSON."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.mlflow_api.wire import Request, TagGiven
from runyard.store.registry.entities import ModelVersion, RegisteredModel


class CreateRegisteredModel(Request):
    name: str = ""
    tags: list[TagGiven] | None = None
    description: str | None = None


class RenameRegisteredModel(Request):
    name: str = ""
    new_name: str = ""


class UpdateRegisteredModel(Request):
    name: str = ""
    description: str | None = None


class NamedModel(Request):
    """get and delete."""

    name: str = ""


class Search(Request):
    filter: str | None = None
    max_results: int | None = None
    order_by: list[str] | None = None
    page_token: str | None = None


class GetLatestVersions(Request):
    name: str = ""
    stages: list[str] | None = None


class SetModelTag(Request):
    name: str = ""
    key: str = ""
    value: str | None = None


class DeleteModelTag(Request):
    name: str = ""
    key: str = ""


class SetAlias(Request):
    name: str = ""
    alias: str = ""
    version: str | int = ""


class NamedAlias(Request):
    """get and delete."""

    name: str = ""
    alias: str = ""


class CreateModelVersion(Request):
    name: str = ""
    source: str = ""
    run_id: str | None = None
    tags: list[TagGiven] | None = None
    run_link: str | None = None
    description: str | None = None
    model_id: str | None = None


class NamedVersion(Request):
    """get, delete and get-download-uri."""

    name: str = ""
    version: str | int = ""


class UpdateModelVersion(Request):
    name: str = ""
    version: str | int = ""
    description: str | None = None


class TransitionStage(Request):
    name: str = ""
    version: str | int = ""
    stage: str = ""
    archive_existing_versions: bool | None = None


class SetVersionTag(Request):
    name: str = ""
    version: str | int = ""
    key: str = ""
    value: str | None = None


class DeleteVersionTag(Request):
    name: str = ""
    version: str | int = ""
    key: str = ""


class ModelAnswer(Entity):
    registered_model: RegisteredModel


class Models(Entity):
    registered_models: list[RegisteredModel] = []
    next_page_token: str | None = None


class VersionAnswer(Entity):
    model_version: ModelVersion


class Versions(Entity):
    model_versions: list[ModelVersion] = []
    next_page_token: str | None = None


class DownloadUri(Entity):
    artifact_uri: str
