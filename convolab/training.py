"""What `convolab train` does: trains a network on digits, says how well it reads, saves it."""

from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from convolab.data import digits, mnist, split
from convolab.nn import confusion_matrix, error_rate, lenet, small_cnn, train
from convolab.problem import Problem


def train_command(
    console: Console,
    *,
    mnist_folder: Path | None = None,
    epochs: int | None = None,
    shift: int | None = None,
    seed: int = 0,
    target: Path = Path("work", "trained"),
) -> int:
    """Trains the small network on the 8×8 digits, or LeNet on MNIST if a folder is given.

    epochs and shift (pixels): 20 and 1 for the digits, 10 and 0 for MNIST, if None. Writes
    weights.npz and curves.png into `target`.

    Returns:
        The exit status: 0, or 130 if it was interrupted.

    Raises:
        Problem: bad numbers, missing digits, or a target that cannot be written.
    """
    if (epochs is not None and epochs < 1) or not 0 <= (shift or 0) <= 8 or seed < 0:
        raise Problem("Epochs start at 1, the seed at 0, and shifts go from 0 to 8 pixels.")
    if mnist_folder is None:
        model, learn, test = small_cnn(seed), *_small_digits()
        epochs, shift, batch_size = epochs or 20, 1 if shift is None else shift, 64
    else:
        model, learn, test = lenet(seed), *_mnist(mnist_folder)
        epochs, shift, batch_size = epochs or 10, shift or 0, 128
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise Problem(f"{target} cannot be made ({reason.strerror}): choose another.") from None
    console.print(f"{len(learn[1]):,} digits to learn from, {len(test[1]):,} to test with.\n")
    console.print(model.summary() + "\n")
    history = train(
        model,
        *learn,
        epochs,
        batch_size=batch_size,
        shift=shift,
        seed=seed,
        test=test,
        progress_bar=console,
    )
    console.print(_epochs(history))
    console.print(_confusion(confusion_matrix(model, *test)))
    wrong = error_rate(model, *test)
    many = round(wrong * len(test[1]))
    seconds = f"{history.seconds[-1]:.1f} s of processor time" if history.seconds else "no epoch"
    digit = "digit" if many == 1 else "digits"
    console.print(f"\nTest error: {wrong:.2%} ({many} {digit}), {seconds}.")
    if history.interrupted:
        console.print("Interrupted: what was learned so far is kept.")
    model.save(target / "weights.npz")
    if history.loss:
        _draw(history, target / "curves.png")
    console.print(f"Weights and curves are in {target}.")
    return 130 if history.interrupted else 0


def _small_digits():
    images, labels = digits()
    images = (images[:, None] / 16).astype(np.float32)
    learn, test = split(labels)
    return (images[learn], labels[learn]), (images[test], labels[test])


def _mnist(folder):
    """Pictures of 28×28 with a frame of two zeros, as LeNet takes 32×32."""
    data = mnist(folder)
    frame = ((0, 0), (0, 0), (2, 2), (2, 2))
    learn, test = (np.pad(i[:, None], frame) for i in (data.train_images, data.test_images))
    return (learn, data.train_labels), (test, data.test_labels)


def _epochs(history):
    table = Table("epoch", "loss", "right in training", "test error", "CPU seconds")
    rows = zip(history.loss, history.accuracy, history.test_error, history.seconds, strict=False)
    for number, (loss, accuracy, wrong, seconds) in enumerate(rows, 1):
        table.add_row(
            str(number), f"{loss:.4f}", f"{accuracy:.2%}", f"{wrong:.2%}", f"{seconds:.1f}"
        )
    return table


def _confusion(counts):
    table = Table(title="Test digits: written (rows), read as (columns)")
    for name in ("", *map(str, range(len(counts)))):
        table.add_column(name, justify="right")
    for number, row in enumerate(counts):
        table.add_row(str(number), *(str(count) if count else "·" for count in row))
    return table


def _draw(history, path):
    """The loss, and the shares of wrong answers in training and test, epoch by epoch, as PNG."""
    from matplotlib.figure import Figure

    from convolab.figures.colours import LIGHT

    epochs = range(1, len(history.loss) + 1)
    wrong = 100 * (1 - np.array(history.accuracy))
    figure = Figure(figsize=(9, 3.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(epochs, history.loss, color=LIGHT["input"], marker="o")
    left.set(title="Loss in training", xlabel="epoch", ylabel="mean cross-entropy", yscale="log")
    right.plot(epochs, wrong, color=LIGHT["input"], marker="o", label="training")
    tested = 100 * np.array(history.test_error)
    right.plot(epochs[: len(tested)], tested, color=LIGHT["output"], marker="D", label="test")
    right.set(title="Wrong answers", xlabel="epoch", ylabel="%", ylim=(0, None))
    right.legend()
    for axes in (left, right):
        axes.xaxis.get_major_locator().set_params(integer=True)
    figure.savefig(path, dpi=120)
