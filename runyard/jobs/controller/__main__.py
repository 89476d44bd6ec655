"""`python -m runyard.jobs.controller FOLDER`: started by a runner, and belongs to nobody afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

from runyard.jobs.alone import alone
from runyard.jobs.controller.children import read_order
from runyard.jobs.entities import SweepJob
from runyard.jobs.supervisor.keeper import Keeper
from runyard.jobs.supervisor.order import LOCK


def main(folder: Path) -> None:
    """Do the work of the sweep or the pipeline, unless another process does it."""
    with alone(folder / LOCK) as is_free:
        if is_free:
            _keeper(folder).run()


def _keeper(folder: Path) -> Keeper:
    order = read_order(folder)
    if isinstance(order.job, SweepJob):
        from runyard.jobs.controller.sweep import Sweep

        return Sweep(folder, order, order.job)
    from runyard.jobs.controller.pipeline import Pipeline

    return Pipeline(folder, order, order.job)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
