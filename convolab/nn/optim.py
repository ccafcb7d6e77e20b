"""Walking downhill: stochastic gradient descent, and how the learning rate changes on the way."""

import numpy as np


class SGD:
    """Gradient descent with momentum and weight decay on a network's vector of parameters.

    velocity ← momentum·velocity − rate·(gradient + weight_decay·parameters),
    parameters ← parameters + velocity.
    """

    def __init__(self, momentum=0.9, weight_decay=0.0):
        self.momentum, self.weight_decay = momentum, weight_decay
        self.velocity = None

    def step(self, parameters, gradient, rate):
        """Changes `parameters` in place; `gradient` has the same shape."""
        if self.velocity is None:
            self.velocity = np.zeros_like(parameters)
        self.velocity *= self.momentum
        self.velocity -= rate * gradient
        if self.weight_decay:
            self.velocity -= (rate * self.weight_decay) * parameters
        parameters += self.velocity


# A schedule is a function from the progress of the training, 0 at its start and 1 at its end, to
# the learning rate.


def cosine(peak, warm_up=0.1):
    """Up in a straight line to `peak` in the first `warm_up` part, then half a cosine down to 0.

    Source: I. Loshchilov and F. Hutter, "SGDR", 2017 (without its restarts).
    """

    def rate(progress):
        if progress < warm_up:
            return peak * progress / warm_up
        return peak * 0.5 * (1 + np.cos(np.pi * (progress - warm_up) / (1 - warm_up)))

    return rate


def steps(rate, factor=0.1, at=(0.5, 0.75)):
    """The same rate, but multiplied by `factor` at each of the given points of the training."""
    return lambda progress: rate * factor ** sum(progress >= point for point in at)
