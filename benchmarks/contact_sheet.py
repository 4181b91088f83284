"""The pictures of the documentation: `python -m benchmarks.contact_sheet [--into docs/images]`.

Five hard texts in three styles on one sheet, each kind of verdict, a timeline strip, and the bot's
own art. What a designer looks at before anybody else does.
"""

import argparse
import io
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from benchmarks.hard_texts import HARD_TEXTS
from bot.cards.painter import Painter
from bot.cards.scenes import (
    Choices,
    Division,
    Emblem,
    Lane,
    Mark,
    Option,
    Picture,
    QuoteScene,
    Round,
    Runoff,
    Style,
    TimelineScene,
    Turnout,
    Verdict,
    VerdictScene,
)

THUMBNAIL = 600
GAP = 12
RED, OCHRE, BLUE = 0xA11D21, 0x8A6A1F, 0x4A6FA5


def portrait() -> bytes:
    """Return a drawn face, as an avatar would come."""
    picture = Image.new("RGB", (512, 512), "#3f5468")
    pencil = ImageDraw.Draw(picture)
    pencil.ellipse((40, 330, 472, 760), fill="#cf9434")
    pencil.ellipse((150, 90, 362, 350), fill="#e6c3a0")
    pencil.pieslice((130, 40, 382, 300), 180, 360, fill="#2a211c")
    pencil.rectangle((130, 160, 382, 186), fill="#2a211c")
    pencil.polygon(
        [
            (256, 56),
            (268, 92),
            (306, 92),
            (276, 114),
            (288, 150),
            (256, 128),
            (224, 150),
            (236, 114),
            (206, 92),
            (244, 92),
        ],
        fill="#c8102e",
    )
    pencil.ellipse((205, 222, 225, 242), fill="#2a211c")
    pencil.ellipse((287, 222, 307, 242), fill="#2a211c")
    pencil.arc((215, 250, 297, 310), 20, 160, fill="#7a3b2e", width=8)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def quotes() -> list[QuoteScene]:
    """Return the hard texts in every style, and one card of the canon in each."""
    avatar = portrait()
    scenes = [
        QuoteScene(
            text.words,
            text.name,
            text.meta,
            title=text.title,
            style=style,
            avatar=avatar if text.avatar else None,
        )
        for text in HARD_TEXTS
        for style in Style
    ]
    canon = (
        "We have no need of a frontier, said the delegate from Hamburg; what we need is a"
        " timetable, and somebody who can read it."
    )
    scenes += [
        QuoteScene(
            canon,
            "The delegate from Hamburg",
            "Chapter 12 · 9 May 1932",
            title="Red Orchestra",
            footer="Example words, not a passage of the work",
            style=style,
            emblem=Emblem("RO", RED),
            markdown=False,
        )
        for style in Style
    ]
    return scenes


def motion(
    number: int,
    title: str,
    verdict: Verdict,
    rule: str,
    **rest: Any,  # noqa: ANN401
) -> VerdictScene:
    """Return a motion of the house; *rest* are the fields of `VerdictScene` that differ."""
    fields: dict[str, Any] = {
        "secret": False,
        "dates": "1–4 November 1937",
        "mover": "Vera ☭",
        "seconders": ("Anatol", "Ilse Čapková"),
        "rules_hash": "3f9a2c77be01",
        **rest,
    }
    return VerdictScene(number, title, verdict, rule, **fields)


def verdicts() -> Mapping[str, VerdictScene]:
    """Return one motion of each kind and of each end."""
    until = (
        "That the Author be sent to the Gulag until a chapter of ten thousand words is delivered"
    )
    two_thirds = "2/3 of votes cast, quorum a third of the roll · S.O. 4.2"
    majority = "More than 1/2 of votes cast · S.O. 4.1"
    postponed = "That the winter offensive be postponed to spring"
    confident = "That this House has confidence in its chairman"
    share = Fraction(2, 3)
    return {
        "division": motion(
            42,
            until,
            Verdict.ADOPTED,
            two_thirds,
            count=Division(31, 4, 12, share, strictly=False),
            turnout=Turnout(47, 120, 40),
        ),
        "house": motion(
            43,
            postponed,
            Verdict.REJECTED,
            majority,
            secret=True,
            count=Division(1012, 300, 1100),
            turnout=Turnout(2412),
        ),
        "secret": motion(44, confident, Verdict.ADOPTED, majority, secret=True),
        "lapsed": motion(
            45,
            "That the reading room be painted red",
            Verdict.LAPSED,
            two_thirds,
            reason="no quorum",
            count=Division(5, 0, 2, share, strictly=False),
            turnout=Turnout(7, 60, 20),
        ),
        "choice": motion(
            46,
            "Where shall the next chapter be set?",
            Verdict.ADOPTED,
            "Most votes, two each · S.O. 5",
            count=Choices(PLACES, 47),
            turnout=Turnout(47, 120),
        ),
        "runoff": motion(
            47,
            "Who shall keep the minutes?",
            Verdict.ADOPTED,
            "Instant runoff: more than half of the ballots that still count · S.O. 6",
            count=Runoff(RUNOFF),
        ),
    }


PLACES = (
    Option("Leningrad", 19),
    Option("Vladivostok", 28, won=True),
    Option("Baku 🛢️ and the oil fields", 19),
    Option("Hamburg", 7),
)
RUNOFF = (
    Round((Option("Vera", 14), Option("Anatol", 12), Option("Ilse", 9), Option("Nobody", 5))),
    Round((Option("Vera", 15), Option("Anatol", 13), Option("Ilse", 10)), 2),
    Round((Option("Vera", 21, won=True), Option("Anatol", 14)), 5),
)

EVENTS = (
    (0, "1917-11-07", "7 November 1917", "The Winter Palace is taken"),
    (2, "1918-03-03", "3 March 1918", "Peace at Brest-Litovsk"),
    (1, "1921-03-01", "March 1921", "Kronstadt rises, and the fleet does not fire"),
    (0, "1923-10-21", "21 October 1923", "Hamburg rises; Saxony and Thuringia follow in the week"),
    (2, "1924-01-21", "21 January 1924", "Lenin dies at Gorki"),
    (2, "1926-05-03", "3 May 1926", "The general strike begins in Britain"),
    (1, "1928-10-01", "1928 to 1932", "The plan, and then the plan that corrects it"),
    (0, "1932-05-09", "9 May 1932", "The congress opens"),
    (0, "1932-05-12", "12 May 1932", "The congress is closed by the fire brigade"),
    (1, "1932-07-01", "July 1932", "The railways are counted"),
    (2, "1933-01-30", "30 January 1933", "Hindenburg appoints a chancellor"),
)


def timeline() -> TimelineScene:
    """Return a strip of three works; the events are made up, or known from school."""
    marks = tuple(
        Mark(lane, day, day + (1400 if "to" in words.split() else 0), words, title)
        for lane, iso, words, title in EVENTS
        for day in (date.fromisoformat(iso).toordinal(),)
    )
    lanes = (Lane("Red Orchestra", RED), Lane("Red Guards", OCHRE), Lane("Our Timeline", BLUE))
    return TimelineScene("From 1917 to 1933", lanes, marks, "what you have read so far")


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


def saved(picture: Image.Image, path: Path, colours: int = 256) -> None:
    """Write *picture* small enough for a repository: flat colours survive a palette."""
    picture.convert("RGB").quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path}  {picture.width} × {picture.height}  {path.stat().st_size // 1024} KiB")


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
    saved(montage(cards, len(Style)), options.into / "cards-quotes.png")
    saved(montage(list(motions.values()), 2), options.into / "cards-verdicts.png")
    saved(montage([strip], 1), options.into / "cards-timeline.png")
    if options.full:
        options.full.mkdir(parents=True, exist_ok=True)
        drawn = {f"quote-{place:02}": card for place, card in enumerate(cards)}
        for name, picture in {**drawn, **motions, "timeline": strip}.items():
            (options.full / f"{name}.png").write_bytes(picture.png)


if __name__ == "__main__":
    main()
