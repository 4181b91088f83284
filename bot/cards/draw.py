"""A scene becomes a picture."""

from bot.cards.quote import draw_quote
from bot.cards.scenes import Picture, QuoteScene, Scene, Style, TimelineScene, VerdictScene
from bot.cards.studio import Studio
from bot.cards.timeline import draw_timeline
from bot.cards.verdict import draw_verdict

WARMING: tuple[Scene, ...] = tuple(
    QuoteScene("Warming up. 123", "Samizdat", style=style) for style in Style
)
"""What is drawn before anybody asks: the first picture of a style takes ten times as long."""


def draw(scene: Scene, studio: Studio) -> Picture:
    """Return *scene* as a picture. Blocking."""
    match scene:
        case QuoteScene():
            return draw_quote(scene, studio)
        case VerdictScene():
            return draw_verdict(scene, studio)
        case TimelineScene():
            return draw_timeline(scene, studio)
