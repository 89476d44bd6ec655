"""How fast the load generator is by itself: against a server that answers without doing anything."""

import asyncio
import multiprocessing
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import repeat

import uvloop

from benchmarks import bodies
from benchmarks.load import LoadProcess, Operation, Plan, drive
from benchmarks.servers import free_port

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
SECONDS = 1.0


class _Nothing(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's own class is no subclass of asyncio.Transport, but has its methods.
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        self._transport.write(ANSWER)


def _serve(port: int, ready: "multiprocessing.synchronize.Event") -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Nothing, "127.0.0.1", port)
        ready.set()
        await server.serve_forever()

    uvloop.new_event_loop().run_until_complete(serve())


def _build(connections: int) -> Sequence[Iterator[Operation]]:
    request = next(bodies.log_metric("0" * 32, "loss", 0))
    return [repeat(request) for _ in range(connections)]


def describe(load: LoadProcess) -> str:
    """Requests per second on 1 and on 16 connections."""
    spawn = multiprocessing.get_context("spawn")
    port, ready = free_port(), spawn.Event()
    server = spawn.Process(target=_serve, args=(port, ready), daemon=True)
    server.start()
    try:
        ready.wait(20)
        rates = [load.run(drive, Plan(port, partial(_build, n), SECONDS, warmup=50)).rate for n in (1, 16)]
    finally:
        server.terminate()
        server.join()
    return f"{rates[0]:,.0f} requests/s on 1 connection, {rates[1]:,.0f} on 16"
