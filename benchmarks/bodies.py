"""The requests of the benchmarks: the same bytes for every server, but for the ids that it handed out."""

import json
import random
import struct
from collections.abc import Iterator
from itertools import accumulate, count
from typing import Any

from benchmarks import wire
from benchmarks.load import Operation, Script
from benchmarks.servers import API

START_MS = 1_700_000_000_000
PARAMS = 10
METRICS = 10
TAGS = 5


def random_walk(points: int, seed: int, single_precision: bool = False) -> list[float]:
    """A noisy curve: steps of a normal distribution with deviation 0.01, from 1.0, at full precision.

    In single precision the values are what `loss.item()` gives: 24 significant bits in a double.
    """
    generator = random.Random(seed)
    walk = accumulate((generator.gauss(0, 0.01) for _ in range(points - 1)), initial=1.0)
    return (
        [struct.unpack("f", struct.pack("f", value))[0] for value in walk] if single_precision else list(walk)
    )


def clock(points: int, seed: int) -> list[int]:
    """Milliseconds of a loop whose steps take 95 to 105 ms."""
    generator = random.Random(seed)
    return list(accumulate((generator.randint(95, 105) for _ in range(points - 1)), initial=START_MS))


def log_metric(run_id: str, key: str, seed: int) -> Iterator[Operation]:
    """An endless loop that logs one metric, a step a request."""
    values = [repr(value) for value in random_walk(1000, seed)]
    head = f'{{"run_id":"{run_id}","key":"{key}","value":'
    for step in count():
        body = f'{head}{values[step % 1000]},"timestamp":{START_MS + 100 * step},"step":{step}}}'
        yield wire.post(f"{API}/runs/log-metric", body.encode())


def log_batch(run_id: str, metrics: list[str]) -> bytes:
    body = f'{{"run_id":"{run_id}","metrics":[{",".join(metrics)}],"params":[],"tags":[]}}'
    return wire.post(f"{API}/runs/log-batch", body.encode())


def metric_batches(run_id: str, batches: int, seed: int) -> Iterator[Operation]:
    """Batches of 1,000 points: 100 further steps of 10 metrics each, step by step as a training loop logs."""
    names = [f"train/metric_{number}" for number in range(10)]
    values = [repr(value) for value in random_walk(5000, seed)]
    for batch in range(batches):
        steps = range(batch * 100, batch * 100 + 100)
        yield log_batch(
            run_id,
            [
                f'{{"key":"{name}","value":{values[(step * 7 + number) % 5000]},'
                f'"timestamp":{START_MS + 100 * step},"step":{step}}}'
                for step in steps
                for number, name in enumerate(names)
            ],
        )


def curve_batches(run_id: str, key: str, values: list[float], times: list[int]) -> Iterator[Operation]:
    """One metric's whole curve in batches of 1,000 points."""
    for first in range(0, len(values), 1000):
        last = first + 1000
        yield log_batch(
            run_id,
            [
                f'{{"key":"{key}","value":{value!r},"timestamp":{time},"step":{step}}}'
                for step, (value, time) in enumerate(
                    zip(values[first:last], times[first:last], strict=True), start=first
                )
            ],
        )


def wide_batch(run_id: str, metrics: int) -> bytes:
    """One point each of many metrics."""
    generator = random.Random(metrics)
    points = (
        f'{{"key":"layer_{number:04}/gradient_norm","value":{generator.random()!r},"timestamp":{START_MS},"step":0}}'
        for number in range(metrics)
    )
    return log_batch(run_id, list(points))


def create_run(experiment_id: str, number: int) -> Script:
    """A finished small run: created with its tags, then its parameters and last metrics in one batch."""
    generator = random.Random(number)
    tags = [{"key": f"tag_{tag}", "value": f"value {generator.randint(0, 9)}"} for tag in range(TAGS)]
    created: dict[str, Any] = json.loads(
        (
            yield wire.post_json(
                f"{API}/runs/create",
                {
                    "experiment_id": experiment_id,
                    "run_name": f"run {number}",
                    "start_time": START_MS + number,
                    "tags": tags,
                },
            )
        )
    )
    yield wire.post_json(
        f"{API}/runs/log-batch",
        {
            "run_id": created["run"]["info"]["run_id"],
            "params": [{"key": f"param_{p}", "value": str(generator.randint(0, 9))} for p in range(PARAMS)],
            "metrics": [
                {"key": f"metric_{m}", "value": generator.random(), "timestamp": START_MS + number, "step": 1}
                for m in range(METRICS)
            ],
            "tags": [],
        },
    )


def create_runs(experiment_id: str, numbers: range) -> Iterator[Operation]:
    for number in numbers:
        yield create_run(experiment_id, number)


def history(run_id: str, key: str) -> Script:
    """All pages of one metric's history, as the stock client asks for them."""
    token: str | None = ""
    while token is not None:
        query: dict[str, str | int] = {"run_id": run_id, "metric_key": key}
        if token:
            query["page_token"] = token
        token = _next_token((yield wire.get(f"{API}/metrics/get-history", query)))


def _next_token(body: bytes) -> str | None:
    """The token at an answer's start or end, without decoding megabytes of points on the generator's clock."""
    at = body.find(b'"next_page_token"', 0, 500)
    if at < 0:
        at = body.rfind(b'"next_page_token"', max(0, len(body) - 1000))
    if at < 0:
        return None
    token, _ = json.JSONDecoder().raw_decode(body[body.index(b":", at) + 1 :][:1000].decode().lstrip())
    return str(token) if token else None
