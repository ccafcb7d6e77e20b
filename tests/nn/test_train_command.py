"""`convolab train` says how well the network reads, and keeps what it learned."""

import numpy as np
import pytest
from rich.console import Console

from convolab import training
from convolab.data import Mnist
from convolab.nn import lenet, small_cnn
from convolab.problem import Problem


def run(**options):
    console = Console(record=True, width=120)
    return training.train_command(console, **options), console.export_text()


def test_the_digits_are_learned_and_kept(tmp_path):
    status, text = run(epochs=3, target=tmp_path / "new" / "folder")
    assert status == 0
    assert "1,438 digits to learn from, 359 to test with" in text
    assert "test error" in text
    assert "read as (columns)" in text
    assert "Test error:" in text
    small_cnn().load(tmp_path / "new" / "folder" / "weights.npz")
    assert (tmp_path / "new" / "folder" / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_mnist_is_learned_by_lenet(tmp_path, monkeypatch):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (60, 28, 28), dtype=np.uint8)
    labels = np.arange(60) % 10
    monkeypatch.setattr(training, "mnist", lambda folder: Mnist(images, labels, images, labels))
    status, text = run(mnist_folder=tmp_path, epochs=1, target=tmp_path)
    assert status == 0
    assert "61,706" in text
    lenet().load(tmp_path / "weights.npz")


def test_an_interruption_keeps_the_weights_and_says_so(tmp_path, monkeypatch):
    def interrupted(self, x, labels):
        raise KeyboardInterrupt

    monkeypatch.setattr("convolab.nn.Sequential.forward_backward", interrupted)
    status, text = run(epochs=3, target=tmp_path)
    assert status == 130
    assert "Interrupted" in text
    assert (tmp_path / "weights.npz").exists()


@pytest.mark.parametrize("options", [{"epochs": 0}, {"shift": -1}, {"shift": 9}, {"seed": -1}])
def test_numbers_out_of_range_are_a_problem(tmp_path, options):
    with pytest.raises(Problem, match="Epochs start at 1"):
        run(target=tmp_path, **options)


def test_a_target_that_cannot_be_written_and_missing_digits_are_problems(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Problem, match="cannot be made"):
        run(target=tmp_path / "file")
    with pytest.raises(Problem, match="There is no train-images"):
        run(mnist_folder=tmp_path, target=tmp_path)
