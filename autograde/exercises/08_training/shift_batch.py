"""Every picture moved by its own step, zeros coming in: (N, 1, H, W) → (N, 1, H, W)."""

import numpy as np

from convolab import ops
from convolab.exercises import Exercise

from .shared import apart

exercise = Exercise(
    says={"values": "every picture moved by its own step"},
    praise="Hand the moved pictures to your training: a new picture in every epoch, for free.",
)

@exercise.right
def shift_batch(images, down, right):
    out = np.zeros(images.shape)
    for n in range(len(images)):
        out[n, 0] = ops.shift_image(images[n, 0], int(down[n]), int(right[n]))
    return out

@exercise.variant("list of pictures")
def shift_batch_list(images, down, right):
    steps = zip(images, down, right, strict=True)
    return np.array([ops.shift_image(i[0], int(d), int(r))[None] for i, d, r in steps])

@exercise.variant("a frame and a window")
def shift_batch_frame(images, down, right):
    far = int(max(abs(down).max(), abs(right).max()))
    rows, columns = images.shape[2:]
    padded = np.pad(images, ((0, 0), (0, 0), (far, far), (far, far)))
    out = np.zeros(images.shape)
    for n in range(len(images)):
        top, left = far - int(down[n]), far - int(right[n])
        out[n] = padded[n, :, top : top + rows, left : left + columns]
    return out

@exercise.variant("pixel by pixel")
def shift_batch_pixels(images, down, right):
    out = np.zeros(images.shape)
    for n, c, i, j in np.ndindex(images.shape):
        row, column = i + down[n], j + right[n]
        if 0 <= row < images.shape[2] and 0 <= column < images.shape[3]:
            out[n, c, row, column] = images[n, c, i, j]
    return out

exercise.shows("values",
    (apart(3, 1, 3, 4, salt=1), np.array([0, 1, -1]), np.array([1, 0, -1])),
    (apart(2, 1, 4, 3, salt=2), np.array([1, -1]), np.array([-1, 1])),
    (apart(1, 1, 3, 3, salt=3), np.array([0]), np.array([0])),
    (apart(2, 1, 4, 3, salt=4) / 2, np.array([-3, 1]), np.array([0, 1])),
    (apart(2, 1, 3, 4, salt=5) / 2, np.array([1, 0]), np.array([-3, 1])),
)

@exercise.wrong("wraps around",
    hint="What leaves on one side comes in on the other. Zeros should come in, as on blank paper.")
def shift_batch_rolls(images, down, right):
    moved_images = [
        np.roll(image, (int(d), int(r)), axis=(1, 2))
        for image, d, r in zip(images, down, right, strict=True)
    ]
    return np.array(moved_images)

exercise.slip("down and right swapped", "steps = zip(images, down, right, strict=True)\n    return np.array([ops.shift_image(i[0], int(d), int(r))[None] for i, d, r in steps])", "return shift_batch(images, right, down)", of="list of pictures",
    hint="down and right are swapped: down moves the rows.")
exercise.slip("the other way", "steps = zip(images, down, right, strict=True)\n    return np.array([ops.shift_image(i[0], int(d), int(r))[None] for i, d, r in steps])", "return shift_batch(images, -down, -right)", of="list of pictures",
    hint="The pictures move the other way: down is towards larger row numbers, right towards larger column numbers.")
exercise.slip("all by the first step", "steps = zip(images, down, right, strict=True)\n    return np.array([ops.shift_image(i[0], int(d), int(r))[None] for i, d, r in steps])", "return shift_batch(images, np.full(len(images), down[0]), np.full(len(images), right[0]))", of="list of pictures",
    hint="All pictures move by the step of the first. Each picture has its own, `down[n]` and `right[n]`.")
