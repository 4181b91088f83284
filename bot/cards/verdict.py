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

HEIGHTS = (800, 1100, 1400, 1700)
_CHROME = 362
_TITLE_WIDTH, _TITLE_LINE = 752, 1.2
_STAMPS: Mapping[Verdict, tuple[str, str]] = MappingProxyType(
    {
        Verdict.ADOPTED: (RED, YES),
        Verdict.REJECTED: (BLUE, NO),
        Verdict.LAPSED: ("#6b6255", NEITHER),
    }
)
_SEALED = "The numbers of this secret ballot stay in the box."
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
        "when": clean(f"{'Secret' if scene.secret else 'Open'} ballot · {scene.dates}"),
        "title": clean(scene.title),
        "reason": clean(scene.reason),
        "terms": clean(scene.rule),
        "people": clean(_people(scene)),
        "hash": clean(f"rules {scene.rules_hash[:12]}" if scene.rules_hash else ""),
    }
    needed = _CHROME + _height(scene)
    height = next((height for height in HEIGHTS if height >= needed), HEIGHTS[-1])
    with studio.press.sheet("verdict", height) as sheet:
        sheet.fill(
            number=f"MOTION № {scene.number:d}",
            stamp=_stamp(scene.verdict),
            body=_body(scene, studio, height - _CHROME),
            **{element: markup(shortened(clusters, 300)) for element, clusters in copy.items()},
        )
        sheet.style("stamp", "color", _STAMPS[scene.verdict][0])
        sheet.style("title", "width", f"{_TITLE_WIDTH}px")
        sizes = {text.element: fit_small(sheet, text, copy[text.element]) for text in _SMALL}
        lines = round(sheet.box("title").height / (sizes["title"] * _TITLE_LINE))
        balance(sheet, "title", lines)
        return Picture(sheet.print(), sheet.width, height, _alt(scene), lost(*copy.values()))


def _people(scene: VerdictScene) -> str:
    seconded = f", seconded by {', '.join(scene.seconders)}" if scene.seconders else ""
    return f"Moved by {scene.mover}{seconded}" if scene.mover else ""


def _stamp(verdict: Verdict) -> str:
    ink, path = _STAMPS[verdict]
    return f"{sign(path, 44, ink, 18)}<span>{verdict.value.upper()}</span>"


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
    words = at(0, 318, _SEALED, f"width:1072px;text-align:center;font-size:36px;color:{INK}")
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
    return described(
        f"Motion № {scene.number}: {scene.verdict.value.upper()}{reason}.",
        f"{count} {turnout}",
        f"“{scene.title}”",
        f"{scene.rule}. {'Secret' if scene.secret else 'Open'} ballot, {scene.dates}.",
        f"{_people(scene)}.",
    )
