"""Deletes for ever what is in the trash: docs/decisions/0010-purge.md."""
