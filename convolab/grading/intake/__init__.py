"""From a folder of downloads to submitted/: whose each notebook is, which copy counts, and why."""
