"""The arithmetic of SharedWeights, as shared_weights.js does it in the browser."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convolab.figures.number_text import decimal, factor, weight

KINDS = ("shared", "local", "dense")


@dataclass(frozen=True)
class SharedWeightsView:
    """Everything the picture shows, as numbers."""

    matrix: np.ndarray  # (outputs, inputs with padding), 0 where there is no wire
    wired: np.ndarray  # where there is one
    padded: np.ndarray  # the inputs with their padding
    padding: int
    output: int
    wire: int
    counts: dict[str, int]

    @property
    def sums(self) -> np.ndarray:
        """What the outputs compute."""
        return self.matrix @ self.padded

    @property
    def columns(self) -> np.ndarray:
        """The columns that the chosen output is wired to."""
        return np.flatnonzero(self.wired[self.output])

    @property
    def lit(self) -> int:
        """The column of the wire that is lit."""
        return int(self.columns[self.wire])

    def outside(self, column: int) -> bool:
        """Whether a column is padding."""
        return not self.padding <= column < len(self.padded) - self.padding


def view(
    inputs, kernel, table, *, kind: str, stride: int, padding: int, output: int, wire: int
) -> SharedWeightsView:
    """The numbers of one state; `table` holds the weights of dense and local layers, row by row."""
    inputs, kernel, table = (np.asarray(a, dtype=float) for a in (inputs, kernel, table))
    n, size = len(inputs), len(kernel)
    padded = np.pad(inputs, padding)
    outputs = (len(padded) - size) // stride + 1
    matrix = np.zeros((outputs, len(padded)))
    wired = np.zeros(matrix.shape, bool)
    for o in range(outputs):
        if kind == "dense":
            here, weights = np.s_[padding : padding + n], table[o, :n]
        else:
            here = np.s_[o * stride : o * stride + size]
            weights = kernel if kind == "shared" else table[o, :size]
        matrix[o, here], wired[o, here] = weights, True
    output = max(0, min(outputs - 1, output))
    wire = max(0, min(int(wired[output].sum()) - 1, wire))
    counts = {"shared": size, "local": size * outputs, "dense": n * outputs}
    return SharedWeightsView(matrix, wired, padded, padding, output, wire, counts)


def spelled(v: SharedWeightsView) -> list[tuple[str, str]]:
    """y(2) = 1·(−1) + … in pieces (text, role)."""
    pieces = [(f"y({v.output})", "output"), (" = ", "quiet")]
    for t, column in enumerate(v.columns):
        pieces += [(" + ", "quiet")] if t else []
        pieces += [
            (factor(decimal(v.padded[column])), "padding" if v.outside(column) else "input"),
            ("·", "quiet"),
            (factor(weight(v.matrix[v.output, column])), "kernel"),
        ]
    return [*pieces, (" = ", "quiet"), (decimal(v.sums[v.output], 3), "output")]
