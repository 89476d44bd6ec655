"""The studio's speed in a real browser, beside the page of `mlflow server`: `python -m benchmarks.studio`."""
