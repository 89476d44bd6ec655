"""One process per node of a job: prepares, starts the ranks, keeps their logs, and says how it went.

It works in a folder of its own, where it is told what to do (`order.json`) and says how it is (`status.json`), so that
neither the server nor the runner has to be there while a job runs.
"""
