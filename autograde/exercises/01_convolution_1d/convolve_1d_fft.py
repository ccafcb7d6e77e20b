"""The full convolution of f with g, by the Fourier transform. Returns n + k − 1 numbers."""

import numpy as np

from convolab.exercises import Exercise

exercise = Exercise(
    says={"values": "the full convolution"},
    lists=True,
    ready_made=("convolve_1d", "correlate_1d", "convolve_2d", "correlate_2d"),
    praise="With long kernels nothing else in this lesson is as fast.",
)

@exercise.right
def convolve_1d_fft(f, g):
    length = len(f) + len(g) - 1
    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)

@exercise.variant("sum of products")
def convolve_1d_fft_by_hand(f, g):
    full = np.zeros(len(f) + len(g) - 1)
    for i in range(len(g)):
        full[i : i + len(f)] += g[i] * np.asarray(f)
    return full

exercise.also("complex transform", "np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)", "np.fft.ifft(np.fft.fft(f, length) * np.fft.fft(g, length)).real")
exercise.also("a power of two", "return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)", "size = 1 << (length - 1).bit_length()\n    return np.fft.irfft(np.fft.rfft(f, size) * np.fft.rfft(g, size), size)[:length]")

exercise.shows("values",
    (np.array([2, -1, 3, 5]), np.array([1, 10, 100])), (np.array([3, 0, 2]), np.array([1, 5])),
    (np.array([1.5, -2.0, 4.0, 0.5, 6.0]), np.array([0.5, 0.25, -1.0])), (np.array([2, -1, 3]), np.array([1, 10, 100])),
)

exercise.slip("no zeros added", "length = len(f) + len(g) - 1\n    return np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)", "n = len(f)\n    return np.fft.irfft(np.fft.rfft(f) * np.fft.rfft(g, n), n)",
    hint="The end of the output has come round to its beginning: the Fourier transform works in a circle. Give both transforms the length n + k − 1, so that zeros fill the gap.")
exercise.slip("length of the inverse forgotten", "np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length), length)", "np.fft.irfft(np.fft.rfft(f, length) * np.fft.rfft(g, length))",
    hint="One number is missing where n + k − 1 is odd: tell irfft the length too.")
exercise.slip("transforms added", "np.fft.rfft(f, length) * np.fft.rfft(g, length)", "np.fft.rfft(f, length) + np.fft.rfft(g, length)",
    hint="For the waves a convolution is a product: multiply the two transforms.")
