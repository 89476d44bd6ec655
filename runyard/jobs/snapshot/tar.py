"""A snapshot as one stream: a tar of regular files, the same bytes for the same snapshot."""

from __future__ import annotations

import hashlib
import os
import tarfile
from pathlib import Path
from typing import BinaryIO

from runyard.errors import CorruptData, InvalidParameter
from runyard.jobs.snapshot.blobs import Blobs
from runyard.jobs.snapshot.limits import MOST_BYTES, MOST_FILES
from runyard.jobs.snapshot.manifest import Entry, Snapshot, check_path, snapshot_of

_PIECE = 1024 * 1024
# Of a header that says a long name; tarfile reads it as one piece.
_MOST_HEADER_BYTES = 64 * 1024
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE)
_HEADERS = (tarfile.XHDTYPE, tarfile.GNUTYPE_LONGNAME)


def write_tar(manifest: Snapshot, blobs: Blobs, file: BinaryIO) -> None:
    """Stream a snapshot; raises NotFound for a file that is not kept, CorruptData for one of another size."""
    with tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for entry in manifest.entries:
            info = tarfile.TarInfo(entry.path)
            info.size = entry.size
            info.mode = 0o755 if entry.executable else 0o644
            with blobs.open(entry.sha256) as content:
                if os.fstat(content.fileno()).st_size != entry.size:
                    raise CorruptData(f"The kept file {entry.sha256} has not the size {entry.size}.")
                archive.addfile(info, content)


def extract_tar(
    file: BinaryIO, folder: Path, *, most_files: int = MOST_FILES, most_bytes: int = MOST_BYTES
) -> Snapshot:
    """Write the files of a tar into a folder, which must be new or empty, and say what they are.

    Whoever knows the snapshot compares its digest. Raises InvalidParameter for anything but regular files and folders
    below this one, for more than the limits, and for a broken archive; what was written until then stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise InvalidParameter(f"A snapshot is written into an empty folder: '{folder}' is not.")
    try:
        with tarfile.open(fileobj=file, mode="r|", tarinfo=_Checked) as archive:
            return _extract(archive, folder, most_files, most_bytes)
    except (tarfile.TarError, EOFError, UnicodeError) as error:
        raise InvalidParameter(f"The archive of a snapshot can't be read: {error}") from None


class _Checked(tarfile.TarInfo):
    """Refuses a header, before anything of it is used, that no snapshot has."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Checked:
        info = super().frombuf(buf, encoding, errors)
        if info.type in _HEADERS and info.size > _MOST_HEADER_BYTES:
            raise InvalidParameter(f"The archive has a header of {info.size} bytes.")
        if info.type not in (*_FILES, *_HEADERS, tarfile.DIRTYPE):
            raise InvalidParameter(f"The archive's member {info.name!r} must be a regular file or a folder.")
        return info


def _extract(archive: tarfile.TarFile, folder: Path, most_files: int, most_bytes: int) -> Snapshot:
    entries: list[Entry] = []
    left, members = most_bytes, 0
    for member in archive:
        members += 1
        # Folders, which need no entry of their own, are as many as files at most.
        if members > 2 * most_files or len(entries) >= most_files:
            raise InvalidParameter(f"The archive has more than {most_files} files.")
        # A header of another kind before it may have said its size, or that it has holes.
        if any(key.startswith("GNU.sparse") for key in member.pax_headers) or not 0 <= member.size <= left:
            raise InvalidParameter(f"The archive has more than {most_bytes} bytes, or a file with holes.")
        check_path(member.name)
        target = folder / member.name
        if member.isdir():
            _make_folders(folder, target)
            continue
        _make_folders(folder, target.parent)
        entries.append(_write(archive, member, target))
        left -= member.size
    return snapshot_of(entries)


def _make_folders(root: Path, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        name = folder.relative_to(root)
        raise InvalidParameter(f"The archive has '{name}' as a file and as a folder.") from None


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> Entry:
    """Write one file; no link can be in its way, since the folder was empty and links are refused."""
    executable = bool(member.mode & 0o100)
    content = archive.extractfile(member)
    assert content is not None
    try:
        descriptor = os.open(
            target,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC,
            0o755 if executable else 0o644,
        )
    except (FileExistsError, IsADirectoryError):
        raise InvalidParameter(f"The archive has '{member.name}' twice.") from None
    digest = hashlib.sha256()
    with os.fdopen(descriptor, "wb") as file:
        while data := content.read(_PIECE):
            digest.update(data)
            file.write(data)
    return Entry(member.name, member.size, digest.hexdigest(), executable)
