"""What lesson 12 says of new designers and of frozen layers, with the lesson's own numbers.

    python benchmarks/new_designers.py [seeds]

For each seed: the share of drawings that is recognised at random and by designers that the network
has not seen, and what 20 new pictures of each class by such a designer make of it: as it is, from
scratch, with a new last layer. About half a minute of processor time a seed. Seed 0 gave:

    at random 0.81, new designers 0.63 (0.48 to 0.75)
    the last layer 0.74: ahead of the network as it is by 0.09 ± 0.16, of one from scratch by
    0.15 ± 0.08 (mean and spread over the six designers)
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from convolab import nn
from convolab.data import drawings


def network(seed):
    """The lesson's network, 8,084 weights and biases."""
    layers = []
    for several in (8, 16, 32):
        layers += [nn.Conv2D(several, 3, padding=1), nn.MaxPool2D(2), nn.LeakyReLU(0.1)]
    return nn.Sequential([*layers, nn.Flatten(), nn.Dense(4)], (3, 32, 32), seed)


def train(model, pictures, labels, epochs=12, rate=0.05, shift=2, seed=0):
    """As in the lesson."""
    settings = {"batch_size": 32, "schedule": nn.cosine_decay(rate), "shift": shift, "seed": seed}
    nn.train(model, pictures, labels, epochs, **settings)
    return model


def share(model, pictures, labels):
    """The share that is recognised."""
    return float((model.predict(pictures) == labels).mean())


def first(images):
    """Colours first."""
    return np.ascontiguousarray(images.transpose(0, 3, 1, 2))


def crossed(model, pictures, labels, seed):
    """The shares by a new last layer and by a network from scratch, in five parts."""
    part, rng = np.empty(len(labels), int), np.random.default_rng(seed)
    for label in range(4):
        places = rng.permutation(np.flatnonzero(labels == label))
        part[places] = np.arange(len(places)) % 5
    seen, right = model.activations(pictures)[-2], np.zeros(2)
    for one in range(5):
        known = part != one
        head = nn.Sequential([nn.Dense(4)], seen.shape[1:], seed)
        train(head, seen[known], labels[known], 60, 0.005, 0, seed)
        fresh = train(network(seed), pictures[known], labels[known], 30, 0.02, 2, seed)
        right += [
            (head.predict(seen[~known]) == labels[~known]).sum(),
            (fresh.predict(pictures[~known]) == labels[~known]).sum(),
        ]
    return right / len(labels)


def measure(seed):
    """Prints what one seed gives."""
    images, labels, designers = drawings(each=60, seed=seed)
    batch, order = first(images), np.random.default_rng(seed).permutation(len(labels))
    kept, known = order[:240], order[240:]
    at_random = share(
        train(network(seed), batch[known], labels[known], seed=seed), batch[kept], labels[kept]
    )
    fresh, of, by = drawings(each=20, seed=100 + seed)
    fresh, new, table = first(fresh), [], []
    for designer in range(6):
        out = designers == designer
        model = train(network(seed), batch[~out], labels[~out], seed=seed)
        new.append(share(model, batch[out], labels[out]))
        his, its = fresh[by == designer], of[by == designer]
        table.append([share(model, his, its), *crossed(model, his, its, seed)])
    as_is, last, scratch = np.array(table).T
    print(f"seed {seed}: at random {at_random:.2f}, new designers {np.mean(new):.2f}", end=" ")
    print(np.round(new, 2), end="; ")
    said = (("as it is", as_is), ("from scratch", scratch), ("last layer", last))
    print(", ".join(f"{name} {shares.mean():.2f}" for name, shares in said), end="")
    for name, other in (("as it is", as_is), ("scratch", scratch)):
        ahead = last - other
        print(f"; ahead of {name} by {ahead.mean():.2f} ± {ahead.std(ddof=1):.2f}", end="")
    print(flush=True)


if __name__ == "__main__":
    for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 3):
        measure(seed)
