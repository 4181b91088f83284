"""The bot's own pictures: its portrait and its banner."""

from bot.cards.scenes import Picture
from bot.cards.shapes import INK, PAPER, RED, at, svg
from bot.cards.studio import Studio

AVATAR = 512
BANNER = (1360, 480)

_OCHRE = "#d39a2d"
_RAY = "#a80d26"
# Three carbon copies, the last one typed upon; in a box of 100 × 100 around the middle of a circle.
_COPIES = (
    f'<path d="M41 16L83 24L74 75L32 67Z" fill="{INK}"/>'
    f'<path d="M33 20L76 26L68 78L25 72Z" fill="{_OCHRE}"/>'
    f'<path d="M25 24L69 28L63 83L19 79Z" fill="{PAPER}"/>'
    f'<path d="M29 33L62 36L61 45L28 42Z" fill="{RED}"/>'
    f'<path d="M27 50L59 53L58.6 57L26.6 54Z" fill="{INK}"/>'
    f'<path d="M26.1 59L58.1 62L57.7 66L25.7 63Z" fill="{INK}"/>'
    f'<path d="M25.2 68L44.2 69.8L43.8 73.8L24.8 72Z" fill="{INK}"/>'
)

_GUILLEMETS = (
    f'<path d="M70 26L26 76L70 126H92L58 76L92 26ZM118 26L74 76L118 126H140L106 76L140 26Z" '
    f'fill="{PAPER}"/>'
)


def draw_avatar(studio: Studio) -> Picture:
    """Return the portrait, 512 × 512; whole within the circle that Discord cuts."""
    rays = f'<path d="M0 0H30L100 88V100H62L0 24Z" fill="{_RAY}"/>'
    body = f'<g transform="scale({AVATAR / 100})">{rays}'
    body += f'<g transform="translate(-1 0)">{_COPIES}</g></g>'
    alt = "Three carbon copies on red, the last one typed upon."
    return _printed(studio, AVATAR, AVATAR, at(0, 0, svg(AVATAR, AVATAR, body)), alt)


def draw_banner(studio: Studio) -> Picture:
    """Return the banner, 1360 × 480; Discord lays the portrait over its lower left."""
    width, height = BANNER
    ground = (
        f'<path d="M0 0H{width}V{height}H0Z" fill="{PAPER}"/>'
        f'<path d="M0 0H430L560 240L330 480H0Z" fill="{RED}"/>'
        f'<path d="M458 0H486L620 240L392 480H364L592 240Z" fill="{INK}"/>'
        f'<path d="M1360 372V394L1010 480H920Z" fill="{INK}"/>'
        f'<path d="M1360 414L1092 480H1360Z" fill="{RED}"/>'
        f'<g transform="translate(60 22) scale(1.6)">{_GUILLEMETS}</g>'
    )
    words = at(676, 142, "SAMIZDAT", f"font-size:112px;color:{INK}") + at(
        680, 274, "Read it, copy it, pass it on.", f"font-size:43.5px;color:{RED}"
    )
    alt = "Samizdat, in black beside a red wedge: “Read it, copy it, pass it on.”"
    return _printed(studio, width, height, at(0, 0, svg(width, height, ground)) + words, alt)


def _printed(studio: Studio, width: int, height: int, body: str, alt: str) -> Picture:
    with studio.press.sheet("art", height, width) as sheet:
        sheet.fill(body=body)
        return Picture(sheet.print(), width, height, alt)
