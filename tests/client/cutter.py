"""Passes bytes on between a client and a server, and cuts all connections where it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

_PIECE = 256 * 1024


class Cutter:
    """Streams in both directions and holds nothing back; a cut is a reset, in the middle of whatever is sent."""

    def __init__(self, target: str) -> None:
        self.target = target
        # Bytes that passed, from the client and to it.
        self.up = self.down = 0
        # At how many bytes, of either, the connections are cut.
        self.up_cuts: list[int] = []
        self.down_cuts: list[int] = []
        self.cuts = 0
        # Called at each cut.
        self.on_cut: Callable[[], object] | None = None
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._server.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            parts = urlsplit(self.target)
            try:
                server = socket.create_connection((parts.hostname or "", parts.port or 80), 30)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            with self._lock:
                self._open |= {client, server}
            for pair in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, is_up: bool) -> None:
        buffer = memoryview(bytearray(_PIECE))
        try:
            while count := source.recv_into(buffer):
                if self._is_cut(count, is_up):
                    return
                sink.sendall(buffer[:count])
        except OSError:
            pass
        finally:
            self._close([source, sink])

    def _is_cut(self, count: int, is_up: bool) -> bool:
        with self._lock:
            if is_up:
                self.up += count
            else:
                self.down += count
            passed, cuts = (self.up, self.up_cuts) if is_up else (self.down, self.down_cuts)
            if not cuts or passed < cuts[0]:
                return False
            cuts.pop(0)
            self.cuts += 1
            found = list(self._open)
        if self.on_cut is not None:
            self.on_cut()
        self._close(found)
        return True

    def _close(self, found: list[socket.socket]) -> None:
        with self._lock:
            self._open -= set(found)
        for each in found:
            try:
                # Nothing that waits in the system's buffers gets through either.
                each.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            each.close()

    def close(self) -> None:
        """Stop taking connections, and cut those that are open."""
        self._server.close()
        self._close(list(self._open))

    def __enter__(self) -> Cutter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
