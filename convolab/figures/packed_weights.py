"""Weights as the browser gets them: whole numbers of two bytes, and what one unit is worth."""

from collections.abc import Iterable

import numpy as np

_LARGEST = 32767


def packed_weights(arrays: Iterable[np.ndarray]) -> tuple[bytes, list[float]]:
    """All arrays one after another, the largest number of each being 32767, and what the unit of
    each array is worth."""
    arrays = list(arrays)
    worth = [float(np.abs(array).max() or 1) / _LARGEST for array in arrays]
    pairs = zip(arrays, worth, strict=True)
    return b"".join(np.rint(array / unit).astype("<i2").tobytes() for array, unit in pairs), worth


def unpacked_weights(
    packed: bytes, worth: Iterable[float], shapes: Iterable[tuple[int, ...]]
) -> list[np.ndarray]:
    """The arrays out of their bytes, as the browser has them."""
    numbers, arrays, start = np.frombuffer(packed, "<i2"), [], 0
    for shape, unit in zip(shapes, worth, strict=True):
        size = int(np.prod(shape))
        arrays.append(numbers[start : start + size].reshape(shape) * unit)
        start += size
    return arrays
