"""Grading on a Dask cluster: the same runs, on many machines, recorded by the one writer here."""
