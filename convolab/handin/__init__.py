"""What is handed in: a notebook file read however it was saved, mended, looked over, and run."""
