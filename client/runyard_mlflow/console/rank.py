"""The file of a run that one of its processes' output goes to."""

from __future__ import annotations

FOLDER = "user_logs"


def artifact_of(rank: int, processes: int) -> str:
    """`std_log.txt`, or one file for each rank, as wide as the largest one needs."""
    if processes <= 1:
        return f"{FOLDER}/std_log.txt"
    width = max(2, len(str(processes - 1)))
    return f"{FOLDER}/std_log_process_{rank:0{width}}.txt"
