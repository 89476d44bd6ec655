"""Memory of a server's processes (PSS): six seconds after its first answer, and after all that was measured."""

from benchmarks import processes
from benchmarks.bench import Bench
from benchmarks.measure import Row, Sample, Workload
from benchmarks.servers import Kind
from benchmarks.targets import at_most

MIB = 2**20


def prepare(bench: Bench, kind: Kind) -> None:
    bench.server(kind)


def measure(bench: Bench, kind: Kind) -> dict[str, Sample]:
    everyone = processes.tree(bench.server(kind).pid)
    after = processes.proportional_bytes(everyone[0].pid)
    return {
        "memory_idle": Sample(bench.idle_bytes[kind.name] / MIB),
        "memory_after": Sample(after / MIB, {"processes": len(everyone)}),
    }


WORKLOAD = Workload(
    name="memory",
    rows=(
        Row("memory_idle", "memory, idle", "MiB", targets=(at_most(120, "MiB"),)),
        Row("memory_after", "memory, after all of the above", "MiB", targets=(at_most(300, "MiB"),)),
    ),
    prepare=prepare,
    measure=measure,
    repeats=1,
)
