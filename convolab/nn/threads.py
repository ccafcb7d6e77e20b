"""One thread for the network's matrix products.

They are so small that sharing them among processors costs more than it saves, twenty times more if
other programs need the processors too.
"""

from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def _libraries():
    return ThreadpoolController()


def one_thread():
    """A context in which NumPy's linear algebra keeps to one thread; takes a few microseconds."""
    return _libraries().limit(limits=1, user_api="blas")
