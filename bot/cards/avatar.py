"""Foreign pictures: looked at before they are decoded, then drawn anew as our own small ones.

The engine never sees foreign bytes. What is too large, broken or of another kind is None, and the
card shows initials instead.
"""

import base64
import io
import warnings
from functools import lru_cache

from PIL import Image, ImageOps

MAX_BYTES = 1024 * 1024
MAX_PIXELS = 4_000_000
SIDE = 260
"""Pixels of the square a card shows."""

_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_PAPER = (255, 255, 255)


@lru_cache(maxsize=128)
def portrait(avatar: bytes, *, grey: bool) -> str | None:
    """Return *avatar* as the `data:` address of a square JPEG, or None if it cannot be shown.

    Of a moving picture the first frame is shown.
    """
    if not 0 < len(avatar) <= MAX_BYTES:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _encoded(_decoded(avatar), grey=grey)
    # Pillow's decoders raise nearly anything for hostile bytes; then there is no picture.
    except Exception:  # noqa: BLE001
        return None


def _decoded(avatar: bytes) -> Image.Image:
    with Image.open(io.BytesIO(avatar), formats=_FORMATS) as opened:
        if opened.width * opened.height > MAX_PIXELS:
            raise ValueError("too many pixels")
        opened.draft("RGB", (2 * SIDE, 2 * SIDE))
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        picture = upright.convert("RGBA")
    return ImageOps.fit(picture, (SIDE, SIDE), Image.Resampling.LANCZOS)


def _encoded(picture: Image.Image, *, grey: bool) -> str:
    flat = Image.new("RGB", picture.size, _PAPER)
    flat.paste(picture, mask=picture.getchannel("A"))
    if grey:
        flat = ImageOps.autocontrast(ImageOps.grayscale(flat), cutoff=1)
    file = io.BytesIO()
    flat.save(file, "JPEG", quality=92, subsampling=0)
    return "data:image/jpeg;base64," + base64.b64encode(file.getvalue()).decode("ascii")
