"""The pictures of the documentation: `python -m benchmarks.contact_sheet [--into docs/images]`.

Five hard texts in three styles on one sheet, each kind of verdict, a timeline strip, and the bot's
own art. What a designer looks at before anybody else does.
"""

import argparse
import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from benchmarks.sample_scenes import quotes, timeline, verdicts
from bot.cards.painter import Painter
from bot.cards.scenes import (
    Picture,
    Style,
)

THUMBNAIL = 480
GAP = 12
_WIDEST = 1000


def montage(pictures: Sequence[Picture], columns: int) -> Image.Image:
    """Return thumbnails in rows; each column as wide as a phone shows a card, and a half more."""
    shown = [_thumbnail(picture) for picture in pictures]
    rows = [shown[start : start + columns] for start in range(0, len(shown), columns)]
    heights = [max(picture.height for picture in row) for row in rows]
    size = (columns * (THUMBNAIL + GAP) + GAP, sum(heights) + GAP * (len(rows) + 1))
    sheet = Image.new("RGB", size, "#8f8f8f")
    top = GAP
    for row, height in zip(rows, heights, strict=True):
        for column, picture in enumerate(row):
            sheet.paste(picture, (GAP + column * (THUMBNAIL + GAP), top))
        top += height + GAP
    return sheet


def _thumbnail(picture: Picture) -> Image.Image:
    size = (THUMBNAIL, picture.height * THUMBNAIL // picture.width)
    with Image.open(io.BytesIO(picture.png)) as drawn:
        return drawn.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def saved(picture: Image.Image, path: Path) -> None:
    """Write *picture* small enough for a repository."""
    shown = picture.convert("RGB")
    shown.thumbnail((_WIDEST, 2 * _WIDEST), Image.Resampling.LANCZOS)
    shown.save(path, quality=75, method=6)
    print(f"{path}  {shown.width} × {shown.height}  {path.stat().st_size // 1024} KiB")


def write_art(painter: Painter, folder: Path) -> None:
    """Write the bot's own portrait and banner, as its profile takes them."""
    for name, picture in (("avatar", painter.avatar()), ("banner", painter.banner())):
        (folder / f"{name}.png").write_bytes(picture.png)
        print(f"{folder / name}.png  {picture.width} × {picture.height}")


def main() -> None:
    """Draw everything and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path("docs/images"))
    parser.add_argument("--art", action="store_true", help="only the avatar and the banner")
    parser.add_argument("--full", type=Path, help="also every picture at full size, into a folder")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    painter = Painter()
    write_art(painter, options.into)
    if options.art:
        return
    cards = [painter.paint_now(scene) for scene in quotes()]
    motions = {name: painter.paint_now(scene) for name, scene in verdicts().items()}
    strip = painter.paint_now(timeline())
    saved(montage(cards, len(Style)), options.into / "cards-quotes.webp")
    saved(montage(list(motions.values()), 2), options.into / "cards-verdicts.webp")
    saved(montage([strip], 1), options.into / "cards-timeline.webp")
    if options.full:
        options.full.mkdir(parents=True, exist_ok=True)
        drawn = {f"quote-{place:02}": card for place, card in enumerate(cards)}
        for name, picture in {**drawn, **motions, "timeline": strip}.items():
            (options.full / f"{name}.png").write_bytes(picture.png)


if __name__ == "__main__":
    main()
