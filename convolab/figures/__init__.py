"""The live figures of the lessons and the static plots beside them.

Each figure is loaded when it is first asked for, so that importing convolab stays cheap:

>>> from convolab.figures import SlidingKernel1D
>>> SlidingKernel1D(signal=[10, 9, 10, 9, 10, 1, 10, 9, 10, 8], kernel=[1/3, 1/3, 1/3])
"""

from importlib import import_module

_WHERE = {
    "AccuracyInterval": "accuracy_interval",
    "SlidingKernel1D": "sliding_kernel_1d",
    "SlidingKernel2D": "sliding_kernel_2d",
    "ConvArithmetic": "conv_arithmetic",
    "LayerStack": "layer_stack",
    "KernelEditor": "kernel_editor",
    "NetworkExplorer": "network_explorer",
    "PoolingExplorer": "pooling_explorer",
    "SharedWeights": "shared_weights",
    "TrainingMonitor": "training_monitor",
}

# What a figure takes, and what is no figure: it draws nothing that changes under a slider.
_BESIDE = {"Preset": "training_monitor_presets", "PictureCollector": "picture_collector"}

__all__ = list(_WHERE)


def __getattr__(name: str):
    where = (_WHERE | _BESIDE).get(name)
    if where is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{where}"), name)


def __dir__() -> list[str]:
    return [*globals(), *_WHERE, *_BESIDE]
