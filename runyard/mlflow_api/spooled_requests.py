"""Requests that clients write into their spools: what each of them does.

They differ from those of the API in that their clients choose the ids of what they create, and may name an experiment
in place of its id: they were written when the server could not be asked. Creating what is there does nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from runyard import rules
from runyard.errors import InvalidParameter, LoggedModelNotFound, RunNotFound
from runyard.http.codec import decode_body
from runyard.http.direct import Prepared
from runyard.mlflow_api import logged_model_wire, wire
from runyard.mlflow_api.fields import required, run_id_of
from runyard.mlflow_api.inputs import inputs_of, model_of, outputs_of
from runyard.mlflow_api.logged_models import new_model, status_of
from runyard.mlflow_api.metrics import prepare_batch
from runyard.mlflow_api.runs import new_run, tag_removal, update_of
from runyard.store.metadata import experiments, logged_models, runs
from runyard.store.metadata.logged_model_data import find
from runyard.store.transaction import Transaction

JSON = "application/json"
# Decodes and checks a body; the run that it is about, or nothing, and the write.
Prepare = Callable[[bytes], tuple[str, Prepared]]


class CreateSpooled(wire.CreateRun):
    """A new run, whose id its client chose."""

    run_id: str | None = None
    run_uuid: str | None = None
    # In place of an id: created where there is none of that name.
    experiment_name: str | None = None


class CreateModelSpooled(logged_model_wire.CreateLoggedModel):
    """A new logged model, whose id its client chose."""

    model_id: str | None = None
    experiment_name: str | None = None


class ModelParamsSpooled(logged_model_wire.LogModelParams):
    model_id: str | None = None


class ModelTagsSpooled(logged_model_wire.SetModelTags):
    model_id: str | None = None


def _create(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, CreateSpooled)
    run_id = run_id_of(wanted)
    if not rules.RUN_ID.match(run_id):
        raise InvalidParameter(f"Invalid value '{run_id[:60]}' for parameter 'run_id'.")
    new = new_run(wanted, run_id)
    name = wanted.experiment_name
    if name is not None:
        rules.check_experiment_name(name)

    def work(transaction: Transaction) -> None:
        try:
            transaction.runs.get(run_id)
            return
        except RunNotFound:
            pass
        experiment = new.experiment_id if name is None else experiments.ensure(transaction, name)
        runs.insert(transaction, new._replace(experiment_id=experiment))

    return run_id, Prepared(work, guarded=True)


def _create_model(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, CreateModelSpooled)
    model_id = required(wanted.model_id, "model_id")
    if not rules.MODEL_ID.match(model_id):
        raise InvalidParameter(
            f"Invalid value '{model_id[:60]}' for parameter 'model_id': it must be m- and 32 hexadecimal digits."
        )
    name = wanted.experiment_name
    if name is not None:
        rules.check_experiment_name(name)
        # Known when it is written.
        wanted.experiment_id = "0"
    new = new_model(wanted)._replace(model_id=model_id)

    def work(transaction: Transaction) -> None:
        try:
            find(transaction.session, model_id, allow_deleted=True)
            return
        except LoggedModelNotFound:
            pass
        experiment = new.experiment_id if name is None else experiments.ensure(transaction, name)
        logged_models.create(transaction, new._replace(experiment_id=experiment))

    return wanted.source_run_id or "", Prepared(work, guarded=True)


def _finalize_model(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.FinalizeLoggedModel)
    model_id, status = required(wanted.model_id, "model_id"), status_of(wanted)
    return "", Prepared(lambda tx: logged_models.finalize(tx, model_id, status), guarded=True)


def _model_params(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, ModelParamsSpooled)
    model_id, params = required(wanted.model_id, "model_id"), wire.pairs(wanted.params)
    return "", Prepared(lambda tx: logged_models.log_params(tx, model_id, params), guarded=True)


def _model_tags(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, ModelTagsSpooled)
    model_id, tags = required(wanted.model_id, "model_id"), wire.pairs(wanted.tags)
    return "", Prepared(lambda tx: logged_models.set_tags(tx, model_id, tags), guarded=True)


def _batch(body: bytes) -> tuple[str, Prepared]:
    return run_id_of(decode_body(body, JSON, wire.NamedRun)), prepare_batch(body, JSON)


def _update(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, wire.UpdateRun)
    return run_id_of(wanted), update_of(wanted)


def _delete_tag(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, wire.DeleteTag)
    return run_id_of(wanted), tag_removal(wanted)


def _inputs(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.LogInputs)
    return wanted.run_id or "", inputs_of(wanted)


def _outputs(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.LogOutputs)
    return wanted.run_id or "", outputs_of(wanted)


def _model(body: bytes) -> tuple[str, Prepared]:
    wanted = decode_body(body, JSON, logged_model_wire.LogModel)
    return wanted.run_id or "", model_of(wanted)


REQUESTS: dict[str, Prepare] = {
    "runs/create": _create,
    "runs/update": _update,
    "runs/log-batch": _batch,
    "runs/delete-tag": _delete_tag,
    "runs/log-inputs": _inputs,
    "runs/log-model": _model,
    "runs/outputs": _outputs,
    "logged-models/create": _create_model,
    "logged-models/finalize": _finalize_model,
    "logged-models/params": _model_params,
    "logged-models/tags": _model_tags,
}
