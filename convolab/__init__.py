"""Convolution Lab: from a list of ten numbers to a convolutional network that you wrote."""

__version__ = "0.1.0"
