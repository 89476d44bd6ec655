"""SIGKILL at random moments: each call that returned is in the spool, and arrives once and in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client.scripts import left_in, run_script, sync
from tests.faults.server import Server
from tests.faults.wire import Connection, history

pytestmark = pytest.mark.faults

# mlflow is imported once; each child logs until it is killed, and counts in shared memory the calls that returned.
KILL = """
    import mmap, random, signal, struct
    chance = random.Random(3)
    run_id = client.create_run("0").info.run_id
    say(run_id)
    for kill in range(int(os.environ["KILLS"])):
        returned = mmap.mmap(-1, 8)
        child = os.fork()
        if child == 0:
            number = 0
            while True:
                client.log_metric(run_id, f"kill-{kill}", number, timestamp=1, step=0, synchronous=number % 50 == 49)
                number += 1
                returned[:8] = struct.pack("<q", number)
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        say(struct.unpack("<q", returned[:8])[0])
"""


@pytest.mark.parametrize(("kills", "offline"), [("100", "false"), ("30", "true")])
def test_kills_lose_nothing(server: Server, spool: Path, kills: str, offline: str) -> None:
    address = server.address.replace("http://", "runyard://")
    (run_id, *counts), _ = run_script(address, spool, KILL, KILLS=kills, RUNYARD_OFFLINE=offline)
    assert sync(spool).exit_code == 0
    assert left_in(spool) == []
    returned = [int(count) for count in counts]
    assert sum(returned) > 1000
    with Connection(server.address) as connection:
        for kill, count in enumerate(returned):
            values = [value for _, value in history(connection, run_id, f"kill-{kill}")]
            # The call under way may have been written, too.
            assert values in (list(range(count)), list(range(count + 1))), kill
