"""Texts that break cards: for the contact sheet, the benchmark and the tests."""

import random
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class HardText:
    """A message and its author; *avatar* says whether the author has a picture."""

    words: str
    name: str
    meta: str
    title: str = "The Reading Room"
    avatar: bool = True


_LONG = (
    "The plan was simple, as plans are before anybody carries them out. Every reader was to copy"
    " one page, by hand, with a carbon sheet beneath it, and to give both copies away. Nobody was"
    " to ask where a page came from. Somebody always did. “From the next street,” we said, and"
    " that was true each time, for there is always a next street.\n\nBy the spring there were"
    " more copies than readers. The typewriters of four ministries had been heard at night; a"
    " librarian in **Novosibirsk** had bound the whole of it in the covers of a handbook on"
    " tractors, and the handbook had become *very* popular. "
)
HARD_TEXTS = (
    HardText(
        "«Революция не спрашивает разрешения», — said the **old engineer**, and *Čapek’s robots*,"
        " the naïve façade of Łódź and Đà Nẵng’s Ångström agreed: “we built the future in ₽ and"
        " sweat, not in slogans.”",
        "Алексей Čapek ☭",
        "#lounge · 7 November 1937",
    ),
    HardText(
        "قال الرئيس: «سنبني المستقبل معًا في عام 1962 (وليس 1991)» — ثم כולם מחאו כפיים, «לעולם לא"
        " נשכח» (7/11/1937)! GOSPLAN قالت: الخطة 104% مكتملة.",
        "محمد بن عبد الله",
        "#diplomacy · 7 November 1937",
        avatar=False,
    ),
    HardText(
        "👩‍👩‍👧‍👦🧑🏽‍🎤🏳️‍🌈🇺🇦🇯🇵1️⃣❤️‍🔥 ☭★ ✊🏽⚒️ — हिन्दी में क्रांति: श्रीमती स्त्रियाँ कर्तव्य ज्ञान।"
        " ภาษาไทยไม่มีช่องว่างระหว่างคำ Z̈ą̷̈l̴̈g̸o"
        " ∑√ 한국 革命は許可を求めない。ქართული Հայ বাংলা தமிழ்",
        "Zoë 🧑🏼‍🚀 देवी",
        "#lounge · 31 December 1999",
        avatar=False,
    ),
    HardText(
        "> the chapter is late again\nHe is **not** late, ~~he is dead~~ he is *counting words*:"
        " `len(chapter) == 9_998`.\n||The butler did it, with a sickle.||\n- two words missing\n-"
        " nobody asks him for __two words__ :samovar:",
        "Ilse (Minutes)",
        "#spoilers · 1 April 2026",
    ),
    HardText((_LONG * 4)[:2000], "A. Nonymous, of the next street", "#pages · 16 May 1934"),
)


def hostile(count: int, seed: int = 1) -> list[str]:
    """Return *count* texts that nobody writes and somebody will send; the same for one seed."""
    # A picture of a text needs no secrets: only the same texts each time.
    dice = random.Random(seed)
    return [_KINDS[place % len(_KINDS)](dice) for place in range(count)]


def _any_character(dice: random.Random) -> str:
    top = dice.choice((0x250, 0x3000, 0x10000, 0x20000, 0x110000))
    point = dice.randrange(top)
    return " " if 0xD800 <= point < 0xE000 else chr(point)


def _anything(dice: random.Random) -> str:
    return "".join(_any_character(dice) for _ in range(dice.randrange(1, 400)))


def _assigned(dice: random.Random) -> str:
    drawn = (_any_character(dice) for _ in range(1200))
    return "".join(sign for sign in drawn if unicodedata.category(sign) not in {"Cn", "Co"})[:600]


def _zalgo(dice: random.Random) -> str:
    marks = [chr(point) for point in range(0x300, 0x36F)]
    letters = (dice.choice("comrade ") for _ in range(120))
    return "".join(
        letter + "".join(dice.choices(marks, k=dice.randrange(0, 20))) for letter in letters
    )


def _one_word(dice: random.Random) -> str:
    return "".join(dice.choices("abcdefghijкгбשליع字", k=dice.choice((192, 700, 2000))))


def _emoji(dice: random.Random) -> str:
    bases = "😀👩🏽👨🧑🏳🏴🇺🇦1⃣❤🔥☭★⚒✊🛢🚩"
    joins = ("", "", "\u200d", "\ufe0f", "\U0001f3fd", "\u20e3")
    return "".join(
        dice.choice(bases) + dice.choice(joins) for _ in range(dice.choice((20, 90, 400)))
    )


def _scripts(dice: random.Random) -> str:
    words = (
        "революция revolution Ελλάς الثورة מהפכה क्रांति বিপ্লব புரட்சி విప్లవం ಕ್ರಾಂತಿ വിപ്ലവം ක‍රාන්තිය ปฏิวัติ"
        " ປະຕິວັດ បដិវត្តន៍ တော်လှန်ရေး რევოლუცია հեղափոխություն አብዮት 革命 かくめい 혁명 7/11/1937 104%"
    ).split()
    return " ".join(dice.choices(words, k=dice.choice((12, 60, 200))))


def _right_to_left(dice: random.Random) -> str:
    signs = ("\u202e", "\u2067", "\u2069", "\u200f", "(", ")", "!", "-", "12", "3.5%", "abc")
    words = ("الخطة", "לעולם", "سنبني", "נשכח", "مُحَمَّدٌ")
    return " ".join(
        dice.choice((*signs, *words, *words)) for _ in range(dice.choice((15, 80, 300)))
    )


def _both_ways(dice: random.Random) -> str:
    """Return letters read from either side, with their marks, in lists and beside pictures."""
    words = (
        "מהפכה לעולם שָׁלוֹם בְּרֵאשִׁית الخطة مُحَمَّدٌ اللَّهُ لَا می‌خواهم ﷺ ﷽ ދިވެހި bread Łódź café сло́во 革命"
        " かくめい 한국 क्रांति देवी ภาษาไทย กำ 12 3.5% 7/11/1937 (a) [ב] ! — … « 👩‍👩‍👧 🇺🇦 1️⃣ 1🏽 ☭ e͡x"
        " t̸́̂ !́ ·̈ ״ \u200f \u061c https://a.example/b?d=e **bold** *slanted* ||cover|| __under__"
        " `code` \n \n-"
    ).split(" ")
    some = dice.sample(words, dice.randrange(2, 12))
    gap = dice.choice((" ", " ", "", "-", " - "))
    start = dice.choice(("", "", "> ", "- ", "# ", "-# "))
    return start + gap.join(dice.choices(some, k=dice.choice((2, 5, 20, 60, 200))))


def _marked_letters(dice: random.Random) -> str:
    marks = [
        chr(point) for point in (*range(0x5B0, 0x5BD), *range(0x64B, 0x653), *range(0x300, 0x370))
    ]
    letters = dice.choices("abeiקשלוםحمدلابяж กา12/.- ", k=dice.choice((5, 40, 300)))
    return "".join(letter + "".join(dice.choices(marks, k=dice.randrange(4))) for letter in letters)


def _markup(dice: random.Random) -> str:
    pieces = (
        "<script>alert(1)</script>",
        "</style><style>*{display:none}</style>",
        "</div></body>",
        '"><img src=x onerror=1>',
        "&lt;b&gt;&amp;&#0;&#x202e;",
        "<svg><path d='M0 0'/>",
        "{{7*7}}",
        "$oswald",
        "url(file:///etc/passwd)",
        "style='font-size:900px'",
        "<!--",
        "]]>",
        "\x00\x07",
        "**",
        "__",
        "||",
        "```",
        "`",
        "~~",
        "*",
        "_",
        "> ",
        "\n",
        "# ",
        "-# ",
        "<:a:1>",
        "<@1>",
        "[a](https://b.example)",
        "\\",
        "<t:99999999999:R>",
        "<t:1:f>",
        " ",
    )
    return "".join(dice.choices(pieces, k=dice.choice((8, 60, 400))))


def _blank(dice: random.Random) -> str:
    return "".join(
        dice.choices(" \n\t\u3164\u2800\u200b\ufeff\u00ad\u00a0\u2003", k=dice.randrange(0, 60))
    )


def _long_plain(dice: random.Random) -> str:
    words = (
        "bread peace land steel copy page night street ministry typewriter electrification".split()
    )
    return " ".join(dice.choices(words, k=700))[: dice.choice((300, 2000, 4000))]


_KINDS = (
    _anything,
    _assigned,
    _zalgo,
    _one_word,
    _emoji,
    _scripts,
    _right_to_left,
    _markup,
    _blank,
    _long_plain,
    _both_ways,
    _marked_letters,
)
