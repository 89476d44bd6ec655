"""What the studio's API answers about the data and models that a run read and made."""

from __future__ import annotations

from pydantic import Field

from runyard.studio_api.models import KeyValue, Model, Number


class UsedDataset(Model):
    """A dataset that a run read, without its schema and profile, which may be large."""

    name: str
    digest: str
    source_type: str
    context: str | None = Field(description="what it was used for, as the run says")
    tags: list[KeyValue]


class DatasetDetail(Model):
    """Texts as they were logged, cut at a length."""

    source: str
    schema_text: str | None = Field(description="its schema, usually JSON")
    profile: str | None
    cut: bool = Field(description="whether any of the texts was longer")


class ModelMetric(Model):
    """The latest value of a metric of a logged model."""

    key: str
    value: Number
    step: int
    dataset_name: str | None


class VersionLink(Model):
    """A version of a registered model."""

    name: str
    version: str
    status: str
    aliases: list[str]


class RunModel(Model):
    """A logged model that a run read or made."""

    model_id: str
    name: str | None = Field(description="null when the model is unknown or deleted")
    status: str = Field(description="PENDING, READY, FAILED or UNSPECIFIED")
    model_type: str | None
    step: int | None = Field(description="of the run when it logged the model; null for an input")
    created: int | None
    metrics: list[ModelMetric]
    params: list[KeyValue]


class Lineage(Model):
    datasets: list[UsedDataset] = Field(description="in the order of their logging")
    inputs: list[RunModel]
    outputs: list[RunModel]
    versions: list[VersionLink] = Field(description="registered versions that came from this run")
    more: bool = Field(description="whether there are more than are listed")
