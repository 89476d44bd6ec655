from tests.jobs.running.conftest import own_server, server

__all__ = ["own_server", "server"]
