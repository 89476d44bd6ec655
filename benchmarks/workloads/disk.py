"""Disk per point: what the databases of a new server grow by when one run logs 100,000 points of a metric.

Values are a random walk, once as doubles at full precision (the hardest to compress) and once as single
precision numbers, as `loss.item()` gives them; steps count up; timestamps are 95 to 105 ms apart.
"""

import shutil
import uuid

from benchmarks import datasets, servers
from benchmarks.bench import Bench
from benchmarks.measure import Row, Sample, Workload
from benchmarks.servers import Kind, Server
from benchmarks.targets import at_most

# Runyard gives the pages that compaction freed back to the disk after five quiet seconds.
QUIET_SECONDS = {"runyard": 8.0, "fasttrackml": 1.0, "mlflow": 1.0}


def _bytes_per_point(bench: Bench, kind: Kind, points: int, single_precision: bool) -> Sample:
    folder = bench.folder / f"disk-{uuid.uuid4().hex}"
    quiet = QUIET_SECONDS[kind.family]
    server = Server(kind, folder)
    try:
        empty = datasets.settled_bytes(folder, quiet)
        datasets.load_curve(server, bench.load, points, single_precision)
        settled = datasets.settled_bytes(folder, quiet)
    finally:
        server.stop()
    servers.checkpoint(folder)
    stopped = servers.database_bytes(folder)
    shutil.rmtree(folder)
    details = {"points": points, "empty": empty, "settled": settled, "stopped": stopped}
    return Sample((stopped - empty) / points, details)


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    points = bench.size(100_000, 20_000)
    samples = {"disk_double": _bytes_per_point(bench, kind, points, single_precision=False)}
    if kind.family == "runyard":
        # The others store eight bytes for any value.
        samples["disk_single"] = _bytes_per_point(bench, kind, points, single_precision=True)
    return samples


def applies(kind: Kind) -> bool:
    """The number of workers changes nothing on disk, nor does Runyard's durability."""
    return kind.name not in ("mlflow", "runyard-relaxed")


WORKLOAD = Workload(
    name="disk",
    rows=(
        Row("disk_double", "disk per point of 100,000, doubles", "bytes", targets=(at_most(8, "bytes"),)),
        Row("disk_single", "the same, single precision", "bytes", targets=(at_most(8, "bytes"),)),
    ),
    measure=measure,
    applies=applies,
    repeats=1,
)
