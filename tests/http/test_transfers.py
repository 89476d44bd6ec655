"""The memory that uploads and downloads share."""

from __future__ import annotations

from contextlib import ExitStack

from runyard.http.transfers import BUDGET, LARGEST_PIECE, SMALLEST_PIECE, Transfers


def test_few_transfers_take_large_pieces_and_many_stay_within_the_budget() -> None:
    transfers = Transfers()
    assert transfers.piece() == LARGEST_PIECE
    with ExitStack() as stack:
        for running in range(1, 1000):
            stack.enter_context(transfers.one())
            piece = transfers.piece()
            assert SMALLEST_PIECE <= piece <= LARGEST_PIECE
            assert piece == SMALLEST_PIECE or 2 * running * piece <= BUDGET
    assert transfers.running == 0
