"""Ready plans: LeNet for 32×32 pictures, and a small network for the 8×8 digits."""

from convolab.nn.convolution import Conv2D
from convolab.nn.layers import Dense, Flatten, MaxPool2D, ReLU
from convolab.nn.model import Sequential


def lenet(seed=0, classes=10):
    """LeNet's plan on pictures (1, 32, 32): 6 and 16 kernels of 5×5, then 120, 84 and 10 units.

    Pooling stands before ReLU: the largest of four numbers made positive is the same as the
    largest of four positive ones, and there are a quarter as many to make positive.
    Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", 1998; ReLU, max pooling, dense connections and softmax are modern.
    """
    layers = [
        *(Conv2D(6, 5), MaxPool2D(2), ReLU()),
        *(Conv2D(16, 5), MaxPool2D(2), ReLU()),
        *(Flatten(), Dense(120), ReLU(), Dense(84), ReLU(), Dense(classes)),
    ]
    return Sequential(layers, (1, 32, 32), seed)


def small_cnn(seed=0, classes=10):
    """A small network for pictures (1, 8, 8)."""
    layers = [
        *(Conv2D(16, 3, padding=1), ReLU()),
        *(Conv2D(32, 3, padding=1), MaxPool2D(2), ReLU()),
        *(Flatten(), Dense(64), ReLU(), Dense(classes)),
    ]
    return Sequential(layers, (1, 8, 8), seed)
