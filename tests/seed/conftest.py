"""The server and the clients are those of the compatibility tests."""

from tests.compat.conftest import outcomes, tracking_server

__all__ = ["outcomes", "tracking_server"]
