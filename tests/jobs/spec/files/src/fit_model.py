"""The code of the job files beside it: it is kept, and not run."""

print("fitted")
