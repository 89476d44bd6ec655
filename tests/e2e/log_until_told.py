"""Logs a run with the stock client until standard input closes; prints the run's id first, the points last."""

from __future__ import annotations

import math
import select
import sys
import time

import mlflow

mlflow.set_tracking_uri(sys.argv[1])
with mlflow.start_run(run_name="live-run") as run:
    step = 0
    while True:
        mlflow.log_metrics({"loss": math.exp(-step / 50), "accuracy": 1 - math.exp(-step / 40)}, step=step)
        step += 1
        if step == 20:
            print(run.info.run_id, flush=True)
        if select.select([sys.stdin], [], [], 0)[0]:
            break
        time.sleep(0.05)
print(step, flush=True)
