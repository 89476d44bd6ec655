"""All workloads, in the order in which they run: what needs a fresh server first, its memory last."""

from benchmarks.measure import Workload
from benchmarks.workloads import (
    artifacts,
    cold_start,
    create_runs,
    disk,
    get_run,
    history,
    log_batch,
    log_metric,
    memory,
    search,
)

WORKLOADS: tuple[Workload, ...] = (
    cold_start.WORKLOAD,
    disk.WORKLOAD,
    log_metric.ONE_CONNECTION,
    log_metric.MANY_CONNECTIONS,
    log_batch.WORKLOAD,
    history.GET_HISTORY,
    history.INTERVAL_100K,
    history.INTERVAL_1M,
    create_runs.WORKLOAD,
    search.SMALL,
    search.LARGE,
    get_run.WORKLOAD,
    artifacts.LARGE,
    artifacts.SMALL,
    memory.WORKLOAD,
)
