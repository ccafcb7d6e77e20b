"""Makes lenet_digits.npz: the weights of a LeNet that the course's own engine trained on digits32.

It learns from the four fifths of the digits that `split(labels)` names, so the last fifth can show
how it does on digits it has never seen. Run from the course's folder, takes some seconds:
`python data/make_lenet_digits.py`. On another processor the last decimals may differ.
"""

from pathlib import Path

from convolab.data import digits32, split
from convolab.nn import error, lenet, train


def main():
    images, labels = digits32()
    images = images[:, None]
    learn, test = split(labels)
    model = lenet(seed=0)
    history = train(model, images[learn], labels[learn], epochs=60, batch=64, shift=2, seed=0)
    target = Path(__file__).with_name("lenet_digits.npz")
    model.save(target)
    print(f"loss {history.loss[-1]:.4f}, test error {error(model, images[test], labels[test]):.2%}")
    print(f"{target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
