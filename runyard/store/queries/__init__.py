"""Reads that answer a page at once: plain SQL across tables, with only the columns that were asked for."""
