"""Which network to take, and what to say of it: chosen by validation, reported by the test."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the number of the network, and the share to report"},
    praise="The test set is asked one question, once, when everything has been decided.",
)

@exercise.right
def trap_choice(validation, test):
    best = int(np.argmax(validation))
    return best, float(test[best])

@exercise.variant("a loop")
def trap_choice_loop(validation, test):
    best = 0
    for number in range(len(validation)):
        if validation[number] > validation[best]:
            best = number
    return best, test[best]

exercise.also("lists", "int(np.argmax(validation))", "list(validation).index(max(validation))")
exercise.also("sorted", "int(np.argmax(validation))", "max(range(len(validation)), key=lambda n: validation[n])")

exercise.shows("values",
    (np.array([0.91, 0.95, 0.93]), np.array([0.94, 0.92, 0.96])), (np.array([0.8, 0.7, 0.75, 0.6]), np.array([0.7, 0.85, 0.6, 0.9])),
    (np.array([0.5, 0.875, 0.625]), np.array([0.75, 0.5, 0.25])), (np.array([0.75, 0.75, 0.5]), np.array([0.625, 0.875, 0.25])),
    (np.array([0.5, 0.75, 0.875]), np.array([0.75, 0.875, 0.625])),
)

@exercise.wrong("as found", untouched=True,
    hint="Which numbers decide here, and which are reported? If they are the same, luck is reported along with them.")
def trap_choice_found(validation, test):
    best = int(np.argmax(test))
    return best, float(test[best])

exercise.slip("validation reported", "float(test[best])", "float(validation[best])",
    hint="Now it is chosen by validation and reported by validation: the same mistake with another name. Report what has had no say, the test.")
exercise.slip("the best test result", "float(test[best])", "float(max(test))",
    hint="The network is chosen by validation, but the largest of all test results is reported. Report the one of the chosen network.")
exercise.slip("the mean of both", "np.argmax(validation)", "np.argmax(validation + test)",
    hint="The test still has a say, since both are added up. Let validation decide alone.")
exercise.slip("the worst", "np.argmax", "np.argmin",
    hint="That is the network that validation likes least.")
exercise.slip("the mean of all", "float(test[best])", "float(np.mean(test))",
    hint="That is the mean test result of all networks. Report the one of the chosen network.")
exercise.slip("no number", "return best, float(test[best])", "return float(test[best])",
    hint="The number of the chosen network is missing: return both.")
exercise.slip("swapped", "best, float(test[best])", "float(test[best]), best",
    hint="The two are swapped: first the number of the network, then the share.")
exercise.slip("the largest share for a number", "np.argmax(validation)", "np.max(validation)",
    hint="Always the first network is taken. `np.argmax` tells which network has the largest share; `np.max` gives that share, which as a whole number is 0.")
exercise.slip("the last network", "int(np.argmax(validation))", "len(validation) - 1",
    hint="The last network is always taken. Take the one that validation likes best.")
exercise.slip("the first network left out", "int(np.argmax(validation))", "1 + int(np.argmax(validation[1:]))",
    hint="The first network is never taken. Networks are counted from 0, and the first may be the best.")
