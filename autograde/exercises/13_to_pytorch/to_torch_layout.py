"""The course's weights under PyTorch's names and in its layout."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    points={"names": 1, "layout": 1},
    says={"names": "the names, with arrays that stay as they are", "layout": "dense layers"},
    praise="Kernels stay as they are, dense weights are transposed: names apart, the only difference.",
)

@exercise.right
def to_torch_layout(parameters):
    state = {}
    for name, array in parameters.items():
        kind = "weight" if name.endswith("_w") else "bias"
        state[name[:-2] + "." + kind] = array.T if array.ndim == 2 else array
    return state

@exercise.variant("asked by its name")
def to_torch_layout_names(parameters):
    state = {}
    for name in parameters:
        layer, kind = name.split("_")
        array = np.array(parameters[name])
        if layer.startswith("dense") and kind == "w":
            array = array.transpose()
        state[f"{layer}.{'weight' if kind == 'w' else 'bias'}"] = array
    return state

@exercise.variant("replaced")
def to_torch_layout_replaced(parameters):
    renamed = {name.replace("_w", ".weight").replace("_b", ".bias"): array for name, array in parameters.items()}
    return {name: array.T if array.ndim == 2 else array for name, array in renamed.items()}

exercise.also("contiguous", "array.T if array.ndim == 2 else array", "np.ascontiguousarray(array.T) if array.ndim == 2 else array")
exercise.also("turned in any case", "array.T if array.ndim == 2 else array", "array.T if array.ndim < 3 else array")

def conv(number, *shape, salt):
    return {f"conv{number}_w": numbers(*shape, salt=salt), f"conv{number}_b": numbers(shape[0], salt=salt + 1)}

def dense(number, inputs, units, salt):
    return {f"dense{number}_w": numbers(inputs, units, salt=salt), f"dense{number}_b": numbers(units, salt=salt + 1)}

exercise.shows("names", (conv(1, 2, 1, 2, 3, salt=1),), ({**conv(1, 2, 3, 2, 2, salt=3), **conv(2, 3, 2, 1, 2, salt=5)},), ({"dense1_b": numbers(3, salt=9), "conv1_b": numbers(2, salt=8)},), (conv(1, 1, 1, 1, 1, salt=20),))
exercise.shows("layout", (dense(1, 2, 3, salt=10),), ({**conv(1, 2, 1, 2, 2, salt=12), **dense(1, 4, 2, salt=14), **dense(2, 2, 2, salt=16)},), (dense(3, 1, 4, salt=18),))

@exercise.hidden
def to_torch_layout_hidden(rng):
    depth, units, size = (int(n) for n in rng.permutation([2, 3, 4]))
    yield "names", (conv(1, depth, units, size, size, salt=int(rng.integers(100, 900))),)
    yield "layout", ({**conv(2, depth, 1, 2, 2, salt=50), **dense(4, size, units, salt=int(rng.integers(100, 900)))},)

exercise.slip("nothing turned", "array.T if array.ndim == 2 else array", "array",
    hint="The dense weights are still (inputs, units). PyTorch's Linear keeps them as (units, inputs): transpose them.")
exercise.slip("everything turned", "array.T if array.ndim == 2 else array", "array.T",
    hint="You transpose the kernels as well. They have four axes, and PyTorch keeps them as this course does: only dense weights are transposed.")
exercise.slip("reshaped", "array.T if array.ndim == 2 else array", "array.reshape(array.shape[::-1]) if array.ndim == 2 else array",
    hint="reshape keeps the order of the numbers and breaks the rows elsewhere. Rows and columns are swapped by .T.")
exercise.slip("the underscore left", "name[:-2] + \".\" + kind", "name[:-1] + \".\" + kind",
    hint="A _ is left in the names: `conv1_w` becomes conv1.weight.")
exercise.slip("w and b left", "kind = \"weight\" if name.endswith(\"_w\") else \"bias\"", "kind = name[-1]",
    hint="The endings are still w and b. PyTorch calls them weight and bias.")
exercise.slip("weight and bias swapped", "\"weight\" if name.endswith(\"_w\") else \"bias\"", "\"bias\" if name.endswith(\"_w\") else \"weight\"",
    hint="weight and bias are swapped.")
exercise.slip("all weights", "\"weight\" if name.endswith(\"_w\") else \"bias\"", "\"weight\"",
    hint="Everything is called weight, so the biases have taken the places of the weights. Names that end in _b become bias.")
exercise.slip("underscore for the dot", "+ \".\" +", "+ \"_\" +",
    hint="Between the layer and the kind PyTorch has a dot: conv1.weight.")
exercise.slip("no dot", "name[:-2] + \".\" + kind", "name[:-2] + kind",
    hint="Between the layer and the kind belongs a dot: conv1.weight.")
exercise.slip("plural", "kind = \"weight\" if name.endswith(\"_w\") else \"bias\"", "kind = \"weights\" if name.endswith(\"_w\") else \"biases\"",
    hint="The names are singular: weight and bias.")
exercise.slip("the old names", "state[name[:-2] + \".\" + kind]", "state[name]",
    hint="The names are still the course's. PyTorch looks for conv1.weight, not for `conv1_w`.")
exercise.slip("the kind only", "state[name[:-2] + \".\" + kind]", "state[kind]",
    hint="The layer is missing in the names, so that each overwrites the one before: conv1.weight.")
exercise.slip("kernels only", "array.T if array.ndim == 2 else array", "array.T if array.ndim == 4 else array",
    hint="You transpose the kernels and leave the dense weights. It is the other way round.")
exercise.slip("weights only", "    return state", "    return {name: array for name, array in state.items() if name.endswith(\"weight\")}",
    hint="The biases are missing.")
exercise.slip("biases only", "    return state", "    return {name: array for name, array in state.items() if name.endswith(\"bias\")}",
    hint="The weights are missing.")
exercise.slip("the last one only", "    return state", "    return {name: state[name] for name in list(state)[-1:]}",
    hint="Only the last array comes back. Is `return` indented too far, or the dictionary made anew in each round?")
exercise.slip("returned in the first round", "    return state", "    return {name: state[name] for name in list(state)[:1]}",
    hint="Only the first array comes back: `return` is inside the loop. Move it to the left.")
exercise.slip("arrays only", "return state", "return list(state.values())",
    hint="These are the arrays without their names. Return the dictionary.")
exercise.slip("names only", "return state", "return list(state)",
    hint="These are the names without their arrays. Return the dictionary.")
