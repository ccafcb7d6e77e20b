"""The live figures and their peers, as cells for figures.py: the same picture as
`ipywidgets.interact` draws it with matplotlib inline."""

from dataclasses import dataclass

PEER_START = """%matplotlib inline
import matplotlib.pyplot as plt, numpy as np
from ipywidgets import interact
"""


@dataclass(frozen=True)
class PeerPair:
    """A figure and its peer: cells, the slider's name in the figure, and into how many steps a
    drag from end to end is divided."""

    figure: str
    slider: str
    peer: str
    steps: int


PAIRS = {
    "SlidingKernel1D": PeerPair(
        "from convolab.figures import SlidingKernel1D\nSlidingKernel1D()",
        "place x",
        PEER_START
        + """f = np.array([10, 9, 10, 9, 10, 1, 10, 9, 10, 8.0]); g = np.full(3, 1 / 3)
y = np.convolve(f, g)
def draw(x=(0, 11)):
    figure, rows = plt.subplots(3, 1, sharex=True, figsize=(9, 5))
    rows[0].stem(f)
    rows[1].stem(np.arange(x - 2, x + 1), g[::-1])
    rows[2].stem(y[: x + 1])
    plt.show()
interact(draw);""",
        11,
    ),
    "SlidingKernel2D": PeerPair(
        "from convolab.figures import SlidingKernel2D\nimport numpy as np\n"
        "SlidingKernel2D(np.arange(100).reshape(10, 10) % 17, np.ones((3, 3)))",
        "row",
        PEER_START
        + """f = np.arange(100).reshape(10, 10) % 17
y = np.lib.stride_tricks.sliding_window_view(f, (3, 3)).sum((2, 3))
def draw(row=(0, 7), column=(0, 7)):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 5))
    left.imshow(f, cmap="gray")
    left.add_patch(plt.Rectangle((column - 0.5, row - 0.5), 3, 3, fill=False, edgecolor="red"))
    right.imshow(y)
    for (i, j), value in np.ndenumerate(y[: row + 1]):
        right.text(j, i, value, ha="center", va="center")
    plt.show()
interact(draw);""",
        7,
    ),
    "KernelEditor": PeerPair(
        "from convolab.figures import KernelEditor\nKernelEditor()",
        "weight",
        PEER_START
        + """from convolab import data, ops
f = data.hopper().astype(float)
def draw(weight=(-30, 30, 0.25)):
    kernel = np.array([[0, -1, 0], [-1, weight, -1], [0, -1, 0]])
    figure, axes = plt.subplots(1, 3, figsize=(9, 4))
    axes[0].imshow(f, cmap="gray")
    axes[1].imshow(kernel)
    axes[1].set_title(weight)
    axes[2].imshow(ops.convolve_2d(f, kernel, "same").clip(0, 255), cmap="gray")
    plt.show()
interact(draw);""",
        30,
    ),
    "PoolingExplorer": PeerPair(
        "from convolab.figures import PoolingExplorer\nPoolingExplorer()",
        "shift",
        PEER_START
        + """from convolab import ops
from convolab.figures.pooling_explorer import bars_of_a_two
f = bars_of_a_two()
def draw(shift=(-4, 4)):
    after = ops.shift_image(f, 0, shift)
    figure, axes = plt.subplots(2, 2, figsize=(9, 5))
    for column, values in enumerate((f, after)):
        pooled = ops.pool_2d(values, 2)
        axes[0, column].imshow(values, cmap="gray")
        axes[1, column].imshow(pooled)
        for (i, j), value in np.ndenumerate(pooled):
            axes[1, column].text(j, i, value, ha="center", va="center")
    figure.suptitle(shift)
    plt.show()
interact(draw);""",
        8,
    ),
    "SharedWeights": PeerPair(
        "from convolab.figures import SharedWeights\nSharedWeights()",
        "output",
        PEER_START
        + """f = np.array([0, 0, 1, 1, 1, 0, 0, 1]); g = np.array([-1, 0, 1])
matrix = np.array([np.pad(g, (o, 5 - o)) for o in range(6)])
def draw(output=(0, 5)):
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4))
    for o in range(6):
        for j in range(3):
            left.plot([o + j, o + 1], [0, 1], color="rb"[j == 0], alpha=1 if o == output else 0.3)
    right.imshow(matrix, cmap="RdBu_r")
    for (i, j), value in np.ndenumerate(matrix):
        right.text(j, i, value, ha="center", va="center")
    figure.suptitle(f"y({output}) = {f[output:output + 3] @ g}")
    plt.show()
interact(draw);""",
        5,
    ),
    "AccuracyInterval": PeerPair(
        "from convolab.figures import AccuracyInterval\nAccuracyInterval()",
        "pictures",
        PEER_START
        + """def draw(pictures=(10, 3000, 10)):
    figure, axes = plt.subplots(figsize=(9, 3))
    shares = np.array([0.95, 0.92])
    half = 1.96 * np.sqrt(shares * (1 - shares) / pictures)
    axes.barh(["network A", "network B"], shares, xerr=half)
    axes.set(xlim=(0.5, 1), title=f"{pictures} test pictures")
    plt.show()
interact(draw);""",
        30,
    ),
    "ConvArithmetic": PeerPair(
        "from convolab.figures import ConvArithmetic\nConvArithmetic()",
        "input I",
        PEER_START
        + """def draw(i=(1, 32), r=(1, 11), p=(0, 5), s=(1, 8)):
    padded = i + 2 * p
    size = max(0, (padded - r) // s + 1)
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 5))
    left.pcolormesh(np.pad(np.ones((i, i)), p), edgecolors="grey", cmap="Blues", vmin=0, vmax=2)
    for k in range(size):
        left.add_patch(plt.Rectangle((k * s, 0), r, r, fill=False, edgecolor="red"))
    right.pcolormesh(np.ones((max(1, size), max(1, size))), edgecolors="grey")
    figure.suptitle(f"({i} - {r} + 2*{p})/{s} + 1 = {(padded - r) / s + 1}")
    plt.show()
interact(draw);""",
        31,
    ),
    "LayerStack": PeerPair(
        "from convolab.figures import LayerStack\nLayerStack()",
        "size R",
        PEER_START
        + """from convolab import ops
def draw(size=(1, 11)):
    layers = [(size, 1), (2, 2), (5, 1), (2, 2)]
    side, sides, fields = 32, [32], [1]
    for n, (r, s) in enumerate(layers):
        side = ops.output_size(side, r, 0, s, strict=False)
        sides.append(side)
        fields.append(ops.receptive_field(layers[: n + 1]))
    figure, axes = plt.subplots(figsize=(9, 5))
    for n, (side, field) in enumerate(zip(sides, fields)):
        start = (32 - side) / 2
        for place in range(side):
            axes.add_patch(plt.Rectangle((start + place, n), 0.9, 0.4))
        axes.text(33, n, f"{side} x {side}, sees {field}")
    axes.set(xlim=(0, 40), ylim=(0, 6))
    plt.show()
interact(draw);""",
        10,
    ),
    "NetworkExplorer": PeerPair(
        "from convolab.figures import NetworkExplorer\nNetworkExplorer(layer='conv2', map=6)",
        "column",
        PEER_START
        + """from convolab import data, nn
model = nn.lenet().load(data.data_file("lenet_digits.npz"))
image = data.digits32()[0][5]
maps = model.activations(image[None, None])
def draw(column=(0, 9)):
    figure, axes = plt.subplots(5, 8, figsize=(9, 5))
    seen = [image, *maps[2][0], *maps[5][0]]
    for one, values in zip(axes.flat, seen):
        one.imshow(values, cmap="gray")
        one.axis("off")
    axes.flat[-1].bar(range(10), model.probabilities(image[None, None])[0])
    axes.flat[-2].imshow(maps[2][0][0, :5, column : column + 5], cmap="gray")
    figure.suptitle(column)
    plt.show()
interact(draw);""",
        9,
    ),
    "OcclusionExplorer": PeerPair(
        "from convolab.figures import OcclusionExplorer\nOcclusionExplorer(picture=3)",
        "column",
        PEER_START
        + """from convolab.figures.occlusion_explorer_network import trained, unseen_digits
model, image = trained(), unseen_digits()["the digit 3"]
def covered(row, column):
    copy = image.copy()
    copy[row : row + 3, column : column + 3] = 0
    return copy
every = np.array([[covered(i, j) for j in range(6)] for i in range(6)])
drops = 1 - model.probabilities(every.reshape(36, 1, 8, 8))[:, 3].reshape(6, 6)
def draw(column=(0, 5)):
    figure, axes = plt.subplots(1, 3, figsize=(9, 3))
    axes[0].imshow(covered(2, column), cmap="gray")
    axes[1].barh(range(10), model.probabilities(covered(2, column)[None, None])[0])
    axes[2].imshow(drops, cmap="RdBu_r", vmin=-1, vmax=1)
    plt.show()
interact(draw);""",
        5,
    ),
    "TrainingMonitor": PeerPair(
        """from convolab.figures import TrainingMonitor
import numpy as np
monitor, rng = TrainingMonitor(20), np.random.default_rng(0)
for i in range(20):
    monitor.epoch(loss=2 * 0.8**i, accuracy=1 - 0.6 * 0.8**i, validation=0.9 - 0.5 * 0.8**i,
                  kernels=rng.normal(size=(16, 1, 3, 3)))
monitor""",
        "epoch",
        PEER_START
        + """rng = np.random.default_rng(0)
told, kernels = 0.8 ** np.arange(20), rng.normal(size=(20, 16, 3, 3))
def draw(epoch=(1, 20)):
    figure, (upper, middle, below) = plt.subplots(3, 1, figsize=(9, 5))
    upper.plot(2 * told)
    middle.plot(1 - 0.6 * told)
    for axes in (upper, middle):
        axes.axvline(epoch - 1)
    below.imshow(np.hstack(kernels[epoch - 1]), cmap="RdBu_r")
    plt.show()
interact(draw);""",
        19,
    ),
}
