"""The process itself: how it was started, where, and as which part of a distributed job."""

from __future__ import annotations

import os
import platform
import sys

from runyard_mlflow.context.secrets import command_line
from runyard_mlflow.settings import read_ranks


def process_tags() -> dict[str, str]:
    """Command, entry point, folder, number, Python, and ranks; takes microseconds."""
    tags = {
        "runyard.command": command_line(sys.orig_argv),
        "runyard.process": str(os.getpid()),
        "runyard.python.version": platform.python_version(),
        "runyard.python.executable": sys.executable or "",
    }
    if sys.argv and sys.argv[0]:
        tags["runyard.entry_point"] = sys.argv[0]
    try:
        tags["runyard.directory"] = os.getcwd()
    except OSError:  # it was removed
        pass
    tags |= {f"runyard.{name}": value for name, value in read_ranks().items()}
    return tags
