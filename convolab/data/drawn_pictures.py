"""Pictures of boats, dogs, cats and birds, made from designers' drawings."""

import numpy as np

from convolab.data.shipped import data_file

DRAWN_CLASSES = ("boat", "dog", "cat", "bird")
DESIGNERS = ("Google", "Mozilla", "Microsoft", "Twitter", "EmojiOne", "Streamline", "OpenMoji")
SIDE = 32  # pixels of a picture
_TURN = 20  # degrees, at most, either way
_SIZE = 0.65, 1.0  # of the picture's side
_NOISE = 12  # of 255, standard deviation
_AT_ONCE = 256  # pictures; bounds the memory


def drawings(each=120, seed=0, share_alike=False):
    """Boats, dogs, cats and birds as six designers draw them: images (N, 32, 32, 3) uint8, red,
    green, blue, labels (N,) int, places in `DRAWN_CLASSES`, and designers (N,) int, places in
    `DESIGNERS`, whose last one is only there with `share_alike`.

    There are equally many pictures of every class by every designer, in random order. Each shows
    one of the designer's drawings (2 to 34 of a class), perhaps mirrored, turned by up to 20
    degrees, two thirds of the picture or more in size, on a ground of two colours with a little
    noise.

    Args:
        each: pictures of each class by each designer.
        seed: the same one gives the same pictures.
        share_alike: with the drawings under CC BY-SA 4.0 as well: OpenMoji, and more of EmojiOne.
            Pass pictures made of them on only under the same licence.

    Raises:
        ValueError: `each` is not a whole number from 1 on.
        Problem: a file of the course is missing.
    Source: data/README.md names every set, its designer and its licence.
    """
    return numbered_drawings(each, seed, share_alike)[:3]


def numbered_drawings(each=120, seed=0, share_alike=False):
    """The pictures of `drawings`, and of each which drawing it shows: images, labels, designers and
    numbers (N,) int. Pictures with the same number show the same drawing, placed anew.

    A drawing keeps its number whatever the arguments are. Those of a class by one designer follow
    one another in each of their sets.

    Args:
        each, seed, share_alike: as in `drawings`.

    Raises:
        ValueError, Problem: as in `drawings`.
    """
    require_each(each)
    sprites, kinds, makers = _sprites(share_alike)
    rng = np.random.default_rng(seed)
    chosen = np.concatenate(
        [
            rng.choice(np.flatnonzero((makers == maker) & (kinds == kind)), each)
            for maker in np.unique(makers)
            for kind in range(len(DRAWN_CLASSES))
        ]
    )
    chosen = rng.permutation(chosen)
    images = [
        _pictures(sprites[chosen[start : start + _AT_ONCE]], rng)
        for start in range(0, len(chosen), _AT_ONCE)
    ]
    return np.concatenate(images), kinds[chosen], makers[chosen], chosen


def require_each(each) -> None:
    """Refuse what is no number of pictures.

    Raises:
        ValueError: `each` is not a whole number from 1 on.
    """
    if isinstance(each, bool) or not isinstance(each, (int, np.integer)) or each < 1:
        raise ValueError(f"each must be a whole number from 1 on, got {each!r}")


def _sprites(share_alike):
    """The drawings (K, 40, 40, 4) as floats from 0 to 1, colours times opacity, and of each its
    class and its designer."""
    files = ["drawings.npz", "drawings_by_sa.npz"][: 2 if share_alike else 1]
    parts = []
    for name in files:
        with np.load(data_file(name), allow_pickle=False) as file:
            parts.append((file["sprites"], file["labels"], file["designers"]))
    sprites, labels, designers = (np.concatenate(part) for part in zip(*parts, strict=True))
    sprites = sprites.astype(np.float32) / 255
    sprites[..., :3] *= sprites[..., 3:]
    return sprites, labels.astype(int), designers.astype(int)


def _pictures(sprites, rng):
    """Each drawing turned, sized, placed, on a ground: (N, 40, 40, 4) → (N, 32, 32, 3) uint8."""
    count = len(sprites)
    angle = np.deg2rad(rng.uniform(-_TURN, _TURN, count))
    size = rng.uniform(*_SIZE, count)
    mirror = rng.choice([-1.0, 1.0], count)
    room = (1 - size)[:, None] * SIDE / 2 + 1  # one pixel may be cut off
    middle = SIDE / 2 + rng.uniform(-1, 1, (count, 2)) * room

    y, x = np.mgrid[:SIDE, :SIDE] + 0.5
    y, x = y - middle[:, 0, None, None], x - middle[:, 1, None, None]
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    scale = sprites.shape[1] / (size * SIDE)[:, None, None]
    half = sprites.shape[1] / 2
    at_y = (cos * y - sin * x) * scale + half - 0.5
    at_x = (sin * y + cos * x) * scale * mirror[:, None, None] + half - 0.5
    drawn = _between_pixels(sprites, at_y, at_x)
    on_it = drawn[..., :3] + (1 - drawn[..., 3:]) * _grounds(count, rng)
    on_it = on_it * 255 + rng.normal(0, _NOISE, on_it.shape)
    return np.clip(np.rint(on_it), 0, 255).astype(np.uint8)


def _between_pixels(sprites, y, x):
    """The drawings at places between their pixels, by bilinear interpolation; outside, nothing."""
    padded = np.pad(sprites, ((0, 0), (1, 1), (1, 1), (0, 0)))
    last = padded.shape[1] - 1
    y, x = np.clip(y + 1, 0, last), np.clip(x + 1, 0, last)
    top, left = (np.minimum(place.astype(int), last - 1) for place in (y, x))
    down, right = (y - top)[..., None], (x - left)[..., None]
    n = np.arange(len(sprites))[:, None, None]
    above = padded[n, top, left] * (1 - right) + padded[n, top, left + 1] * right
    below = padded[n, top + 1, left] * (1 - right) + padded[n, top + 1, left + 1] * right
    return above * (1 - down) + below * down


def _grounds(count, rng):
    """Grounds (N, 32, 32, 3): from one random colour to another, in a random direction."""
    first, second = rng.uniform(0.1, 0.9, (2, count, 1, 1, 3))
    direction = rng.uniform(0, 2 * np.pi, count)[:, None, None]
    y, x = np.mgrid[:SIDE, :SIDE] / (SIDE - 1) - 0.5
    share = 0.5 + np.sin(direction) * y + np.cos(direction) * x
    share = np.clip(share, 0, 1)[..., None]
    return first * (1 - share) + second * share
