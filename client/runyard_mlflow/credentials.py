"""Who logs, as mlflow's own variables and files say it."""

from __future__ import annotations

from mlflow.utils.rest_utils import MlflowHostCreds


def credentials_of(server: str) -> MlflowHostCreds:
    """User name, password, token and certificates for a server."""
    try:
        from mlflow.utils.credentials import get_default_host_creds
    except ImportError:
        # Where it stood until MLflow 2.9.
        from mlflow.tracking._tracking_service.utils import _get_default_host_creds as get_default_host_creds
    return get_default_host_creds(server)
