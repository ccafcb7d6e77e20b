"""Makes lenet_digits.npz: the weights of a LeNet that the course's own engine trained on digits32.

It learns from the four fifths of the digits that `split(labels)` picks, so the last fifth can show
how it does on unseen digits. Training often leaves some kernels of the first layer dead, so that
they respond to nothing, and lesson 07 wants to show all six. So seeds are tried from 0 on, and the
first one is taken for which every map is visible (`share_seen`). The test error has no say in it.

Run from the course's folder, takes about 20 seconds: `python data/make_lenet_digits.py`. On
another processor the last decimals may differ, and with them, in the end, the seed.
"""

from itertools import count
from pathlib import Path

from convolab.data import digits32, split
from convolab.nn import cosine_decay, error_rate, lenet, train
from convolab.ops import conv_forward

LEAST_SEEN = 0.03


def share_seen(parameters, images):
    """The share of visible pixels in each of the six maps of the first layer: those above a tenth
    of the largest number of all six.

    images: (N, 1, 32, 32). Returns an array (6,).
    """
    maps = conv_forward(images, parameters["conv1_w"], parameters["conv1_b"])
    return (maps > maps.max() / 10).mean(axis=(0, 2, 3))


def main():
    images, labels = digits32()
    images = images[:, None]
    learn, test = split(labels)
    for seed in count():
        model = lenet(seed)
        history = train(
            model,
            images[learn],
            labels[learn],
            epochs=60,
            batch_size=64,
            schedule=cosine_decay(0.05),
            weight_decay=0,  # it would make weakly responding kernels even smaller
            shift=2,
            seed=seed,
        )
        seen = share_seen(model.parameters, images[learn])
        print(f"seed {seed}: visible share of each map", *(f"{share:.1%}" for share in seen))
        if seen.min() >= LEAST_SEEN:
            break
    target = Path(__file__).with_name("lenet_digits.npz")
    model.save(target)
    wrong = error_rate(model, images[test], labels[test])
    print(f"loss {history.loss[-1]:.4f}, test error {wrong:.2%}")
    print(f"{target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
