"""GPU counters that mlflow's monitor of system metrics leaves out, though they can be read.

It gives up all GPUs when one of them is lost, and both figures of the power when the limit can't be read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from mlflow.entities import Metric

# What mlflow's monitor logs each time; before it stands `system/`, and the node's name if there is one.
PREFIX, ALWAYS = "system/", "cpu_utilization_percentage"


class GpuCounters:
    """Reads each counter of each GPU for itself, when mlflow's monitor logs."""

    def __init__(self) -> None:
        # The process that NVML was started in, and whether it could be.
        self._process = 0
        self._usable = False

    def missing(self, metrics: Sequence[Metric]) -> list[Metric]:
        """Points for the GPU counters that a batch of system metrics does not have; none for other batches.

        Units are those of mlflow's names; the time and step are those of the batch's newest figures.
        """
        if not metrics[0].key.startswith(PREFIX):
            return []
        of_cpu = [each for each in metrics if each.key.endswith(ALWAYS)]
        # mlflow imports it where it is installed.
        nvml = sys.modules.get("pynvml")
        if not of_cpu or nvml is None or not self._started(nvml):
            return []
        newest = max(of_cpu, key=lambda each: each.step)
        prefix = newest.key.removesuffix(ALWAYS)
        present = {each.key for each in metrics if each.step == newest.step}
        return [
            Metric(prefix + name, value, newest.timestamp, newest.step)
            for name, value in _read(nvml, lambda name: prefix + name not in present)
        ]

    def _started(self, nvml: Any) -> bool:
        if self._process != os.getpid():
            self._process = os.getpid()
            try:
                nvml.nvmlInit()
                self._usable = True
            except nvml.NVMLError:
                self._usable = False
        return self._usable


def _read(nvml: Any, wanted: Callable[[str], bool]) -> list[tuple[str, float]]:
    """Those of the wanted counters that can be read, by mlflow's names."""
    found: list[tuple[str, float]] = []
    for index in range(nvml.nvmlDeviceGetCount()):
        for counter, read in _COUNTERS.items():
            name = f"gpu_{index}_{counter}"
            if wanted(name):
                try:
                    value = read(nvml, nvml.nvmlDeviceGetHandleByIndex(index))
                except (nvml.NVMLError, ArithmeticError):
                    # The GPU is lost, or has no such counter; the next one may.
                    continue
                found.append((name, round(value, 1)))
    return found


def _memory_share(nvml: Any, handle: Any) -> float:
    memory = nvml.nvmlDeviceGetMemoryInfo(handle)
    return float(memory.used / memory.total * 100)


def _memory(nvml: Any, handle: Any) -> float:
    return float(nvml.nvmlDeviceGetMemoryInfo(handle).used / 1e6)


def _utilization(nvml: Any, handle: Any) -> float:
    return float(nvml.nvmlDeviceGetUtilizationRates(handle).gpu)


def _power(nvml: Any, handle: Any) -> float:
    return float(nvml.nvmlDeviceGetPowerUsage(handle) / 1000)


def _power_share(nvml: Any, handle: Any) -> float:
    return float(nvml.nvmlDeviceGetPowerUsage(handle) / nvml.nvmlDeviceGetEnforcedPowerLimit(handle) * 100)


_COUNTERS: dict[str, Callable[[Any, Any], float]] = {
    "memory_usage_percentage": _memory_share,
    "memory_usage_megabytes": _memory,
    "utilization_percentage": _utilization,
    "power_usage_watts": _power,
    "power_usage_percentage": _power_share,
}
