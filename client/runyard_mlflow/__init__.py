"""An mlflow plugin: durable, ordered logging to a Runyard server.

People import mlflow, not this: the plugin is found by its entry points, and the tracking URI chooses it.
"""

# First: it loads the plugin's stores, which would find modules here half loaded otherwise.
import mlflow  # noqa: F401

__version__ = "0.1.0"
