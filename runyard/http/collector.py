"""Lets Python's collector of cycles look at less, and less often: it took a seventh of the event loop's time.

Requests leave few cycles behind; counting references frees the rest. So there is little to find, and what is there for
good is not looked at again.
"""

from __future__ import annotations

import gc

# New objects between two looks for cycles among them (Python's own figure is 700).
YOUNG_OBJECTS = 10_000


def collect_rarely() -> None:
    """Call it once, when the server is ready."""
    gc.set_threshold(YOUNG_OBJECTS, *gc.get_threshold()[1:])
    keep_what_is_there()


def keep_what_is_there() -> None:
    """Never look again at what exists now; call it after imports and the like."""
    gc.collect()
    gc.freeze()
