"""One picture file of any format as an array, or a sentence that says why it cannot be used.

Pillow reads the formats. A picture's size is read from its header before anything is decoded, and
a photograph is decoded at a fraction of its size, so that no file needs much memory.
"""

import stat
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SIDE = 128  # pixels of a picture's longer side, at most
LEAST = 8  # of its shorter side in the file
_LONGEST = 20  # times its shorter side
_BYTES = 200_000_000  # of a file
_PIXELS = 50_000_000  # of a picture that is decoded whole
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "DIB", "TIFF", "PPM", "JPEG2000", "ICO")
_MOVES = {"GIF", "PNG", "WEBP", "AVIF"}  # the others may hold several pictures, but no film
_DAMAGED = "is damaged, or was not copied to its end: copy it again from where it came from."
_NO_PICTURE = "is not a picture. JPEG, PNG, GIF, WebP, AVIF, BMP and TIFF can be read."
_HEIC = (
    "is in the HEIC format, which cannot be read here: save it as JPEG (on a Mac in Preview, File "
    "→ Export; on an iPhone Settings → Camera → Formats → Most Compatible for new photographs)."
)
# What a file is that is no picture for us: bytes that it has near its beginning, and a sentence.
_OTHERS = (
    ((b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypheim", b"ftypmif1", b"ftypmsf1"), _HEIC),
    ((b"<svg",), "is an SVG drawing, which has no pixels: export it as PNG."),
    ((b"%PDF",), "is a PDF: save the picture in it as PNG or JPEG."),
    ((b"<html", b"<!doctype html"), "is a web page and not a picture: download it once more."),
    ((b"PK\x03\x04",), "is a zip archive: unpack it here."),
    ((b"ftyp",), "is a film: save a frame of it as a picture."),
)


class NoPicture(Exception):
    """Why a file cannot be used: the end of a sentence that begins with its name."""


@dataclass(frozen=True)
class PictureFile:
    """A picture: `pixels` uint8, (H, W, 3) red, green, blue or, of a grey one, (H, W), at most
    `SIDE` on its longer side; and what should be said of it, the end of a sentence, or ""."""

    pixels: np.ndarray
    remark: str = ""


def read_picture(path: Path) -> PictureFile:
    """Read a picture file: turned as its camera says, reduced to `SIDE`, transparency on white.

    Raises:
        NoPicture: it cannot be used, with the reason.
    """
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise NoPicture("is a folder that cannot be looked into, or a link to one.")
        if not stat.S_ISREG(about.st_mode):
            raise NoPicture("is not a file.")
        if not about.st_size:
            raise NoPicture("is empty: copy it again from where it came from.")
        if about.st_size > _BYTES:
            raise NoPicture(f"has {about.st_size // 10**6} MB: {_BYTES // 10**6} are the most.")
        with path.open("rb") as file:
            return decode(file)
    except OSError as error:
        raise NoPicture(f"cannot be opened ({error.strerror}).") from error


def decode(file) -> PictureFile:
    """As `read_picture`, of an open file of bytes.

    Raises:
        NoPicture: it cannot be used, with the reason.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decoded(file)
    except NoPicture:
        raise
    except MemoryError as error:
        raise NoPicture("needs more memory than there is: reduce it first.") from error
    except Exception as error:  # decoders meet broken files with all kinds of errors
        raise NoPicture(_DAMAGED) from error


def _decoded(file) -> PictureFile:
    from PIL import Image, UnidentifiedImageError

    try:
        Image.init()
        known = [name for name in _FORMATS if name in Image.OPEN]  # AVIF is not in every Pillow
        picture = Image.open(file, formats=known)
    except UnidentifiedImageError as error:
        file.seek(0)
        raise NoPicture(_what_else(file.read(4096))) from error
    except Image.DecompressionBombError as error:
        raise NoPicture("has more than 178 million pixels: reduce it first.") from error
    _must_be_of_use(*picture.size)
    in_parts = picture.format in ("JPEG", "MPO") and not picture.info.get("progressive")
    if not in_parts and picture.width * picture.height > _PIXELS:
        size = f"{picture.width:,} × {picture.height:,}"
        raise NoPicture(
            f"has {size} pixels, more than {_PIXELS // 10**6} million: reduce it first."
        )
    several = getattr(picture, "is_animated", False)  # `n_frames` would read them all
    moves, pages = several and picture.format in _MOVES, several and picture.format == "TIFF"
    if in_parts:
        picture.draft(None, (SIDE, SIDE))
    picture.load()
    pixels = _pixels(picture)
    remark = "moves: only its first frame is used." if moves else ""
    return PictureFile(pixels, "has several pages: only the first is used." if pages else remark)


def _must_be_of_use(width: int, height: int) -> None:
    short, long = sorted((width, height))
    if short < LEAST:
        raise NoPicture(f"has {width} × {height} pixels: {LEAST} × {LEAST} are the least.")
    if long > _LONGEST * short:
        raise NoPicture(f"has {width:,} × {height:,} pixels: too narrow to show anything.")


def _what_else(start: bytes) -> str:
    """What a file is that Pillow does not know, by how it begins."""
    lower = start.lower()
    for marks, says in _OTHERS:
        if any(mark.lower() in (lower[:64] if b"<" not in mark else lower) for mark in marks):
            return says
    return _NO_PICTURE


def _pixels(picture) -> np.ndarray:
    """A decoded picture of any mode as its reduced, upright pixels."""
    from PIL import Image, ImageOps

    if picture.mode.startswith(("I", "F")):  # 16 bits or more for each pixel
        white = 65_535 if picture.mode.startswith("I;16") else None
        deep = picture if picture.mode == "F" else picture.convert("I").convert("F")
        return np.asarray(ImageOps.exif_transpose(_eight_bits(deep, white)))
    grey = picture.mode in ("1", "L", "LA", "La")
    if picture.has_transparency_data:
        picture = _reduced(picture.convert("RGBA"))
        white = Image.new("RGBA", picture.size, "white")
        white.info = picture.info
        picture = Image.alpha_composite(white, picture)
        picture.info = white.info
    else:
        picture = _reduced(picture.convert("L" if grey else "RGB"))
    return np.asarray(ImageOps.exif_transpose(picture).convert("L" if grey else "RGB"))


def _reduced(picture):
    picture.thumbnail((SIDE, SIDE))
    return picture


def _eight_bits(picture, white: int | None):
    """A grey picture of floats as one of bytes. If nobody knows how much its white is, that is 1,
    255, 65,535 or its largest number, the least of them that is enough."""
    from PIL import Image

    values = np.nan_to_num(np.asarray(_reduced(picture)), posinf=0, neginf=0).clip(0)
    most = values.max()
    white = white or next((white for white in (1, 255, 65_535) if most <= white), most)
    made = Image.fromarray(np.rint(values / white * 255).astype(np.uint8))
    made.info = picture.info
    return made
