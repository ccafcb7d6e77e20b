"""PyTorch, for the tests that compare with it: imported where it is first used, on one thread.

`from tests import pytorch as torch` costs nothing; the import itself takes seconds, and each
process that runs tests would pay for it while it collects them.
"""

from importlib.util import find_spec

import pytest

NOT_HERE = (
    "PyTorch is not installed: "
    "`python -m pip --python .venv/bin/python install torch` puts it into the environment."
)
NEEDED = pytest.mark.skipif(find_spec("torch") is None, reason=NOT_HERE)


def __getattr__(name):
    if name.startswith("__") or find_spec("torch") is None:
        raise AttributeError(name)
    import torch

    torch.set_num_threads(1)
    return getattr(torch, name)
