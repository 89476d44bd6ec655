"""Requests and answers of logged models and of runs' inputs and outputs, as MLflow's JSON spells them."""

from __future__ import annotations

from runyard.entities import Entity
from runyard.mlflow_api.wire import Request, TagGiven
from runyard.store.metadata.datasets import DatasetSummary
from runyard.store.metadata.logged_model_entities import LoggedModel


class CreateLoggedModel(Request):
    experiment_id: str | None = None
    name: str | None = None
    model_type: str | None = None
    source_run_id: str | None = None
    params: list[TagGiven] | None = None
    tags: list[TagGiven] | None = None


class GetLoggedModel(Request):
    allow_deleted: bool = False


class FinalizeLoggedModel(Request):
    model_id: str | None = None
    status: str | int | None = None


class LogModelParams(Request):
    params: list[TagGiven] | None = None


class SetModelTags(Request):
    tags: list[TagGiven] | None = None


class DatasetWanted(Request):
    dataset_name: str = ""
    dataset_digest: str | None = None


class OrderWanted(Request):
    field_name: str = ""
    ascending: bool = True
    dataset_name: str | None = None
    dataset_digest: str | None = None


class SearchLoggedModels(Request):
    experiment_ids: list[str] | None = None
    filter: str | None = None
    datasets: list[DatasetWanted] | None = None
    max_results: int | None = None
    order_by: list[OrderWanted] | None = None
    page_token: str | None = None


class LoggedModelAnswer(Entity):
    model: LoggedModel


class LoggedModels(Entity):
    models: list[LoggedModel] = []
    next_page_token: str | None = None


class DatasetGiven(Request):
    name: str = ""
    digest: str = ""
    source_type: str = ""
    source: str = ""
    schema: str | None = None
    profile: str | None = None


class DatasetInputGiven(Request):
    dataset: DatasetGiven | None = None
    tags: list[TagGiven] | None = None


class ModelGiven(Request):
    model_id: str = ""
    step: int | None = None


class LogInputs(Request):
    run_id: str | None = None
    datasets: list[DatasetInputGiven] | None = None
    models: list[ModelGiven] | None = None


class LogOutputs(Request):
    run_id: str | None = None
    models: list[ModelGiven] | None = None


class LogModel(Request):
    run_id: str | None = None
    model_json: str | None = None


class SearchDatasets(Request):
    experiment_ids: list[str] | None = None


class DatasetSummaries(Entity):
    dataset_summaries: list[DatasetSummary] = []
