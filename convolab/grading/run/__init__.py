"""From what was handed in to what is in the gradebook: the pool, the run of one, the recorder."""
