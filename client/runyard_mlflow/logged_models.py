"""Logged models of MLflow 3: made under ids that are chosen here, and so without the server, too."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any

from mlflow.exceptions import MlflowException
from mlflow.protos.databricks_pb2 import TEMPORARILY_UNAVAILABLE, ErrorCode
from mlflow.store.tracking.rest_store import RestStore

from runyard_mlflow import placeholders
from runyard_mlflow.address import address_of_model

_UNREACHED = ErrorCode.Name(TEMPORARILY_UNAVAILABLE)


class SpooledModels(RestStore):
    """What `log_model` asks of a store; MLflow 2 calls none of it."""

    _destination: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # What was made here, for when the server can't be reached: the fields of the entity, by id.
        self._models: dict[str, dict[str, Any]] = {}
        super().__init__(*args, **kwargs)

    def _write(self, path: str, body: dict[str, Any]) -> None:
        """Write a request into the spool, and wait for it as for any synchronous call."""
        raise NotImplementedError

    def create_logged_model(
        self,
        experiment_id: str,
        name: str | None = None,
        source_run_id: str | None = None,
        tags: Sequence[Any] | None = None,
        params: Sequence[Any] | None = None,
        model_type: str | None = None,
    ) -> Any:
        """Create a pending model under an id that is chosen here; while the server is away, it is created later."""
        model_id = f"m-{uuid.uuid4().hex}"
        body = placeholders.experiment_field(str(experiment_id))
        body |= {"model_id": model_id, "name": name, "model_type": model_type, "source_run_id": source_run_id}
        body |= {"tags": _pairs(tags), "params": _pairs(params)}
        self._write("logged-models/create", body)
        now = time.time_ns() // 1_000_000
        self._models[model_id] = {
            "experiment_id": str(experiment_id),
            "model_id": model_id,
            "name": name or model_id,
            "artifact_location": address_of_model(self._destination, model_id),
            "creation_timestamp": now,
            "last_updated_timestamp": now,
            "model_type": model_type,
            "source_run_id": source_run_id,
            "status": _status("PENDING"),
            "tags": {tag.key: tag.value for tag in tags or ()},
            "params": {param.key: param.value for param in params or ()},
        }
        return self.get_logged_model(model_id)

    def get_logged_model(self, model_id: str, allow_deleted: bool = False) -> Any:
        """The model; while the server is away, what is known of one that was made here."""
        try:
            return super().get_logged_model(model_id, allow_deleted)
        except MlflowException as error:
            known = self._models.get(model_id)
            if known is None or error.error_code != _UNREACHED:
                raise
            return _entity(known)

    def finalize_logged_model(self, model_id: str, status: Any) -> Any:
        """Set the status of a model whose files were logged, or could not be."""
        self._write("logged-models/finalize", {"model_id": model_id, "status": str(status)})
        if model_id in self._models:
            self._models[model_id]["status"] = status
        return self.get_logged_model(model_id)

    def set_logged_model_tags(self, model_id: str, tags: Sequence[Any]) -> None:
        """Set tags of a model."""
        self._write("logged-models/tags", {"model_id": model_id, "tags": _pairs(tags)})
        if model_id in self._models:
            self._models[model_id]["tags"] |= {tag.key: tag.value for tag in tags}

    def log_logged_model_params(self, model_id: str, params: Sequence[Any]) -> None:
        """Add parameters to a model."""
        self._write("logged-models/params", {"model_id": model_id, "params": _pairs(params)})
        if model_id in self._models:
            self._models[model_id]["params"] |= {param.key: param.value for param in params}


def _pairs(given: Sequence[Any] | None) -> list[dict[str, str]]:
    return [{"key": each.key, "value": each.value} for each in given or ()]


def _status(name: str) -> Any:
    from mlflow.entities import LoggedModelStatus

    return LoggedModelStatus(name)


def _entity(fields: dict[str, Any]) -> Any:
    # MLflow 2 has no such entity.
    from mlflow.entities import LoggedModel

    copied = {name: dict(value) if isinstance(value, dict) else value for name, value in fields.items()}
    return LoggedModel(**copied)
