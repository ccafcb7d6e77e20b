"""The optimiser, stochastic gradient descent, and how the learning rate changes in a training."""

import numpy as np


class SGD:
    """Gradient descent with momentum, lesson 08's `sgd_step`, and weight decay.

    velocity ← momentum·velocity − learning_rate·(gradient + weight_decay·parameter),
    parameter ← parameter + velocity.

    Attributes:
        learning_rate: may be changed between two steps; a schedule does.

    Args:
        model: the network whose parameters are changed, all of them at once as one vector.
        weight_decay: pulls every parameter towards 0, against overfitting.
    """

    def __init__(self, model, learning_rate=0.1, momentum=0.9, weight_decay=0.0):
        self.model, self.learning_rate = model, learning_rate
        self.momentum, self.weight_decay = momentum, weight_decay
        self.velocity = np.zeros_like(model.parameter_vector)

    def step(self):
        """Changes the model's parameters, in place, by its present gradients."""
        parameters, gradients = self.model.parameter_vector, self.model.gradient_vector
        self.velocity *= self.momentum
        self.velocity -= self.learning_rate * gradients
        if self.weight_decay:
            self.velocity -= (self.learning_rate * self.weight_decay) * parameters
        parameters += self.velocity


# A schedule is a function. It is given the progress of the training, 0 at its start and 1 at its
# end, and returns the learning rate.


def cosine_decay(peak, warm_up=0.1):
    """A schedule: up in a straight line to `peak`, then down to 0 along half a cosine.

    Source: I. Loshchilov and F. Hutter, "SGDR", 2017 (without its restarts).

    Args:
        peak: the largest learning rate.
        warm_up: how much of the training is spent on the way up, from 0 to 1.
    """

    def learning_rate(progress):
        if progress < warm_up:
            return peak * progress / warm_up
        return peak * 0.5 * (1 + np.cos(np.pi * (progress - warm_up) / (1 - warm_up)))

    return learning_rate


def step_decay(initial, factor=0.1, milestones=(0.5, 0.75)):
    """A schedule: the learning rate `initial`, multiplied by `factor` at each of the milestones.

    Args:
        milestones: points of the training, from 0 to 1.
    """
    return lambda progress: initial * factor ** sum(progress >= point for point in milestones)
