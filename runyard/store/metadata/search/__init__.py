"""Searches of the metadata with MLflow's filters: docs/reference/search.md is their manual.

Each `search_*` answers a Page of primary keys in order; who asks loads the entities.
"""

from runyard.store.metadata.search.experiments import search_experiments
from runyard.store.metadata.search.logged_models import MetricDataset, ModelOrder, search_logged_models
from runyard.store.metadata.search.page import Page, ViewType
from runyard.store.metadata.search.registry import search_model_versions, search_registered_models
from runyard.store.metadata.search.runs import count_runs, search_runs

__all__ = [
    "MetricDataset",
    "ModelOrder",
    "Page",
    "ViewType",
    "count_runs",
    "search_experiments",
    "search_logged_models",
    "search_model_versions",
    "search_registered_models",
    "search_runs",
]
