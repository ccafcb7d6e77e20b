"""Photographs, channels last, as PyTorch takes them: channels first, from 0 to 1."""

import numpy as np

from convolab.exercises import Exercise

from .shared import numbers

exercise = Exercise(
    says={"values": "several photographs"},
    praise="reshape cuts the row of numbers elsewhere. transpose is what gives the axes another order.",
)

@exercise.right
def trap_layout(pictures):
    return pictures.transpose(0, 3, 1, 2) / 255

@exercise.variant("picture by picture")
def trap_layout_each(pictures):
    return np.array([[picture[:, :, channel] for channel in range(picture.shape[2])] for picture in pictures]) / 255

exercise.also("moveaxis", "pictures.transpose(0, 3, 1, 2)", "np.moveaxis(pictures, 3, 1)")
exercise.also("einsum", "pictures.transpose(0, 3, 1, 2)", "np.einsum(\"nhwc->nchw\", pictures)")

def photographs(*shape, salt):
    return (numbers(*shape, salt=salt) * 20 + 125).astype(np.uint8)

exercise.shows("values", photographs(2, 2, 4, 3, salt=1), photographs(1, 3, 3, 3, salt=2), photographs(3, 2, 2, 3, salt=3), photographs(1, 3, 2, 4, salt=4))

@exercise.wrong("as found", untouched=True,
    hint="The shape is right. But where does the first row of red numbers come from: what are the first numbers of a photograph, three pixels' reds or one pixel's red, green and blue?")
def trap_layout_found(pictures):
    n, height, width, channels = pictures.shape
    return pictures.reshape(n, channels, height, width) / 255

exercise.slip("turned on its side", "transpose(0, 3, 1, 2)", "transpose(0, 3, 2, 1)",
    hint="Rows and columns are swapped: the photograph has been tipped over. After the channel comes the row, then the column.")
exercise.slip("all axes reversed", "transpose(0, 3, 1, 2)", "T",
    hint=".T reverses all four axes. Only the channels move: (N, rows, columns, channels) becomes (N, channels, rows, columns).")
exercise.slip("not divided", " / 255", "",
    hint="The pixels are still from 0 to 255. Divide by 255.")
exercise.slip("multiplied", " / 255", " * 255",
    hint="You multiply by 255. Divide, so that the pixels are from 0 to 1.")
exercise.slip("whole numbers", " / 255", " // 255",
    hint="// throws away what is behind the point, and leaves 0 or 1. Divide with /.")
exercise.slip("as it was", "pictures.transpose(0, 3, 1, 2)", "pictures",
    hint="The channels are still last. They belong behind N.")
exercise.slip("another axis moved", "transpose(0, 3, 1, 2)", "transpose(0, 2, 3, 1)",
    hint="The rows are last now. The numbers in transpose say which old axis comes to each place: first 0, then the channels, which are axis 3.")
exercise.slip("channels reversed", "transpose(0, 3, 1, 2)", "transpose(0, 3, 1, 2)[:, ::-1]",
    hint="The channels are reversed: red, green, blue stay in this order.")
exercise.slip("other than 255", " / 255", " / 256",
    hint="The largest pixel is 255, and should become 1.")
