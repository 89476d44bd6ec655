"""Runs Alembic's migrations on a workspace folder; imported only when one is due."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from runyard.store.metadata.database import FILE_NAME

SCRIPTS = Path(__file__).parent / "migrations"


def configuration(folder: Path | None = None) -> Config:
    """Alembic's configuration for the database of `folder`."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    if folder is not None:
        url = f"sqlite:///{folder / FILE_NAME}"
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def knows(revision: str) -> bool:
    """Whether `revision` is one of this version's migrations."""
    try:
        return ScriptDirectory.from_config(configuration()).get_revision(revision) is not None
    except CommandError:
        return False


def back_up(folder: Path) -> Path:
    """Copy the database, consistent at one moment, beside itself; the copy's path."""
    target = folder / f"{FILE_NAME}.before-upgrade-{time.strftime('%Y%m%d-%H%M%S')}"
    source = sqlite3.connect(folder / FILE_NAME)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        copy.close()
        source.close()
    return target


def upgrade(folder: Path) -> Path:
    """Bring the database of `folder` to the newest schema after a backup; the backup's path."""
    backup = back_up(folder)
    command.upgrade(configuration(folder), "head")
    return backup
