"""Logs images, a figure and a table with the stock client; with each line on standard input, one more step.

Prints the run's id first, and a line after each step. A second argument N
leaves all images out but those of every Nth step.
"""

from __future__ import annotations

import sys

import matplotlib
import mlflow
import numpy as np

matplotlib.use("Agg")
from matplotlib import pyplot

STEPS = 5
MASKS = f"val/masks{' of the validation set' * 6}"


def log_step(step: int, every: int) -> None:
    if step % every == 0:
        # So noisy that the small variant is the smaller file.
        picture = np.random.default_rng(step).integers(0, 255, (240, 320, 3), dtype=np.uint8)
        mlflow.log_image(picture, key="val/samples 1.a", step=step)


mlflow.set_tracking_uri(sys.argv[1])
every = int(sys.argv[2]) if len(sys.argv) > 2 else 1
with mlflow.start_run(run_name=f"images-{every}") as run:
    for step in range(STEPS):
        log_step(step, every)
    mlflow.log_image(np.full((12, 16, 3), 80, dtype=np.uint8), key=MASKS, step=0)
    mlflow.log_image(np.zeros((4, 4), dtype=np.uint8), "plots/black.png")
    figure, axes = pyplot.subplots()
    axes.plot([1, 2])
    mlflow.log_figure(figure, "plots/line.png")
    mlflow.log_table(
        {"question": [f"q{n}" for n in range(300)], "score": list(range(300))}, "eval/results.json"
    )
    print(run.info.run_id, flush=True)
    step = STEPS
    for _ in sys.stdin:
        log_step(step, every)
        step += 1
        print("logged", flush=True)
