"""What the quote book says in other languages: no word forgotten, and to each in their own."""

import pytest
from language.pseudo import forgotten, pseudo
from places import OTTO

from bot.cards.errors import PainterBusyError, PaintingError
from bot.cards.painter import Painter
from bot.cards.scenes import Picture, QuoteScene, Style
from bot.language.catalogues import load
from bot.language.speech import say, speaking
from bot.quotes import errors
from bot.quotes.models import Page, Purpose, Quote, Standing, State
from bot.quotes.rules import Facts, require_quotable
from bot.quotes.service import Removed
from bot.quotes.words import Names, resolved
from bot.ui import quote_cards, quote_lists, quotes
from bot.ui.quote_places import NotHereError
from bot.ui.quote_removal import removal

WRITTEN = ("Vera", "Otto", "Maps are promises", "lounge")


@pytest.fixture(autouse=True, scope="module")
def spoken():
    load()


@pytest.fixture
def quote(said):
    def quote(purpose=Purpose.CARD):
        original = said("Maps are promises.")
        return Quote(1, 12, original, OTTO, State.KEPT, purpose, original.said_at)

    return quote


def components(view):
    return view.to_components()


async def test_no_screen_of_the_book_forgets_a_word(quote):
    card, page = quote(), Page((quote(),), 20, 1)
    with pseudo():
        shown = [
            quotes.credit(card, "lounge"),
            quotes.saved(card),
            *(quotes.question(quote(purpose), "Otto") for purpose in Purpose),
            quotes.page_embed(
                page, say(quote_lists.TITLES["newest"]), "Maps are promises"
            ).to_dict(),
            quotes.standings_embed([Standing(1, "Vera", 4182)]).to_dict(),
            components(quote_cards.card_view(card, Style.PLAIN)),
            components(quote_cards.asking_view(card)),
            components(quote_lists._view(page, "1", quote_lists.Order.NEWEST, "0")),
            removal(Removed(card, ()), card.original.author_id, 2),
            resolved("<@5> <#6> <t:1790000000>", Names()),
        ]

    assert [each for part in shown for each in forgotten(part, WRITTEN)] == []


def test_no_refusal_forgets_a_word():
    kinds = ("system", "by_webhook", "by_bot", "forwarded", "left", "poll", "stickers", "pictures")
    with pseudo():
        said = [
            str(error())
            for error in (
                *(each for each in vars(errors).values() if _is_plain(each)),
                lambda: errors.EmptyBookError(narrowed=True),
                lambda: errors.EmptyBookError(narrowed=False),
                lambda: errors.TooQuickError(1),
                lambda: errors.TooQuickError(4),
                NotHereError,
                PaintingError,
                PainterBusyError,
            )
        ]
        for kind in (*kinds, "embeds", None):
            with pytest.raises(errors.NotQuotableError) as caught:
                require_quotable(Facts(words=False, **({kind: True} if kind else {})))
            said.append(str(caught.value))

    assert forgotten(said) == []


def _is_plain(thing):
    special = (errors.EmptyBookError, errors.TooQuickError, errors.NotQuotableError)
    return isinstance(thing, type) and thing.__module__ == errors.__name__ and thing not in special


async def test_a_picture_is_drawn_and_remembered_in_the_language_of_whoever_asks():
    drawn = []

    def draw(_scene, _studio):
        drawn.append(say("Quote card: “{text}”", text="x"))
        return Picture(b"", 1, 1, drawn[-1])

    painter, scene = Painter(draw, lambda: None), QuoteScene("x", "Vera")
    for language in ("ru", "en", "ru"):
        with speaking(language):
            picture = await painter.paint(scene)

    assert drawn == ["Карточка с цитатой: «x»", "Quote card: “x”"]
    assert picture.alt == drawn[0]
