"""Explains, in a notebook, the error that running a cell again most often ends with."""

from __future__ import annotations

import re
import sys
from typing import Any

# mlflow's words.
_ACTIVE = re.compile(r"Run with UUID (\w+) is already active")
_WAYS = """
Run {run_id} is still active: an earlier cell began it, and did not end it or was interrupted.
What was logged to it is safe. Ways on:

  mlflow.end_run()                 end it, and run this cell again
  with mlflow.start_run():         a run that ends with its block, also after an error
  mlflow.start_run(nested=True)    a child of the active run
"""


def explain_errors() -> None:
    """Have IPython call `explain` after each cell, where its shell is running; nothing is imported for it."""
    module = sys.modules.get("IPython")
    shell = None if module is None else module.get_ipython()
    if shell is not None:
        # It takes a function once.
        shell.events.register("post_run_cell", explain)


def explain(result: Any) -> None:
    """Print the ways on after a cell that began a second run."""
    found = _ACTIVE.match(str(getattr(result, "error_in_exec", "")))
    if found is not None:
        print(_WAYS.format(run_id=found[1]))
