"""The synchronous core: metadata, metrics and artifacts of one workspace folder."""
