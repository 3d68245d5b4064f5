"""Photos drawn anew: what else a file holds (where it was taken, by which phone) stays behind."""

from __future__ import annotations

import io
import warnings
from typing import Final

from PIL import Image, ImageOps

LARGEST_SIDE: Final = 2400
"""Pixels: enough to read a wall of post-its."""

MOST_PIXELS: Final = {"JPEG": 120_000_000, "PNG": 25_000_000}
"""A JPEG is read at the size that is needed; a PNG only as it is."""

_ENDINGS: Final = {"JPEG": "jpg", "PNG": "png"}


class NoPicture(ValueError):
    """This cannot be drawn anew."""


def drawn_anew(content: bytes) -> tuple[bytes, str]:
    """Return a photo or drawing without anything beside its pixels, and its ending.

    Raises:
        NoPicture: it is no JPEG or PNG, it is damaged, or it has too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=list(_ENDINGS)) as picture:
                return _drawn(picture)
    except NoPicture:
        raise
    except Exception as wrong:  # a decoder may raise anything over bytes from anybody
        raise NoPicture from wrong


def _drawn(picture: Image.Image) -> tuple[bytes, str]:
    kind = str(picture.format)
    if picture.width * picture.height > MOST_PIXELS[kind]:
        raise NoPicture
    if kind == "JPEG":
        picture.draft("RGB", (LARGEST_SIDE, LARGEST_SIDE))
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    upright = ImageOps.exif_transpose(picture)
    see_through = kind == "PNG" and ("A" in upright.mode or "transparency" in upright.info)
    plain = upright.convert("RGBA" if see_through else "RGB")
    # A new picture of the same pixels: nothing of the old one's notes comes along.
    bare = Image.new(plain.mode, plain.size)
    bare.paste(plain)
    out = io.BytesIO()
    bare.save(out, format=kind, **({"quality": 85} if kind == "JPEG" else {"optimize": False}))
    return out.getvalue(), _ENDINGS[kind]
