"""nbgrader's gradebook: what is entered, what is read, one writer at a time, late work."""
