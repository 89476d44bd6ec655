"""Runyard: a self-hosted workspace for machine-learning experiments."""
