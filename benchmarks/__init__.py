"""Measures Runyard beside `mlflow server` and FastTrackML: `python -m benchmarks.run`."""
