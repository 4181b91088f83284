"""What a motion came to: the stamp, the words, and the count as its kind wants it drawn."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.cards import verdict_choices, verdict_division, verdict_runoff
from bot.cards.alt import described
from bot.cards.balance import balance
from bot.cards.looks import Small
from bot.cards.scenes import Choices, Division, Picture, Runoff, Verdict, VerdictScene
from bot.cards.shapes import BLUE, INK, NEITHER, NO, PAPER, RED, YES, at, sign, svg
from bot.cards.smalltext import fit_small
from bot.cards.studio import Studio, lost, markup, shortened
from bot.language.speech import mark, say

HEIGHTS = (800, 1100, 1400, 1700)
_CHROME = 362
_BAND, _WHEN = 1000, 720
"""The room of the band's two texts together, and what the second takes of it at most (px)."""
_TITLE_WIDTH, _TITLE_LINE = 752, 1.2
_STAMPS: Mapping[Verdict, tuple[str, str]] = MappingProxyType(
    {
        Verdict.ADOPTED: (RED, YES),
        Verdict.REJECTED: (BLUE, NO),
        Verdict.LAPSED: ("#6b6255", NEITHER),
    }
)
_SEALED = mark("The numbers of this secret ballot stay in the box.")
_WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.ADOPTED: mark("ADOPTED"),
        Verdict.REJECTED: mark("REJECTED"),
        Verdict.LAPSED: mark("LAPSED"),
    }
)
_STAMP_WIDTH, _STAMP_SIZES = 192, (37, 33, 30, 27, 24, 21)
_BOX = (
    f'<path d="M40 130H240V262H40Z" fill="{INK}"/><path d="M22 112H258V138H22Z" fill="{INK}"/>'
    f'<path d="M92 120H188V128H92Z" fill="{PAPER}"/>'
    f'<path d="M104 24H176V120H104Z" fill="{PAPER}" stroke="{INK}" stroke-width="7"/>'
    f'<path d="M140 168L152 190L176 194L158 211L163 236L140 224L117 236L122 211L104 194L128 190Z"'
    f' fill="{RED}"/>'
)
_SMALL = (
    Small("when", (30, 26, 22), 40),
    Small("title", (46, 38, 32, 28), 114),
    Small("reason", (28, 24), 36),
    Small("terms", (30, 26, 22), 38),
    Small("people", (28, 24), 35),
)


def draw_verdict(scene: VerdictScene, studio: Studio) -> Picture:
    """Return *scene* as a picture, as tall as its count needs."""
    clean = studio.cleaner.line
    copy = {
        "when": clean(f"{_ballot(scene)} · {scene.dates}"),
        "title": clean(scene.title),
        "reason": clean(scene.reason),
        "terms": clean(scene.rule),
        "people": clean(_people(scene)),
        "hash": clean(_rules(scene)),
    }
    needed = _CHROME + _height(scene)
    height = next((height for height in HEIGHTS if height >= needed), HEIGHTS[-1])
    with studio.press.sheet("verdict", height) as sheet:
        sheet.fill(
            number=say("MOTION № {number}", number=scene.number),
            stamp=_stamp(scene.verdict, studio),
            body=_body(scene, studio, height - _CHROME),
            **{element: markup(shortened(clusters, 300)) for element, clusters in copy.items()},
        )
        sheet.style("stamp", "color", _STAMPS[scene.verdict][0])
        sheet.style("when", "width", f"{min(_BAND - sheet.box('number').width, _WHEN):g}px")
        sheet.style("title", "width", f"{_TITLE_WIDTH}px")
        sizes = {text.element: fit_small(sheet, text, copy[text.element]) for text in _SMALL}
        lines = round(sheet.box("title").height / (sizes["title"] * _TITLE_LINE))
        balance(sheet, "title", lines)
        return Picture(sheet.print(), sheet.width, height, _alt(scene), lost(*copy.values()))


def _people(scene: VerdictScene) -> str:
    if not scene.mover:
        return ""
    if not scene.seconders:
        return say("Moved by {mover}", mover=scene.mover)
    seconders = ", ".join(scene.seconders)
    return say("Moved by {mover}, seconded by {seconders}", mover=scene.mover, seconders=seconders)


def _ballot(scene: VerdictScene) -> str:
    return say("Secret ballot") if scene.secret else say("Open ballot")


def _rules(scene: VerdictScene) -> str:
    return say("rules {hash}", hash=scene.rules_hash[:12]) if scene.rules_hash else ""


def _stamp(verdict: Verdict, studio: Studio) -> str:
    (ink, path), word = _STAMPS[verdict], say(_WORDS[verdict])
    size = studio.size_for(word, "Russo One", _STAMP_SIZES, _STAMP_WIDTH)
    return f'{sign(path, 44, ink, 18)}<span style="font-size:{size}px">{word}</span>'


def _height(scene: VerdictScene) -> float:
    """Return how high the count is drawn."""
    match scene.count:
        case Choices():
            return verdict_choices.height(scene.count)
        case Runoff():
            return verdict_runoff.height(scene.count)
    return verdict_division.HEIGHT


def _body(scene: VerdictScene, studio: Studio, room: float) -> str:
    match scene.count:
        case Division():
            return verdict_division.body(scene.count, scene.turnout, studio)
        case Choices():
            return verdict_choices.body(scene.count, scene.turnout, studio, room)
        case Runoff():
            return verdict_runoff.body(scene.count, studio, room)
    words = at(0, 318, say(_SEALED), f"width:1072px;text-align:center;font-size:36px;color:{INK}")
    return at(396, 20, svg(280, 280, _BOX)) + words


def _alt(scene: VerdictScene) -> str:
    count = ""
    match scene.count:
        case Division():
            count = verdict_division.described(scene.count)
        case Choices():
            count = verdict_choices.described(scene.count)
        case Runoff():
            count = verdict_runoff.described(scene.count)
    turnout = "" if scene.turnout is None else verdict_division.turnout_words(scene.turnout)
    reason = f" ({scene.reason})" if scene.reason else ""
    verdict = say(_WORDS[scene.verdict])
    headline = say("Motion № {number}: {verdict}", number=scene.number, verdict=verdict)
    return described(
        f"{headline}{reason}.",
        f"{count} {turnout}",
        say("“{title}”", title=scene.title),
        # A Russian date ends in a dot of its own.
        f"{scene.rule}. {_ballot(scene)}, {scene.dates.removesuffix('.')}.",
        f"{_people(scene)}." if scene.mover else "",
    )
