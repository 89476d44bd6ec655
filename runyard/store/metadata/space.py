"""How much of the database's file is in use, and giving the rest back to the file system."""

from __future__ import annotations

import time

from runyard.store.metadata.session import Session

# A value of PRAGMA auto_vacuum.
INCREMENTAL = 2


def _number(session: Session, pragma: str) -> int:
    row = session.one(f"PRAGMA {pragma}")
    return 0 if row is None else int(row[0])


def pages(session: Session) -> int:
    """Pages of the file, once its log is written back."""
    return _number(session, "page_count")


def free_pages(session: Session) -> int:
    """Pages of the file that hold nothing; they are used again before the file grows."""
    return _number(session, "freelist_count")


def page_bytes(session: Session) -> int:
    """Bytes of a page."""
    return _number(session, "page_size")


def can_shrink(session: Session) -> bool:
    """Whether the file can be shortened: a property that a database gets when it is created."""
    return _number(session, "auto_vacuum") == INCREMENTAL


def give_back(session: Session, most: int, seconds: float = 60.0) -> int:
    """Shorten the file, in a transaction, by `most` free pages or as many as `seconds` allow; by how many it was."""
    end = time.perf_counter() + seconds
    before = pages(session)
    for _ in range(min(most, free_pages(session))):
        # Python steps a statement without columns once, which frees one page.
        session.run("PRAGMA incremental_vacuum(1)")
        if time.perf_counter() >= end:
            break
    return before - pages(session)
