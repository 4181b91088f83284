"""Whatever is sent becomes clusters that one font can draw, or a dot that is counted."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards.characters import clusters
from bot.cards.clean import Cleaner
from bot.cards.fonts import open_shelf


def text_of(cleaner, text: str) -> str:
    return "".join(cluster.text for cluster in cleaner.clusters(text))


KEPT = [
    "Čapek’s naïve façade in Łódź, Đà Nẵng",
    "Съешь ещё этих мягких ѢѲ ₽₴",
    "الثورة (7/11/1937) مُحَمَّدٌ",
    "לעולם לא נשכח",
    "श्रीमती स्त्रियाँ कर्तव्य ज्ञान",
    "ภาษาไทยไม่มีช่องว่าง",
    "革命は許可を求めない。혁명",
    "ქართული Հայ বাংলা தமிழ் ሰላም",
    "☭ ★ № § © ™",
    "တော်လှန်ရေး បដិវត្តន៍ ປະຕິວັດ විප්ලවය విప్లవం ಕ್ರಾಂತಿ വിപ്ലവം",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_people_write_is_kept_as_it_is(cleaner, text):
    assert text_of(cleaner, text) == text
    assert not any(cluster.lost for cluster in cleaner.clusters(text))


CHANGED = [
    ("𝔉𝔯𝔞𝔨𝔱𝔲𝔯", "Fraktur"),
    ("𝟙𝟚 o’clock", "12 o’clock"),
    ("a\u202egnp.exe", "agnp.exe"),
    ("nul\x00l\x07 bell", "null bell"),
    ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
    ("\u0301lone mark", "lone mark"),
    ("a\ufe0e\ufe0fb", "ab"),
    ("tab\there", "tab here"),
    ("a\u200db", "ab"),
    ("a  \u200f \u2067  b", "a \u200fb"),
    ("a\u2067\u2069\u200f\u200eb", "a\u200fb"),
    ("\u0600123", "\u0600123"),
    ("\u0600x", "x"),
    ("\u0d4e\u01f2 a\u200b\u093e", "ǲ a"),
]


@pytest.mark.parametrize(("text", "expected"), CHANGED)
def test_what_cannot_be_drawn_is_written_more_plainly(cleaner, text, expected):
    assert text_of(cleaner, text) == expected


@pytest.mark.parametrize("text", ["\ue000", "\U0010fffd", "\u0378", "\ud800", "\U00012000", "ༀ"])
def test_what_nobody_can_draw_is_a_dot_and_counted(cleaner, text):
    (cluster,) = cleaner.clusters(text)

    assert cluster.text == "·"
    assert cluster.lost


def test_a_heap_of_marks_keeps_only_so_many_that_it_stays_in_its_line(cleaner):
    (cluster,) = cleaner.clusters("o" + "\u0489\u0300\u0316\u0338\u033d" * 12)

    assert cluster.text.startswith(("o", "ò"))
    assert len(cluster.text) <= 4


@pytest.mark.parametrize(
    "emoji", ["😀", "👩‍🚀", "🧑🏽‍🎤", "🏳️‍🌈", "🇺🇦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "#️⃣", "❤️", "❤️‍🔥", "⚒️", "👍🏿"]
)
def test_an_emoji_is_one_picture(cleaner, emoji):
    (cluster,) = cleaner.clusters(emoji)

    assert cluster.is_picture
    assert cluster.html.startswith('<img class="emoji" src="data:image/svg+xml;base64,')


def test_a_family_that_nobody_drew_is_its_members(cleaner):
    found = cleaner.clusters("🚀\u200d🍅\u200d🚩")

    assert [cluster.is_picture for cluster in found] == [True, True, True]
    assert "".join(cluster.text for cluster in found) == "🚀\u200d🍅\u200d🚩"


@pytest.mark.parametrize("text", ["1", "#", "©", "☭", "❤\ufe0e"])
def test_a_sign_of_text_is_not_a_picture(cleaner, text):
    (cluster,) = cleaner.clusters(text)

    assert not cluster.is_picture


def test_without_the_extra_for_cjk_its_letters_are_counted_as_lost():
    shelf = open_shelf()
    bare = replace(shelf, covers=shelf.covers[:-1], drops=shelf.drops[:-1], cjk=())

    assert [cluster.text for cluster in Cleaner(bare).clusters("革命 a")] == ["·", "·", " ", "a"]
    assert "CJK" not in bare.family_list("Oswald", "革命")


@pytest.mark.parametrize(
    ("text", "face"),
    [("革命", "SC"), ("革命は許可を", "JP"), ("혁명 革命", "KR"), ("revolution", "SC")],
)
def test_han_is_drawn_as_the_readers_of_the_text_write_it(text, face):
    assert open_shelf().family_list("Oswald", text).endswith(f"'Noto Sans CJK {face}'")


def test_markup_is_only_letters(cleaner):
    html = "".join(cluster.html for cluster in cleaner.clusters("<b onclick='x'>&amp;\"</b>"))

    assert html == "&lt;b onclick=&#x27;x&#x27;&gt;&amp;amp;&quot;&lt;/b&gt;"


@given(st.text(max_size=120))
def test_every_cluster_that_reaches_the_engine_is_in_one_font(cleaner, text):
    shelf = open_shelf()
    for cluster in cleaner.clusters(text):
        if not cluster.is_picture and cluster.text:
            for part in clusters(cluster.text):
                assert shelf.can_draw(part)


@given(st.text(max_size=120))
@example("\u00b4\u0f8d")
def test_cleaning_twice_is_cleaning_once(cleaner, text):
    once = text_of(cleaner, text)

    assert text_of(cleaner, once) == once
