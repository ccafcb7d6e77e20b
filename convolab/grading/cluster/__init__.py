"""Grading on a Dask cluster: the same runs, on many machines, recorded by the one writer here.

`client` sends a `run.job` and submissions, `worker` runs them there, `cluster_runs` replaces
the pool. Only `--scheduler` imports this room.
"""
