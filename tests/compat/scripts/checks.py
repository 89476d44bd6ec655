"""What every script of checks uses: comparisons that say what differed, and the marks that bind a check to versions.

These files run under the interpreter of each client's environment, so they import mlflow and nothing of pytest.
"""

from __future__ import annotations

import math
import os
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import mlflow
from mlflow.entities import Metric
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

T = TypeVar("T", bound=Callable[[], None])


def since(version: str) -> Callable[[T], T]:
    """Run the check with this version of mlflow and later ones (read from the source by the collecting test)."""
    return lambda check: check


def before(version: str) -> Callable[[T], T]:
    """Run the check only with versions of mlflow before this one."""
    return lambda check: check


def equal(actual: Any, wanted: Any, what: str = "value") -> None:
    if actual != wanted:
        raise AssertionError(
            f"{what}: got {_shown(actual)}, wanted {_shown(wanted)}{_first_difference(actual, wanted)}"
        )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


def _first_difference(actual: Any, wanted: Any) -> str:
    if isinstance(actual, list) and isinstance(wanted, list):
        for index, (one, other) in enumerate(zip(actual, wanted, strict=False)):
            if one != other:
                return f", first at {index}: {_shown(one)} and {_shown(other)}"
    return ""


def true(holds: object, what: str) -> None:
    if not holds:
        raise AssertionError(what)


def refused(call: Callable[[], object], code: str, *fragments: str) -> MlflowException:
    """The error of a call that must fail with this error code and a message that has each fragment."""
    try:
        answer = call()
    except MlflowException as error:
        equal(error.error_code, code, f"error code of {error.message!r}")
        for fragment in fragments:
            true(fragment.lower() in error.message.lower(), f"{fragment!r} is not in {error.message!r}")
        return error
    raise AssertionError(f"accepted, with {answer!r}, where {code} was wanted")


def unique(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:12]}"


def client() -> MlflowClient:
    return MlflowClient()


def new_run(**arguments: Any) -> str:
    """The id of a fresh, active run of the check's experiment that is not the fluent API's active run."""
    experiment = os.environ["CHECK_EXPERIMENT_ID"]
    return str(client().create_run(experiment, **arguments).info.run_id)


def history(run_id: str, key: str) -> list[Metric]:
    return list(client().get_metric_history(run_id, key))


def values(run_id: str, key: str) -> list[float]:
    return [point.value for point in history(run_id, key)]


def same_float(actual: float, wanted: float, what: str) -> None:
    """Equality of doubles where NaN equals NaN."""
    both_nan = math.isnan(actual) and math.isnan(wanted)
    true(both_nan or actual == wanted, f"{what}: got {actual!r}, wanted {wanted!r}")


def version() -> tuple[int, int]:
    major, minor = mlflow.__version__.split(".")[:2]
    return int(major), int(minor)
