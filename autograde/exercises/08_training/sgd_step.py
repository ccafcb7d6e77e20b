"""One step downhill with momentum: returns new (parameters, velocity)."""

import numpy as np

from convolab.exercises import Exercise

from .shared import moved, whole_numbers

exercise = Exercise(
    points={"first": 0.5, "again": 0.5},
    says={"first": "the first step, without velocity", "again": "a step with velocity"},
)

@exercise.right
def sgd_step(parameters, gradients, velocity, learning_rate, momentum=0.9):
    return moved(parameters, gradients, velocity, learning_rate, momentum)

@exercise.variant("a loop")
def sgd_step_loop(parameters, gradients, velocity, learning_rate, momentum=0.9):
    new_parameters, new_velocity = {}, {}
    for name, p in parameters.items():
        v = velocity[name] if name in velocity else np.zeros_like(p)
        new_velocity[name] = momentum * v - learning_rate * gradients[name]
        new_parameters[name] = p + new_velocity[name]
    return new_parameters, new_velocity

@exercise.variant("copies changed in place")
def sgd_step_copies(parameters, gradients, velocity, learning_rate, momentum=0.9):
    p = {name: array.copy() for name, array in parameters.items()}
    v = {name: velocity.get(name, np.zeros(array.shape)) * momentum for name, array in p.items()}
    for name in p:
        v[name] -= learning_rate * gradients[name]
        p[name] += v[name]
    return p, v

@exercise.variant("a list of two")
def sgd_step_comprehensions(parameters, gradients, velocity, learning_rate, momentum=0.9):
    if not velocity:
        velocity = {k: 0 * g for k, g in gradients.items()}
    v = {k: momentum * velocity[k] - learning_rate * g for k, g in gradients.items()}
    return [{k: parameters[k] + v[k] for k in v}, v]

P = {"w": np.array([[1.0, -2.0], [0.5, 3.0]]), "b": np.array([4.0, -1.0])}

G = {"w": np.array([[8.0, 2.0], [-4.0, 6.0]]), "b": np.array([-2.0, 10.0])}

V = {"w": np.array([[0.5, -1.0], [2.0, 0.25]]), "b": np.array([1.0, -3.0])}

ONE = [{"w": np.array([number])} for number in (2.0, 4.0, -0.5)]  # the lesson's own example
exercise.shows("first",
    (ONE[0], ONE[1], {}, 0.125), (P, G, {}, 0.25), ({"v": P["w"]}, {"v": G["w"]}, {}, 0.5, 0.5),
)
exercise.shows("again",
    (*ONE, 0.1), (P, G, V, 0.25, 0.5), (P, G, V, 0.125),
    ({"b": P["b"]}, {"b": G["b"]}, {"b": V["b"]}, 0.5, 0.0),
)

@exercise.hidden
def sgd_step_hidden(rng):
    sizes = {"a": (2, 3), "c": (4,)}
    p, g, v = ({name: whole_numbers(rng, *sizes[name]) / 4 for name in sizes} for _ in range(3))
    yield "first", (p, {**g, "a": g["a"] * [1, 0, 1]}, {}, 0.5)
    yield "again", (p, g, v, 0.25, 0.75)

exercise.slip("uphill", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, -learning_rate, momentum)",
    hint="The step goes uphill: the gradient says where the loss grows. Take `learning_rate` times the gradient away.")
exercise.slip("velocity taken away", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "_, new = moved(parameters, gradients, velocity, learning_rate, momentum)\n    return {name: parameters[name] - new[name] for name in parameters}, new",
    hint="The velocity already points downhill, with its minus sign. Add it to the parameters.")
exercise.slip("momentum on the parameters", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "new = {name: -learning_rate * gradients[name] for name in parameters}\n    return {name: momentum * parameters[name] + new[name] for name in parameters}, new",
    hint="momentum multiplies the parameters, which shrink. It belongs to the old velocity.")
exercise.slip("velocity not kept", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, {}, learning_rate, momentum)",
    hint="The old velocity is forgotten: the new one is momentum times the old, minus `learning_rate` times the gradient.")
exercise.slip("old velocity given back", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, learning_rate, momentum)[0], velocity",
    hint="The parameters are right, but the velocity that comes back is the old one.")
exercise.slip("old velocity added", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "_, new = moved(parameters, gradients, velocity, learning_rate, momentum)\n    return {name: parameters[name] + velocity.get(name, 0) for name in parameters}, new",
    hint="The parameters move with the old velocity. Work out the new one first, and add that.")
exercise.slip("empty velocity not handled", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "new = {n: momentum * velocity[n] - learning_rate * gradients[n] for n in parameters}\n    return {n: parameters[n] + new[n] for n in parameters}, new",
    hint="At the first step velocity is an empty dictionary, and `velocity[name]` stops with a KeyError. `velocity.get(name, 0)` takes 0 where there is none.")
exercise.slip("learning rate on everything", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "new = {n: learning_rate * (momentum * velocity.get(n, 0) - gradients[n]) for n in parameters}\n    return {n: parameters[n] + new[n] for n in parameters}, new",
    hint="The learning rate also multiplies the old velocity. It belongs to the gradient alone.")
exercise.slip("momentum always 0.9", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, learning_rate, 0.9)",
    hint="momentum is an argument; yours is always 0.9.")
exercise.slip("velocity not returned", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, learning_rate, momentum)[0]",
    hint="The velocity is missing from the result: return both dictionaries, parameters and velocity.")
exercise.slip("changes the old ones", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "for name in parameters:\n        velocity[name] = momentum * velocity.get(name, 0) - learning_rate * gradients[name]\n        parameters[name] += velocity[name]\n    return parameters, velocity",
    hint="The result is right, but the caller's dictionary or arrays are changed. Make new dictionaries, and write p + v rather than `p += v`.")
exercise.slip("velocity uphill", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "_, new = moved(parameters, gradients, velocity, -learning_rate, momentum)\n    return {name: parameters[name] - new[name] for name in parameters}, new",
    hint="The velocity points uphill, and is subtracted from the parameters. Here it points downhill: minus the learning rate times the gradient, and it is added.")
exercise.slip("learning rate when it is added", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "_, new = moved(parameters, gradients, velocity, 1.0, momentum)\n    return {name: parameters[name] + learning_rate * new[name] for name in parameters}, new",
    hint="The learning rate multiplies the velocity when it is added. It belongs to the gradient, inside the velocity.")
exercise.slip("a mean of velocity and gradient", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, learning_rate * (1 - momentum), momentum)",
    hint="The gradient is multiplied by 1 − momentum as well. Here it is multiplied by the learning rate alone.")
exercise.slip("momentum and learning rate swapped", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, momentum, learning_rate)",
    hint="Momentum and learning rate are swapped: momentum multiplies the old velocity, the learning rate the gradient.")
exercise.slip("learning rate always 0.1", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, 0.1, momentum)",
    hint="`learning_rate` is an argument; yours is always 0.1.")
exercise.slip("velocity first", "moved(parameters, gradients, velocity, learning_rate, momentum)", "moved(parameters, gradients, velocity, learning_rate, momentum)[::-1]",
    hint="The two results are swapped: first the parameters, then the velocity.")
exercise.slip("one name only", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "first = list(parameters)[:1]\n    p, v = moved(parameters, gradients, velocity, learning_rate, momentum)\n    return {name: p[name] for name in first}, {name: v[name] for name in first}",
    hint="Only the first name has moved. Is return inside the loop?")
exercise.slip("names of the velocity", "return moved(parameters, gradients, velocity, learning_rate, momentum)", "p, v = moved(parameters, gradients, velocity, learning_rate, momentum)\n    return {name: p[name] for name in velocity}, {name: v[name] for name in velocity}",
    hint="At the first step the velocity has no names, so nothing comes out. Go through the names of the parameters.")
