"""Goes through a code folder and says which files a job takes, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from runyard.errors import InvalidParameter
from runyard.jobs.snapshot.ignore import ALWAYS, Ignores, always_ignored, ignores_of
from runyard.jobs.snapshot.manifest import check_encoding

_DEEPEST = 100


@dataclass(frozen=True)
class Found:
    """A file to be taken: its path in the snapshot, and where it lies once links are followed."""

    path: str
    real: Path
    size: int


class _Walk:
    def __init__(self, root: Path, ignores: Ignores) -> None:
        self._root = root
        self._ignores = ignores

    def files(self, folder: Path, prefix: str, above: tuple[Path, ...]) -> Iterator[Found]:
        """The files below `folder`, a real path; `above` are those that led here, to notice a circle of links."""
        if prefix.count("/") > _DEEPEST:
            raise InvalidParameter(f"The code's folders lie more than {_DEEPEST} deep: '{prefix[:60]}…'")
        for entry in _listed(folder, prefix):
            path = f"{prefix}{entry.name}"
            if entry.name in ALWAYS:
                continue
            check_encoding(path)
            if not entry.is_symlink():
                yield from self._one(Path(entry.path), path, above)
            elif not self._ignores(path, False) and not self._ignores(path, True):
                yield from self._linked(Path(entry.path), path, above)

    def _one(self, real: Path, path: str, above: tuple[Path, ...]) -> Iterator[Found]:
        try:
            status = real.lstat()
        except FileNotFoundError:
            return  # removed just now
        if stat.S_ISDIR(status.st_mode):
            # What lies below an ignored folder can't be taken back by a later rule, as with git.
            if not self._ignores(path, True) and not always_ignored(real):
                yield from self.files(real, f"{path}/", (*above, real))
        elif not self._ignores(path, False):
            if not stat.S_ISREG(status.st_mode):
                raise InvalidParameter(
                    f"The code holds '{path}', which is no regular file: remove it or name it in .amlignore."
                )
            yield Found(path, real, status.st_size)

    def _linked(self, link: Path, path: str, above: tuple[Path, ...]) -> Iterator[Found]:
        """What a link leads to, under the link's own name."""
        real = self._target(link, path)
        inside = real.relative_to(self._root)
        if any(always_ignored(self._root / folder) for folder in [inside, *inside.parents][:-1]):
            return
        if real in above:
            raise InvalidParameter(
                f"The symbolic link '{path}' leads to a folder that it lies in: remove it or name it in .amlignore."
            )
        yield from self._one(real, path, above)

    def _target(self, link: Path, path: str) -> Path:
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):
            raise InvalidParameter(
                f"The symbolic link '{path}' leads nowhere: remove it or name it in .amlignore."
            ) from None
        if not real.is_relative_to(self._root):
            raise InvalidParameter(
                f"The symbolic link '{path}' leads out of the code folder, to '{real}': pass that as an input, copy "
                "it into the folder, or name the link in .amlignore."
            )
        return real


def _listed(folder: Path, prefix: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listed:
            return sorted(listed, key=lambda entry: entry.name)
    except FileNotFoundError:
        return []  # removed just now
    except OSError as error:
        raise InvalidParameter(
            f"The folder '{prefix}' of the code can't be read: {error.strerror}. Name it in .amlignore."
        ) from None


def walk(folder: Path) -> Iterator[Found]:
    """The files of a folder, which is a real path; raises InvalidParameter for what can't be taken."""
    if always_ignored(folder):
        raise InvalidParameter(
            f"The code folder '{folder}' is a workspace or holds no code: name another one."
        )
    return _Walk(folder, ignores_of(folder)).files(folder, "", (folder,))
