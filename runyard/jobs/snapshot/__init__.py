"""The code of a job, kept by its content: docs/concepts/environments.md."""

from runyard.jobs.snapshot.blobs import Blobs
from runyard.jobs.snapshot.collect import FileChanged, collect
from runyard.jobs.snapshot.git import GitFailed, from_git
from runyard.jobs.snapshot.keep import keep
from runyard.jobs.snapshot.limits import TooMuchCode
from runyard.jobs.snapshot.manifest import Entry, Snapshot, decode, encode
from runyard.jobs.snapshot.tar import extract_tar, write_tar

__all__ = [
    "Blobs",
    "Entry",
    "FileChanged",
    "GitFailed",
    "Snapshot",
    "TooMuchCode",
    "collect",
    "decode",
    "encode",
    "extract_tar",
    "from_git",
    "keep",
    "write_tar",
]
