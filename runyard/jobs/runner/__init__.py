"""Takes jobs from the queue and has them run on this machine: one supervisor for each node.

It may end at any moment and be started again: what it holds is in its folder, and supervisors go on without it.
"""
