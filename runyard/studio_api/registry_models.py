"""What the studio's API takes and answers about the model registry; see models.py for what holds for all."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from runyard.studio_api.models import KeyValue, Model, Number


class AliasOf(Model):
    alias: str
    version: str


class LatestVersion(Model):
    version: str
    status: str
    stage: str
    creation_time: int


class ModelRow(Model):
    name: str
    description: str
    creation_time: int
    last_update_time: int
    version_count: int
    latest_versions: list[LatestVersion] = Field(description="the newest of each stage, the oldest first")
    aliases: list[AliasOf]
    tags: list[KeyValue]


class ModelPage(Model):
    models: list[ModelRow]
    next_page_token: str | None


class AliasPeriod(Model):
    """An alias named a version from `start` to `end`."""

    alias: str
    version: str
    start: int | None = Field(description="null: since before this server wrote it down")
    end: int | None = Field(description="null: it names it still")


class ModelDetail(ModelRow):
    history: list[AliasPeriod] = Field(description="what each alias named when, by start")
    history_cut: bool = Field(description="whether changes of aliases older than these are left out")


class EntryChange(Model):
    """Of a model or a version: what is given changes, the rest stays."""

    description: str | None = Field(default=None, description="Markdown; empty for none")
    set_tags: list[KeyValue] = Field(default=[], max_length=100)
    delete_tags: list[str] = Field(default=[], max_length=100)


class AliasTarget(Model):
    version: str
    held: str | None = Field(
        description="the version that the alias named when the reader looked, null for none; if it is "
        "another by now, nothing changes"
    )


class VersionRow(Model):
    version: str
    status: str
    status_message: str | None
    stage: str
    aliases: list[str]
    tags: list[KeyValue]
    description: str
    creation_time: int
    last_update_time: int
    user: str | None = Field(description="who made it, or else its source run")
    run_id: str | None
    run_name: str | None = Field(description="null when the source run is not on this server")
    model_id: str | None = Field(description="the logged model that it was made from")
    source: str


class VersionPage(Model):
    versions: list[VersionRow]
    next_page_token: str | None


class LoggedMetric(Model):
    """The latest point of a metric of a logged model."""

    name: str
    value: Number
    step: int
    run_id: str
    dataset: str | None


class LoggedModelFacts(Model):
    model_id: str
    name: str
    model_type: str | None
    status: str
    creation_time: int
    params: list[KeyValue]
    metrics: list[LoggedMetric]
    tags: list[KeyValue]


class VersionDetail(VersionRow):
    logged_model: LoggedModelFacts | None = Field(
        description="null when there was none, or when it was deleted"
    )


class SignatureField(Model):
    name: str | None = Field(description="null for a tensor or column without a name")
    type: str
    shape: str | None = Field(description="of a tensor or parameter, as (-1, 4)")
    required: bool | None
    default: str | None = Field(description="of a parameter, as JSON")


class Signature(Model):
    inputs: list[SignatureField] | None = Field(description="null when the signature says nothing of them")
    outputs: list[SignatureField] | None
    params: list[SignatureField] | None


class InputExample(Model):
    path: str
    kind: str = Field(description="what MLflow calls it: dataframe, ndarray, json_object, …")
    size: int
    text: str | None = Field(description="JSON; null when it is longer than is shown, or no text")


class Flavor(Model):
    name: str
    settings: list[KeyValue] = Field(description="values that are not text stand as JSON")


class ModelFiles(Model):
    """What a version's own files say of it."""

    problem: str | None = Field(description="why they could not be read; everything else is empty then")
    signature: Signature | None
    example: InputExample | None
    flavors: list[Flavor]
    python_version: str | None
    mlflow_version: str | None
    size: int | None = Field(description="bytes of the model, as MLflow counted them")
    requirements: str | None = Field(description="requirements.txt; null when there is none")


SortKey = Literal["name", "created", "updated"]
