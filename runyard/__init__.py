"""Runyard: a self-hosted workspace for machine-learning experiments."""

__version__ = "0.1.0"
