"""Pictures with their colours first, moved by transpose and not by reshape."""

import numpy as np

from convolab.exercises import Exercise

from .shared import made

exercise = Exercise(
    says={"values": "the same pictures, colours first"},
    praise="The axes have changed places, and every pixel has kept its neighbours.",
)

@exercise.right
def trap_channels(pictures):
    return pictures.transpose(0, 3, 1, 2)

@exercise.variant("moveaxis")
def trap_channels_move(pictures):
    return np.moveaxis(pictures, -1, 1)

@exercise.variant("colour by colour")
def trap_channels_stack(pictures):
    return np.stack([pictures[..., colour] for colour in range(3)], axis=1)

exercise.also("swapped twice", "pictures.transpose(0, 3, 1, 2)", "pictures.swapaxes(1, 3).swapaxes(2, 3)")

exercise.shows("values",
    (made(1, 2, 2, 3),), (made(2, 2, 4, 3, salt=1),), (made(2, 3, 2, 3, salt=2),), (made(1, 4, 3, 3, salt=3),),
)

@exercise.wrong("as found", untouched=True,
    hint="The shape is right, so nothing complains. Follow one red pixel: where are its neighbours now?")
def trap_channels_found(pictures):
    n, high, wide, _ = pictures.shape
    return pictures.reshape(n, 3, high, wide)

R = "pictures.transpose(0, 3, 1, 2)"
exercise.slip("on its side", R, "pictures.transpose(0, 3, 2, 1)",
    hint="Now the pictures are turned onto their side: rows and columns have changed places as well. Keep them in their order.")
exercise.slip("rows in the middle", R, "pictures.transpose(0, 2, 3, 1)",
    hint="The rows have gone to the end. Only the colours move: the new axes are old 0, 3, 1, 2.")
exercise.slip("the wrong one to the front", R, "pictures.transpose(3, 0, 1, 2)",
    hint="The colours have gone before the pictures. The pictures stay in front: (N, 3, H, W).")
exercise.slip("blue first", R, "pictures.transpose(0, 3, 1, 2)[:, ::-1]",
    hint="The colours are in reversed order. Red, green, blue, as they were.")
exercise.slip("not moved", R, "pictures",
    hint="The colours are still last. Bring them to axis 1.")
