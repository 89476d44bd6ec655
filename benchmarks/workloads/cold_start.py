"""From the spawn of a server on a folder of its own to its first answer."""

import shutil
import uuid

from benchmarks.bench import Bench
from benchmarks.measure import Row, Sample, Workload
from benchmarks.servers import Kind, Server
from benchmarks.targets import at_most


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    folder = bench.folder / f"cold-{uuid.uuid4().hex}"
    fresh = Server(kind, folder)
    fresh.stop()
    again = Server(kind, folder)
    again.stop()
    shutil.rmtree(folder)
    return {"cold_start_new": Sample(fresh.started_in), "cold_start_again": Sample(again.started_in)}


WORKLOAD = Workload(
    name="cold_start",
    rows=(
        Row("cold_start_new", "cold start to the first answer, new folder", "s", targets=(at_most(1, "s"),)),
        Row(
            "cold_start_again",
            "cold start to the first answer, existing folder",
            "s",
            targets=(at_most(1, "s"),),
        ),
    ),
    measure=measure,
    repeats=2,
)
