"""Artifacts behind `runyard://`: sent and fetched in parallel, checked, kept in the spool during outages."""
