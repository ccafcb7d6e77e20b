"""Helpers that several exercises of this lesson share."""

import numpy as np


def made(*shape, salt=0):
    """A picture of uint8 in no order, the same one on every machine."""
    mixed = (np.arange(np.prod(shape), dtype=np.uint64) + 1 + 1000 * salt) * 2654435761 % 2**32
    mixed = (mixed ^ (mixed >> 15)) * 73244475 % 2**32
    return ((mixed ^ (mixed >> 16)) % 256).astype(np.uint8).reshape(shape)
