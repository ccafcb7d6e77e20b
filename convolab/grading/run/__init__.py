"""From submissions to the gradebook: the pool, the run of one submission, the recorder.

`run_hook` is what nbgrader calls for one submission. `pool` runs a class ahead of `recorder`, which
enters results as they come; `job` is the same work as plain data, for sending to a cluster.
`changes` compares a grading with the one before, and `dry_run` is a desk to try one on.
"""
