"""Two browsers at the same run."""

from __future__ import annotations

import pytest

from tests.e2e.studio import finished_run, play
from tests.faults.server import Server

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]


def test_nobody_writes_over_anothers_words_unasked(server: Server) -> None:
    play("twoEditors", {"address": server.address, "run": finished_run(server.address)})
