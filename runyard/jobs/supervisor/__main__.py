"""`python -m runyard.jobs.supervisor FOLDER`: started by a runner, and belongs to nobody afterwards."""

from __future__ import annotations

import sys
from pathlib import Path

from runyard.jobs.alone import alone
from runyard.jobs.supervisor.node import Node
from runyard.jobs.supervisor.order import LOCK
from runyard.settings import inherited_environment


def main(folder: Path) -> None:
    """Do the node's work, unless another process does it."""
    with alone(folder / LOCK) as is_free:
        if is_free:
            Node(folder, inherited_environment()).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
