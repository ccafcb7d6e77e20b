"""The answer of one kernel about the patch that begins at (row, col), without a bias."""

import numpy as np

from convolab.exercises import Exercise

from .shared import BLOCK, VOLUME

exercise = Exercise(
    says={"values": "patches of two volumes"},
    ready_made=("conv_layer", "conv_forward", "conv_2d", "count_parameters"),
)

@exercise.right
def gap_volume_at(volume, kernel, row, col):
    size = kernel.shape[1]
    return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))

@exercise.variant("channel by channel")
def gap_volume_at_channels(volume, kernel, row, col):
    size = kernel.shape[1]
    total = 0.0
    for c in range(len(volume)):
        total += np.sum(volume[c, row : row + size, col : col + size] * kernel[c])
    return total

@exercise.variant("loops")
def gap_volume_at_loops(volume, kernel, row, col):
    channels, rows, columns = kernel.shape
    total = 0
    for c in range(channels):
        for i in range(rows):
            for j in range(columns):
                total += volume[c, row + i, col + j] * kernel[c, i, j]
    return total

exercise.also("einsum", "return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))", "patch = volume[:, row : row + size, col : col + size]\n    return np.einsum(\"cij,cij->\", patch, kernel)")

exercise.shows("values", (VOLUME, BLOCK, 0, 0), (VOLUME, BLOCK, 1, 3), (VOLUME, BLOCK, 2, 1), (VOLUME / 2, np.arange(18).reshape(2, 3, 3) % 5 - 1.5, 1, 2))

exercise.slip("row and column exchanged", "return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))", "patch = volume[:, col : col + size, row : row + size]\n    return float(np.sum(patch * kernel))",
    hint="Row and column are swapped. After the channel comes the row, then the column.")
exercise.slip("first channel only", ":, row : row + size, col : col + size", "0, row : row + size, col : col + size",
    hint="Your patch has only channel 0. Take all channels: a colon alone.")
exercise.slip("always the corner", ":, row : row + size, col : col + size", ":, :size, :size",
    hint="Your patch begins in the top left corner wherever it is asked for. It should begin at row and col.")
exercise.slip("one short", "return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))", "patch = volume[:, row : row + size - 1, col : col + size - 1]\n    return float(np.sum(patch * kernel))",
    hint="The patch is one row and one column too small. A slice from row to row + size has size rows already: its end is not taken.")
exercise.slip("one number of each channel", "size = kernel.shape[1]\n    return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))", "return float(np.sum(volume[:, row, col] * kernel))",
    hint="That is one number of each channel. Take size rows and size columns: slices with a colon, from row and from col on.")
exercise.slip("slices that end at the size", ":, row : row + size, col : col + size", ":, row:size, col:size",
    hint="Your slices end at size, wherever they begin. What stands after the colon is where the slice ends: size further on than row, and size further on than col.")
exercise.slip("another shape than the kernel", "size = kernel.shape[1]\n    return float(np.sum(volume[:, row : row + size, col : col + size] * kernel))", "raise ValueError(\"operands could not be broadcast together\")",
    hint="Python stops because patch and kernel have different shapes. The patch takes all channels first, a colon alone, and then size rows and size columns.")
