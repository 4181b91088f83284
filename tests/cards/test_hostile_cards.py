"""What nobody writes and somebody will send: no exception, nothing outside its room, no tofu."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.card_checks import has_tofu, is_covered, overflows, slab_studio
from benchmarks.hard_texts import HARD_TEXTS, hostile
from bot.cards.draw import draw
from bot.cards.scenes import MAX_ALT, Picture, QuoteScene, Style

NAMED = {
    "2,000 characters": HARD_TEXTS[4].words,
    "4,000 characters": "Steel and bread. " * 236,
    "a word of 2,000 letters": "ъ" * 2000,
    "a word of 4,000 wide letters": "W" * 4000,
    "only emoji": "👩🏽‍🚀🏳️‍🌈1️⃣" * 120,
    "zalgo": "".join(
        letter + "\u0300\u0316\u0338\u0489" * 9 for letter in "comrades of the line" * 9
    ),
    "every script": "".join(chr(point) for point in range(0x100, 0x3100)),
    "right to left with digits": "עמוד 12 מתוך 104% (1937/11/7) — GOSPLAN, الخطة 3.5! " * 12,
    "vowels in a line that holds other letters": "אבג שָׁלוֹם בְּרֵאשִׁית מُحَمَّدٌ bread ٤٢ " * 9,
    "a hidden word and a letter from the right": "- ||er||ם\n- 12 - לעולם",
    "one sign of sixteen letters": "\ufdfd \ufdfd",
    "marks that no font can place": "i\u031ae\u0361 /\u0310" * 3,
    "unassigned and private": "\u0378\ue000\U000f0000\U0010ffff\ufffe" * 60,
    "markup": "</style></div><script>*{font-size:900px}</script><img src=x>&#0;<!--" * 9,
    "a newline each": "a\n" * 900,
    "quotes in heaps": "> said\n" * 200,
    "one endless fence": "```" + "x = 1\n" * 300,
    "spaces": "\u3000\u00a0 \t" * 500,
    "nothing": "",
}


@pytest.fixture(scope="module")
def slabs():
    return slab_studio()


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED.keys())
def test_a_hostile_text_stays_within_its_card(studio, text, style):
    scene = QuoteScene(text, text[:64], text[:120], title=text[:60], footer=text[:90], style=style)
    picture = draw(scene, studio)

    assert overflows(studio, scene, picture) == []
    assert len(picture.alt) <= MAX_ALT


@pytest.mark.parametrize("text", NAMED.values(), ids=NAMED.keys())
def test_a_hostile_text_has_no_tofu(slabs, text):
    assert not has_tofu(slabs, QuoteScene(text, text[:32], text[:64]))


@pytest.mark.parametrize("number", range(12))
def test_the_corpus_of_the_benchmark_begins_well(studio, slabs, number):
    scene = QuoteScene(hostile(12, seed=7)[number], "Vera", style=Style.PLAIN)

    assert overflows(studio, scene, draw(scene, studio)) == []
    assert not has_tofu(slabs, scene)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=400), st.text(max_size=64), st.sampled_from(Style))
def test_any_text_and_any_name_make_a_card(studio, slabs, text, name, style):
    scene = QuoteScene(text, name, style=style)
    picture = draw(scene, studio)

    assert overflows(studio, scene, picture) == []
    assert not has_tofu(slabs, scene)


@pytest.mark.parametrize("raw", ["\u0378", "a\U0001f6d9\u0489", "\U00012000"])
def test_the_detector_notices_what_no_font_can_draw(slabs, raw):
    with slabs.press.sheet("plain", 630) as sheet:
        sheet.fill(text=f"<p>words {raw} words</p>", face="")
        drawn = sheet.print()
    scene = QuoteScene("calm", "Vera", style=Style.PLAIN)
    calm = draw(scene, slabs)

    assert is_black(drawn)
    assert not is_black(calm.png)


def is_black(png: bytes) -> bool:
    return is_covered(Picture(png, 1200, 630, ""))


@pytest.mark.parametrize("name", ["🚩" * 32, "W" * 48, "Ж" * 48, "名" * 32, "\u202eevil", "\n\n"])
@pytest.mark.parametrize("style", Style)
def test_any_name_keeps_to_its_room(studio, name, style):
    scene = QuoteScene("Words.", name, "m" * 200, title=name * 3, footer=name * 3, style=style)

    assert overflows(studio, scene, draw(scene, studio)) == []


NAMES_OF_EMOJI = {
    "32 different": "".join(chr(0x1F600 + place) for place in range(32)),
    "32 flags": "🇺🇦🇯🇵" * 16,
    "32 families": "👩‍👩‍👧‍👦" * 32,
    "32 skins": "🧑🏽‍🎤👍🏿" * 16,
    "32 keycaps": "1️⃣#️⃣" * 16,
    "32 that nobody drew together": "🚀\u200d🍅" * 32,
    "32 signs of text made pictures": "☭\ufe0f❤\ufe0f" * 16,
}


@pytest.mark.parametrize("name", NAMES_OF_EMOJI.values(), ids=NAMES_OF_EMOJI.keys())
def test_a_name_of_32_emoji_is_drawn_and_keeps_to_its_room(studio, slabs, name):
    for text in ("Words.", "Steel and bread. " * 90):
        for style in Style:
            scene = QuoteScene(text, name, name, title=name, footer=name, style=style)
            picture = draw(scene, studio)
            assert overflows(studio, scene, picture) == []
            assert picture.lost == 0
        assert not has_tofu(slabs, scene)


def test_what_is_cut_says_so(drawn):
    picture = drawn(QuoteScene("Wide W" * 700, "Vera", style=Style.NEWSPAPER))

    assert picture.height == 1400
    assert "…" in picture.alt


def test_what_is_lost_is_counted(card):
    picture = card("a \ue000 b \U00012000", "\ue001", meta="fine")

    assert picture.lost == 3


def test_html_in_a_text_is_only_text(card):
    inert = card("<b>x</b>")

    assert inert.png != card("x").png
    assert inert.png != card("**x**").png
    assert card("</div><style>body{background:red}</style>").png != card("").png


def test_the_renderer_breaking_for_one_text_leaves_the_sheet_usable(studio, monkeypatch):
    scene = QuoteScene("calm", "Vera", style=Style.PLAIN)
    before = draw(scene, studio)
    with monkeypatch.context() as patch:
        patch.setattr("bot.cards.press.Sheet.print", lambda _sheet: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            draw(replace(scene, text="storm"), studio)

    assert draw(scene, studio).png == before.png
