"""Statistics of frames: how long the browser showed one picture while something moved."""

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.measure import Sample, quantile

# A frame that takes longer is felt as a stutter.
LONG_MS = 50.0


def frame_sample(durations: Sequence[float], details: dict[str, Any]) -> Sample:
    """The longest frame, in milliseconds; how the others were goes to the raw results."""
    if not durations:
        raise ValueError("no frame was drawn while frames were measured")
    return Sample(max(durations), {**frame_details(durations), **details})


def frame_details(durations: Sequence[float]) -> dict[str, Any]:
    return {
        "frames": len(durations),
        "share_over_50_ms": round(share_over(durations), 5),
        "median_ms": round(statistics.median(durations), 1),
        "p99_ms": round(quantile(durations, 0.99), 1),
        "longest_ms": [round(duration, 1) for duration in sorted(durations, reverse=True)[:5]],
    }


def share_over(durations: Sequence[float], limit: float = LONG_MS) -> float:
    """The share of frames that took longer than `limit`."""
    return sum(duration > limit for duration in durations) / len(durations)
