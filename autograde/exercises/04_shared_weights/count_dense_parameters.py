"""Weights and biases of a fully connected layer, together: a whole number."""

from convolab.exercises import Exercise

exercise = Exercise(
    points={"count": 0.75, "int": 0.25},
    says={"count": "weights and biases together", "int": "a whole number, an int"},
    asks={"int": "whole"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
)

@exercise.right
def count_dense_parameters(inputs, units):
    return inputs * units + units

exercise.also("bracket", "inputs * units + units", "(inputs + 1) * units")
exercise.also("unit by unit", "inputs * units + units", "sum(inputs + 1 for _ in range(units))")
exercise.also("two parts", "return inputs * units + units", "weights = units * inputs\n    biases = units\n    return weights + biases")

exercise.shows("count", (3 * 256 * 256, 1), (5, 4), (400, 120))
exercise.shows("int", (9, 2))
exercise.numpy_integers("int", 6, 7)

@exercise.hidden
def count_dense_parameters_hidden(rng):
    yield "count", (int(rng.integers(2, 999)), int(rng.integers(2, 99)))

exercise.slip("biases forgotten", "inputs * units + units", "inputs * units",
    hint="These are the weights. Each unit has a bias as well.")
exercise.slip("one bias in all", "inputs * units + units", "inputs * units + 1",
    hint="You counted one bias for the whole layer. Each unit has one.")
exercise.slip("a bias for each input", "inputs * units + units", "inputs * units + inputs",
    hint="You counted a bias for each input. It belongs to the unit, which adds it once to its sum.")
exercise.slip("a bias for each weight", "inputs * units + units", "2 * inputs * units",
    hint="You counted a bias for each weight. Each unit has one bias, however many inputs it has.")
exercise.slip("added", "inputs * units + units", "inputs + units",
    hint="Every unit has a weight for every input: multiply the two numbers, and then add the biases.")
