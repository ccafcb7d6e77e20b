"""Folders of pictures, one a class, as a list of pictures and their labels."""

import numpy as np

from convolab.exercises import Exercise

from .shared import made

exercise = Exercise(
    points={"labels": 1, "empty": 0.5},
    says={
        "labels": "every picture and the number of its class",
        "empty": "a folder with nothing in it",
    },
    praise="The same folders give the same numbers, on your computer and on anybody else's.",
)

@exercise.right
def make_dataset(folders):
    classes = sorted(name for name in folders if len(folders[name]))
    pictures, labels = [], []
    for number, name in enumerate(classes):
        for picture in folders[name]:
            pictures.append(picture)
            labels.append(number)
    return pictures, np.array(labels, dtype=int), classes

@exercise.variant("names to numbers")
def make_dataset_numbers(folders):
    classes = []
    for name in sorted(folders):
        if folders[name]:
            classes.append(name)
    number = {name: place for place, name in enumerate(classes)}
    pairs = [(one, number[name]) for name in classes for one in folders[name]]
    return [one for one, _ in pairs], np.array([label for _, label in pairs]), classes

@exercise.variant("repeat")
def make_dataset_repeat(folders):
    kept = {name: folders[name] for name in sorted(folders) if len(folders[name]) > 0}
    pictures = [one for some in kept.values() for one in some]
    return pictures, np.repeat(np.arange(len(kept)), [len(some) for some in kept.values()]), list(kept)

exercise.also("extended", "for picture in folders[name]:\n            pictures.append(picture)\n            labels.append(number)", "pictures += folders[name]\n        labels += [number] * len(folders[name])")
exercise.also("a tuple of names", "classes\n", "tuple(classes)\n")

def one(salt):
    return made(2, 2, 3, salt=salt)

exercise.shows("labels",
    ({"cat": [one(1), one(2)], "boat": [one(3)]},), ({"b": [one(4)], "a": [one(5), one(6)], "c": [one(7)]},),
    ({"dog": [made(1, 2, salt=8), one(9)], "cat": [made(2, 1, salt=10)], "bird": [one(11)]},),
    ({"two": [one(12), one(13), one(14)], "three": [one(15)]},),
)
exercise.shows("empty",
    ({"cat": [one(1)], "boat": [], "dog": [one(2), one(3)]},), ({"z": [], "a": [one(4)], "m": [one(5)], "k": []},),
    ({"b": [one(6), one(7)], "a": []},),
)

@exercise.hidden
def make_dataset_hidden(rng):
    def some(several):
        return [rng.integers(0, 256, (2, 3, 3)).astype(np.uint8) for _ in range(several)]

    names = rng.permutation(["boat", "dog", "cat", "bird", "tree"])
    yield "labels", ({str(name): some(int(rng.integers(1, 4))) for name in names},)
    yield "empty", ({str(name): some(place % 3) for place, name in enumerate(names)},)

exercise.slip("in the order of the dictionary", "sorted(name for name in folders if len(folders[name]))", "[name for name in folders if len(folders[name])]",
    hint="The classes come in the order of the dictionary, which is another one on another computer. Sort the names first.")
exercise.slip("sorted backwards", "sorted(name for name in folders if len(folders[name]))", "sorted((name for name in folders if len(folders[name])), reverse=True)",
    hint="The names are sorted backwards. Class 0 is the first name in the alphabet.")
exercise.slip("empty folders kept", "sorted(name for name in folders if len(folders[name]))", "sorted(folders)",
    hint="A folder without pictures has become a class, which no picture will ever show. Leave it out before you count.")
exercise.slip("a folder of one left out", "if len(folders[name]))", "if len(folders[name]) > 1)",
    hint="A folder with a single picture is left out. Leave out only those that are empty.")
exercise.slip("names for numbers", "labels.append(number)", "labels.append(classes.index(name) + 1)",
    hint="Your classes are counted from 1. Count from 0: the network's first score is number 0.")
exercise.slip("the same label", "labels.append(number)", "labels.append(0)",
    hint="Every picture gets the label 0. It is the place of its folder's name among the classes.")
exercise.slip("numbered one by one", "labels.append(number)", "labels.append(len(labels))",
    hint="The pictures are numbered one by one. All pictures of one folder get the same label.")
exercise.slip("one label a folder", "            labels.append(number)", "        labels.append(number)",
    hint="There is one label for each folder. There should be one for each picture.")
exercise.slip("one picture a folder", "            pictures.append(picture)\n            labels.append(number)", "            pictures.append(picture)\n            labels.append(number)\n            break",
    hint="Only the first picture of each folder is taken. Take all of them.")
exercise.slip("lists in a list", "        for picture in folders[name]:\n            pictures.append(picture)\n            labels.append(number)", "        pictures.append(folders[name])\n        labels.append(number)",
    hint="The list holds whole folders. It should hold the pictures themselves, one after the other.")
exercise.slip("labels as a list of names", "return pictures, np.array(labels, dtype=int), classes", "return pictures, [classes[number] for number in labels], classes",
    hint="These labels are names. A network takes numbers: the place of the name among the classes.")
exercise.slip("classes forgotten", "return pictures, np.array(labels, dtype=int), classes", "return pictures, np.array(labels, dtype=int)",
    hint="The names of the classes are missing. Return three things: pictures, labels, classes.")
exercise.slip("classes and labels swapped", "return pictures, np.array(labels, dtype=int), classes", "return pictures, classes, np.array(labels, dtype=int)",
    hint="Labels and classes are swapped: first the labels, one a picture, then the names.")
exercise.slip("labels first", "return pictures, np.array(labels, dtype=int), classes", "return np.array(labels, dtype=int), pictures, classes",
    hint="Pictures and labels are swapped: the pictures come first.")
exercise.slip("pictures in the order of the dictionary", "for picture in folders[name]:", "for picture in folders[list(folder for folder in folders if len(folders[folder]))[number]]:",
    hint="Pictures and names do not belong together: the names are sorted, the pictures are still in the dictionary's order. Look each folder up by its name.")
exercise.slip("sorted by how many", "sorted(name for name in folders if len(folders[name]))", "sorted((name for name in folders if len(folders[name])), key=lambda name: len(folders[name]))",
    hint="The classes are sorted by how many pictures they have. Sort them by name.")
exercise.slip("numbered before the empty ones are left out", "for number, name in enumerate(classes):", "for name in classes:\n        number = sorted(folders).index(name)",
    hint="The numbers have gaps: empty folders were counted as well. Leave them out first, then count.")
