"""A write on its way to the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from runyard.entities import KeyValue, Run
from runyard.store.metrics.appender import SeriesPoints
from runyard.store.receipts import Receipt

if TYPE_CHECKING:
    from runyard.store.transaction import Transaction

Work = Callable[["Transaction"], Any]

# Characters of parameters and tags up to which a request is journaled. A commit of more costs little beside what it
# stores, and copies of it in memory and in the journal would cost as much again.
MOST_JOURNALED_TEXT = 32 * 1024


class Batch(NamedTuple):
    """What one request logs to a run; names and ranges are checked."""

    run_id: str
    metrics: Sequence[SeriesPoints]
    params: Sequence[KeyValue]
    tags: Sequence[KeyValue]

    def has_only_points(self) -> bool:
        """Whether it can be counted in memory alone."""
        return not self.params and not self.tags


class Created(Protocol):
    """The creation of a run; `run` is None until the operation's work has created it."""

    run: Run | None


Record = Batch | Created


def is_short(pairs: Iterable[KeyValue]) -> bool:
    """Whether parameters or tags are short enough for the journal."""
    return sum(len(pair.value) for pair in pairs) <= MOST_JOURNALED_TEXT


class Operation:
    """A queued write and where its result goes.

    `guarded` operations run in a savepoint and see all metrics that were queued before them. An unguarded one
    promises to check everything before it changes anything. `record` is all that the operation writes, where the
    journal can hold that; such an operation is unguarded. `waiter` belongs to whoever replaced `settled`.
    """

    __slots__ = ("error", "guarded", "receipt", "record", "result", "waiter", "work")

    def __init__(
        self, work: Work, guarded: bool, receipt: Receipt | None, waiter: Any, record: Record | None = None
    ) -> None:
        self.work = work
        self.guarded = guarded
        self.receipt = receipt
        self.record = record
        self.waiter = waiter
        self.result: Any = None
        self.error: BaseException | None = None
