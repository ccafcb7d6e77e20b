"""Two architectures: LeNet for 32×32 pictures, and a small network for the 8×8 digits."""

from convolab.nn.convolution import Conv2D
from convolab.nn.layers import Dense, Flatten, MaxPool2D, ReLU
from convolab.nn.model import Sequential


def lenet(seed=0, classes=10):
    """LeNet, for pictures (1, 32, 32): 6 and 16 kernels of 5×5, then 120, 84 and 10 units.

    Pooling comes before ReLU here, and after it in lesson 07. The result is the same, because ReLU
    never puts a smaller number above a larger one, and ReLU has a quarter of the work.

    Source: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to document
    recognition", 1998. ReLU, max pooling, dense connections and softmax are today's choices.

    Args:
        seed: decides the first weights.
        classes: how many scores come out.

    Returns:
        A Sequential, not trained.
    """
    layers = [
        *(Conv2D(6, 5), MaxPool2D(2), ReLU()),
        *(Conv2D(16, 5), MaxPool2D(2), ReLU()),
        *(Flatten(), Dense(120), ReLU(), Dense(84), ReLU(), Dense(classes)),
    ]
    return Sequential(layers, (1, 32, 32), seed)


def small_cnn(seed=0, classes=10):
    """A small network for pictures (1, 8, 8), with two convolutions; arguments as for `lenet`."""
    layers = [
        *(Conv2D(16, 3, padding=1), ReLU()),
        *(Conv2D(32, 3, padding=1), MaxPool2D(2), ReLU()),
        *(Flatten(), Dense(64), ReLU(), Dense(classes)),
    ]
    return Sequential(layers, (1, 8, 8), seed)
