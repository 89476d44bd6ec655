"""Run every `check_…` function of the named modules: `python run.py RESULTS MODULE…`.

RESULTS gets one line of JSON per check as it ends: its name, the seconds that it took, and the traceback or null.
Each check begins in a new experiment, with no active run.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from typing import TextIO

import mlflow
from checks import unique


def main(results: str, wanted: list[str]) -> None:
    with open(results, "a", encoding="utf-8") as output:
        for name, check in _checks(wanted):
            _record(output, name, check)


def _checks(wanted: list[str]) -> Iterator[tuple[str, Callable[[], None]]]:
    for name in wanted:
        module, function = name.split(".")
        try:
            yield name, getattr(importlib.import_module(module), function)
        except ImportError:
            yield name, _failing(traceback.format_exc())


def _failing(reason: str) -> Callable[[], None]:
    def check() -> None:
        raise RuntimeError(reason)

    return check


def _record(output: TextIO, name: str, check: Callable[[], None]) -> None:
    started = time.monotonic()
    error = None
    try:
        _enter_experiment(name)
        check()
    except BaseException:  # one line of results per check, whatever ended it
        error = traceback.format_exc()
    finally:
        while mlflow.active_run():
            mlflow.end_run()
    line = {"name": name, "seconds": round(time.monotonic() - started, 3), "error": error}
    output.write(json.dumps(line) + "\n")
    output.flush()


def _enter_experiment(name: str) -> None:
    experiment = mlflow.set_experiment(unique(name))
    os.environ["CHECK_EXPERIMENT_ID"] = experiment.experiment_id


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
