"""What the docstrings of the graded exercises promise, each as a program that breaks that alone."""
