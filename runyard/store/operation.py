"""A write on its way to the database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from runyard.store.metrics.appender import SeriesPoints
from runyard.store.receipts import Receipt

if TYPE_CHECKING:
    from runyard.store.transaction import Transaction

Work = Callable[["Transaction"], Any]


class RunPoints(NamedTuple):
    """Points that are logged to one run; names and ranges are checked."""

    run_id: str
    batch: Sequence[SeriesPoints]


class Operation:
    """A queued write and where its result goes.

    `guarded` operations run in a savepoint and see all metrics that were queued before them. An unguarded one
    promises to check everything before it changes anything. `points` is all that the operation writes, when it
    writes nothing but points: it may be journaled then. `waiter` belongs to whoever replaced `settled`.
    """

    __slots__ = ("error", "guarded", "points", "receipt", "result", "waiter", "work")

    def __init__(
        self, work: Work, guarded: bool, receipt: Receipt | None, waiter: Any, points: RunPoints | None = None
    ) -> None:
        self.work = work
        self.guarded = guarded
        self.receipt = receipt
        self.points = points
        self.waiter = waiter
        self.result: Any = None
        self.error: BaseException | None = None
