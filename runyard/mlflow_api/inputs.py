"""The endpoints of what runs read and made: datasets, models, and the models that MLflow 2 logs."""

from __future__ import annotations

from typing import Any

import msgspec

from runyard.entities import Dataset, DatasetInput, ModelOutput
from runyard.errors import InvalidParameter, MissingParameter
from runyard.http.codec import decode, encode
from runyard.http.direct import Prepared
from runyard.http.request import Request
from runyard.http.response import Response
from runyard.http.router import Route
from runyard.mlflow_api import logged_model_wire as wire
from runyard.mlflow_api.fields import required
from runyard.mlflow_api.wire import Empty, pairs
from runyard.store.metadata import datasets, model_history

MOST_EXPERIMENTS = 20


async def log_inputs(request: Request) -> Response:
    """Log the datasets and models that a run read."""
    await request.write(inputs_of(await decode(request, wire.LogInputs)).work)
    return encode(request, Empty())


def inputs_of(wanted: wire.LogInputs) -> Prepared:
    """The write that logs what a run read, checked."""
    inputs = datasets.Inputs(
        required(wanted.run_id, "run_id"),
        [_dataset_input(given) for given in wanted.datasets or ()],
        [given.model_id for given in wanted.models or ()],
    )
    datasets.check_inputs(inputs)
    return Prepared(lambda tx: datasets.log_inputs(tx, inputs), guarded=True)


def _dataset_input(given: wire.DatasetInputGiven) -> DatasetInput:
    dataset = given.dataset
    if dataset is None:
        raise MissingParameter("dataset")
    return DatasetInput(
        Dataset(
            dataset.name,
            dataset.digest,
            dataset.source_type,
            dataset.source,
            dataset.schema,
            dataset.profile,
        ),
        pairs(given.tags),
    )


async def log_outputs(request: Request) -> Response:
    """Log the models that a run made."""
    await request.write(outputs_of(await decode(request, wire.LogOutputs)).work)
    return encode(request, Empty())


def outputs_of(wanted: wire.LogOutputs) -> Prepared:
    """The write that logs the models that a run made."""
    run_id = required(wanted.run_id, "run_id")
    models = [ModelOutput(given.model_id, given.step or 0) for given in wanted.models or ()]
    return Prepared(lambda tx: datasets.log_outputs(tx, run_id, models), guarded=True)


async def log_model(request: Request) -> Response:
    """Note in a run's history that a model lies among its artifacts (MLflow 2)."""
    await request.write(model_of(await decode(request, wire.LogModel)).work)
    return encode(request, Empty())


def model_of(wanted: wire.LogModel) -> Prepared:
    """The write that notes it."""
    run_id = required(wanted.run_id, "run_id")
    model = _parse_model(required(wanted.model_json, "model_json"))
    return Prepared(lambda tx: model_history.append(tx, run_id, model), guarded=True)


def _parse_model(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise InvalidParameter(
            f"Invalid value for parameter 'model_json': it must be a JSON object ({error})."
        ) from None


async def search_datasets(request: Request) -> Response:
    """The datasets that the runs of some experiments read."""
    wanted = await decode(request, wire.SearchDatasets)
    if not wanted.experiment_ids:
        raise MissingParameter("experiment_ids")
    if len(wanted.experiment_ids) > MOST_EXPERIMENTS:
        raise InvalidParameter(
            f"Invalid value for parameter 'experiment_ids': it names {len(wanted.experiment_ids)} experiments, and "
            f"at most {MOST_EXPERIMENTS} are allowed."
        )
    found = await request.read(datasets.summarize, wanted.experiment_ids)
    return encode(request, wire.DatasetSummaries(found))


ROUTES = [
    Route("POST", "/2.0/mlflow/runs/log-inputs", log_inputs, "write"),
    Route("POST", "/2.0/mlflow/runs/outputs", log_outputs, "write"),
    Route("POST", "/2.0/mlflow/runs/log-model", log_model, "write"),
    Route("POST", "/2.0/mlflow/experiments/search-datasets", search_datasets, "read"),
]
