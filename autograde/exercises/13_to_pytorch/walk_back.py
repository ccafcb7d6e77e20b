"""What autograd does: from a tape of what was computed, the slope of the last result."""

from convolab.exercises import Exercise

exercise = Exercise(
    points={"chain": 1, "paths": 1},
    says={"chain": "every name is used once", "paths": "a name is used several times"},
    praise="That is autograd: PyTorch writes the tape while you compute, and walks it back when you ask.",
)

@exercise.right
def walk_back(tape):
    slopes = {tape[-1][0]: 1}
    for result, inputs in reversed(tape):
        for name, slope in inputs.items():
            slopes[name] = slopes.get(name, 0) + slopes[result] * slope
    return slopes

@exercise.variant("zeros first")
def walk_back_zeros(tape):
    slopes = {}
    for result, inputs in tape:
        slopes[result] = 0
        for name in inputs:
            slopes[name] = 0
    slopes[result] = 1
    for place in range(len(tape) - 1, -1, -1):
        result, inputs = tape[place]
        for name in inputs:
            slopes[name] += inputs[name] * slopes[result]
    return slopes

@exercise.variant("all ways, one by one")
def walk_back_ways(tape):
    uses = {}
    for result, inputs in tape:
        for name, slope in inputs.items():
            uses.setdefault(name, []).append((result, slope))
    last = tape[-1][0]
    def of(name):
        return sum((slope * of(result) for result, slope in uses.get(name, [])), int(name == last))
    return {last: 1, **{name: of(name) for name in uses}}

exercise.also("turned round", "reversed(tape)", "tape[::-1]")

exercise.shows("chain",
    ([("y", {"x": 3}), ("z", {"y": 24})],), ([("z", {"a": 5, "b": -2})],),
    ([("h", {"x": 4, "w": 3}), ("r", {"h": 1}), ("loss", {"r": -0.5})],),
    ([("p", {"a": 2}), ("q", {"b": 7}), ("s", {"p": -3, "q": 5})],),
)
exercise.shows("paths",
    ([("y", {"x": 3}), ("z", {"x": 12, "y": 4})],),
    ([("a", {"w": 2}), ("b", {"w": -5}), ("c", {"a": 3, "b": 7})],),
    ([("a", {"x": 2, "w": 5}), ("b", {"a": 3, "w": 4}), ("c", {"b": -2, "a": 6, "x": 1})],),
)

@exercise.hidden
def walk_back_hidden(rng):
    def slope():
        return int(rng.choice([-4, -3, -2, 2, 3, 4]))
    yield "chain", ([("u", {"x": slope()}), ("v", {"u": slope(), "w": slope()}), ("t", {"v": slope()})],)
    yield "paths", ([("u", {"x": slope(), "w": slope()}), ("v", {"u": slope(), "w": slope()}), ("t", {"v": slope(), "u": slope(), "x": slope()})],)

STEP = "slopes[name] = slopes.get(name, 0) + slopes[result] * slope"
exercise.slip("replaced", STEP, "slopes[name] = slopes[result] * slope",
    hint="Where a name is used several times, only one of the ways counts. What comes back by every way is added to what is there already.")
exercise.slip("own slopes only", STEP, "slopes[name] = slopes.get(name, 0) + slope",
    hint="These are the slopes on the tape, added up. By the chain each is multiplied by the slope of the result that it went into.")
exercise.slip("added for multiplied", STEP, "slopes[name] = slopes.get(name, 0) + slopes[result] + slope",
    hint="Along a chain slopes are multiplied; you add them. Only different ways are added.")
exercise.slip("the result's slope without its own", STEP, "slopes[name] = slopes.get(name, 0) + slopes[result]",
    hint="The slope of the result comes back unchanged. Multiply it by the slope that the tape has for this name.")
exercise.slip("forwards", "reversed(tape)", "tape",
    hint="You walk forwards. The slope of a result has to be known before it goes on to its inputs: begin at the end of the tape.")
exercise.slip("forwards, unknown taken as 0", "in reversed(tape):\n        for name, slope in inputs.items():\n            slopes[name] = slopes.get(name, 0) + slopes[result] * slope", "in tape:\n        for name, slope in inputs.items():\n            slopes[name] = slopes.get(name, 0) + slopes.get(result, 0) * slope",
    hint="Only the last step of the tape gets anything. Walk from the end to the beginning, so that each result knows its own slope when its turn comes.")
exercise.slip("no beginning", "{tape[-1][0]: 1}", "{tape[-1][0]: 0}",
    hint="Everything is 0. The slope of the last result with respect to itself is 1: that is where the walk begins.")
exercise.slip("the last one 0", "return slopes", "slopes[tape[-1][0]] = 0\n    return slopes",
    hint="The last result has the slope 0. With respect to itself it is 1.")
exercise.slip("the last one left out", "return slopes", "del slopes[tape[-1][0]]\n    return slopes",
    hint="The last result is missing: its slope with respect to itself is 1.")
exercise.slip("intermediate results left out", "return slopes", "return {name: slope for name, slope in slopes.items() if name not in [r for r, _ in tape]}",
    hint="Only the inputs have a slope. Keep those of the results on the way as well, and the last one's, which is 1.")
exercise.slip("a list of numbers", "return slopes", "return list(slopes.values())",
    hint="These are the slopes without their names. Return the dictionary.")
exercise.slip("the first name's", "return slopes", "return slopes[next(iter(tape[0][1]))]",
    hint="That is one number. Return the dictionary of all slopes.")
exercise.slip("multiplied for added", STEP, "slopes[name] = slopes.get(name, 1) * slopes[result] * slope",
    hint="What comes back by different ways is multiplied. Along one way slopes are multiplied; the ways are added up.")
exercise.slip("begun at 1", STEP, "slopes[name] = slopes.get(name, 1) + slopes[result] * slope",
    hint="Each name begins with a slope of 1. Only the last result does; the others begin with 0.")
exercise.slip("subtracted", STEP, "slopes[name] = slopes.get(name, 0) - slopes[result] * slope",
    hint="What comes back is subtracted. Add it.")
exercise.slip("the first step left out", "reversed(tape)", "reversed(tape[1:])",
    hint="The first step of the tape is left out: walk back to the very beginning.")
exercise.slip("only the last step", "reversed(tape)", "tape[-1:]",
    hint="Only the last step of the tape is walked. Go on with the one before it, down to the first.")
exercise.slip("divided", "slopes[result] * slope", "slopes[result] / slope",
    hint="You divide by the slope on the tape. Along a chain slopes are multiplied.")
