"""The machine that a process runs on."""

from __future__ import annotations

import importlib.util
import os
import platform
import socket


def machine_tags() -> dict[str, str]:
    """Host name, platform, and the number of processors that this process may use."""
    tags = {"runyard.host": socket.gethostname(), "runyard.platform": platform.platform()}
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    if count:
        tags["runyard.cpus"] = str(count)
    return tags


def gpu_tags() -> dict[str, str]:
    """Names of the machine's GPUs, where NVML and its Python package are there."""
    if importlib.util.find_spec("pynvml") is None:
        return {}
    import pynvml

    pynvml.nvmlInit()
    names = []
    for index in range(pynvml.nvmlDeviceGetCount()):
        try:
            name = pynvml.nvmlDeviceGetName(pynvml.nvmlDeviceGetHandleByIndex(index))
        except pynvml.NVMLError:
            names.append("unreadable")
            continue
        # Older versions give bytes.
        names.append(name.decode() if isinstance(name, bytes) else name)
    return {"runyard.gpus": ", ".join(names)} if names else {}
