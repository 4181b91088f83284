"""A forum page saved as text: the chapter and what readers say come apart. And plain prose."""

import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.canon.building.decode import decode
from bot.canon.building.formats import FORMATS, read_document
from bot.canon.building.formats.model import ReadDocument
from bot.canon.models import Tier
from bot.errors import SeedError

ORIGINAL = Path(__file__).parents[4] / "shared" / "seeds" / "000_2a1aa8158d38bf42.txt"
needs_original = pytest.mark.skipif(
    not ORIGINAL.is_file(), reason="the two original documents are not part of the repository"
)

LONG = (
    "The council met again and again in the long winter of that year, and the trains stood still. "
)
ONE, TWO, THREE = (f"{LONG * 8}{word}." for word in ("First", "Second", "Third"))

# The shape of the real one: posts run into the title, a post is doubled by its reply.
PAGE = f"""Not all at once ;)
map (1).jpeg

The readers wait in front of the author's house
Do take your time, comrade

The docks will matter more than anybody here believes today.
The docks will matter more than anybody here believes today.
Most certainly true.


and what of the mines
The Winter Council

{ONE}

{TWO}

{THREE}
Last edited:
A lot of events, but the winter cannot wait.

Ps. Expect more from me
"""

# The shape of a page with everything the forum puts around its posts.
DRESSED = f"""Anna_K

Well-known member
Joined
May 3, 2019
Messages
1,234
May 19, 2021
Add bookmark
#11
Great stuff, as ever.
Like
Reply
Report
Reactions:
Bob, Carl and 12 others
Author99
Donor
May 20, 2021
#12
Chapter Two: The Storm

{ONE}

“No.”

{TWO}

The end of it.

Last edited: May 21, 2021
Like
Reply
Carl
May 22, 2021 at 5:00 PM
#13
Author99 said:
{TWO}
Click to expand...
Hm, I doubt it.
Anna_K said:
Great stuff, as ever.
It was said on another page.
Click to expand...
View attachment 1234
map.png
Right.
Reactions:
Bob
Author99
Donor
May 23, 2021
#14
Chapter Three: The Thaw

{ONE.replace("winter", "spring")}

{TWO.replace("winter", "spring")}

Last edited: May 24, 2021
"""


def read(text: str) -> ReadDocument:
    return read_document(text, "page.txt", "thread")


def said(document: ReadDocument, tier: Tier) -> list[tuple[int, str]]:
    return [(one.line, one.text) for one in document.blocks if one.tier is tier]


def test_the_chapter_comes_out_from_among_the_comments_under_its_title():
    document = read_document(PAGE, "page.txt", None)
    chapter = [one for one in document.blocks if one.tier is Tier.CHAPTER]

    assert (document.format, document.title) == ("thread", "The Winter Council")
    assert [(one.line, one.text) for one in chapter] == [(15, ONE), (17, TWO), (19, THREE)]
    assert {one.heading for one in chapter} == {"The Winter Council"}
    assert document.notes == ()


def test_comments_keep_their_tier_the_doubled_one_is_kept_once_and_attachments_go():
    assert said(read(PAGE), Tier.COMMENT) == [
        (1, "Not all at once ;)"),
        (4, "The readers wait in front of the author's house"),
        (5, "Do take your time, comrade"),
        (7, "The docks will matter more than anybody here believes today."),
        (9, "Most certainly true."),
        (12, "and what of the mines"),
        (21, "A lot of events, but the winter cannot wait."),
        (23, "Ps. Expect more from me"),
    ]


def test_what_the_forum_puts_around_a_post_goes_and_its_author_is_kept():
    document = read_document(DRESSED, "page.txt", None)

    assert document.format == "thread"
    assert [(b.author, b.heading, b.text) for b in document.blocks] == [
        ("Anna_K", "", "Great stuff, as ever."),
        ("Author99", "Chapter Two: The Storm", ONE),
        ("Author99", "Chapter Two: The Storm", "“No.”"),
        ("Author99", "Chapter Two: The Storm", TWO),
        ("Author99", "Chapter Two: The Storm", "The end of it."),
        ("Carl", "", "Hm, I doubt it."),
        ("Anna_K", "", "It was said on another page."),
        ("Carl", "", "Right."),
        ("Author99", "Chapter Three: The Thaw", ONE.replace("winter", "spring")),
        ("Author99", "Chapter Three: The Thaw", TWO.replace("winter", "spring")),
    ]
    assert document.title == "Chapter Two: The Storm"


def test_a_dialogue_in_one_post_is_a_chapter_though_no_paragraph_is_long():
    talk = "\n\n".join(
        f"“And what of number {n}, comrade?” he asked her once more." for n in range(99)
    )
    page = f"Author99\nMay 20, 2021\n#12\nThe Interrogation\n\n{talk}\nLike\nReply\n"

    document = read(page)

    assert document.title == "The Interrogation"
    assert len(said(document, Tier.CHAPTER)) == 99


@pytest.mark.parametrize("comment", [ONE, f"{ONE}\n\n{TWO}", f"Well then, my dear author:\n{ONE}"])
def test_a_long_comment_without_a_title_is_still_a_comment(comment):
    document = read(f"Nice one!\n{comment}\nYes.\n")

    assert said(document, Tier.CHAPTER) == []
    assert [str(note) for note in document.notes] == [
        "page.txt: No chapter was found here: all of it is kept as comments."
    ]


def test_a_chapter_without_a_title_line_is_noted():
    document = read(
        f"Nice.\n\n{ONE}\n\n{TWO}\n\n{THREE}\n\n{THREE.upper()} {LONG * 20}\nLast edited:\n"
    )

    assert [line for line, _ in said(document, Tier.CHAPTER)] == [3, 5, 7, 9]
    assert [note.line for note in document.notes] == [3]


def test_short_words_that_two_readers_both_say_are_both_kept():
    assert len(read("Nice chapter\nOh\nNice chapter\nLast edited:\nNice chapter\n").blocks) == 4


TALE = "\n\n".join(f"{n} o’clock struck. {LONG}" for n in range(1, 25))
STORY = """The Long Strike

It was raining over the yards when the whistle went, and nobody moved from the
gate. The foreman looked at his watch and then at the sky, as if one of them
could be told to stop.

“Nobody?” he asked.
"""


def test_a_story_is_prose_and_its_broken_lines_are_made_whole():
    document = read_document(STORY, "story.txt", None)

    assert (document.format, document.title) == ("prose", "The Long Strike")
    assert [(one.line, one.tier, one.text[-14:]) for one in document.blocks] == [
        (3, None, " told to stop."),
        (7, None, "dy?” he asked."),
    ]


def test_in_a_story_with_whole_lines_every_line_is_a_paragraph():
    document = read_document(f"{LONG}\n{LONG}\n\n{LONG * 3}\nYes.\n", "story.txt", None)

    assert [one.line for one in document.blocks] == [1, 2, 4, 5]


@pytest.mark.parametrize(
    "text",
    [
        TALE,
        "In May he left. In 1914, the war began, and in 1918, it ended.\n\n" + TALE,
        "“You said it,” he said: “you did.”\n\n“I may have,” she said.\n\n" * 20,
        "Last edited: in the spring, by another hand.\n\n" + TALE,
    ],
)
def test_a_story_is_neither_a_timeline_nor_a_thread(text):
    assert read_document(text, "story.txt", None).format == "prose"


@given(st.text(max_size=300))
@example("Title\n\nx\n\ny")
@example("a" * 60 + "\n" + "b" * 60 + "\n\nc")
def test_no_word_of_prose_is_lost(text):
    try:
        document = read_document(text, "story.txt", "prose")
    except SeedError:
        assert not text.split()
        return
    told = [document.title, *(block.text for block in document.blocks)]
    assert " ".join(told).split() == text.split()


FORUM = ["Last edited:", "Anna said:", "Click to expand...", "Reactions:", "#12", "Like", "Joined"]
PEOPLE = ["", "May 3, 2019", "A and 3 others", "map.png", "1,234", "Yes.", "The Title"]
LINES = st.lists(st.sampled_from([*FORUM, *PEOPLE, ONE, TWO, THREE]), max_size=30)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_any_page_is_read_without_a_fault_and_loses_no_chapter_paragraph(lines):
    for declared in (None, "thread"):
        try:
            document = read_document("\n".join(lines), "page.txt", declared)
        except SeedError:
            continue
        text = " ".join(block.text for block in document.blocks)
        assert all(one in text for one in (ONE, TWO, THREE) if one in lines)


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_is_read_or_refused_as_holding_nothing(text):
    for declared in (None, *FORMATS):
        try:
            document = read_document(text, "page.txt", declared)
        except SeedError:
            continue
        assert document.blocks
        assert all(block.text.strip() and block.line >= 1 for block in document.blocks)


@needs_original
def test_the_original_page_holds_one_chapter_of_2900_words_in_seven_passages():
    document = read_document(decode(ORIGINAL.read_bytes(), "000.txt"), "000.txt", None)
    chapter = [block for block in document.blocks if block.tier is Tier.CHAPTER]

    assert (document.format, document.title) == ("thread", "Red Guards, Red Armies and Red Navies")
    assert [block.line for block in chapter] == [16, 18, 20, 22, 24, 26, 28]
    assert sum(len(block.text.split()) for block in chapter) == 2900
    assert {block.heading for block in chapter} == {document.title}


@needs_original
def test_the_original_page_has_ten_comments_the_doubled_one_once_and_no_attachment():
    document = read_document(decode(ORIGINAL.read_bytes(), "000.txt"), "000.txt", None)

    assert [line for line, _ in said(document, Tier.COMMENT)] == [1, 4, 5, 7, 9, 12, 13, 30, 32, 33]
    assert not any("jpeg" in block.text for block in document.blocks)


@pytest.mark.parametrize("name", ["thread", "prose"])
@pytest.mark.parametrize(
    "text",
    [
        "• " * 100_000,
        "May " * 200_000,
        "x" * 5_000_000,
        "Anna said:\n" * 20_000,
        "Last edited:\nfoo\n" * 20_000,
        "a and " * 200_000,
        "a.jpeg " * 100_000,
        f"{'x' * 300}\n" * 20_000,
        "one two three four five six seven eight nine ten\n" * 20_000,
        f"{ONE}\n\n{TWO}\n\nYes.\nLast edited:\n" * 700,
    ],
    ids=lambda text: text[:9].strip(),
)
def test_no_text_takes_a_page_long(name, text):
    begun = time.process_time()

    FORMATS[name].recognise(text)
    FORMATS[name].read(text, "page.txt")

    assert time.process_time() - begun < 5


ABROAD = f"""Хорошая глава!
Ждём.

Зимний совет

{ONE}

{TWO}
Последнее редактирование: 3 Май 2021
Анна сказал(а): ↑
В мае 1927 года совет обсудил флот
Нажмите, чтобы раскрыть...
Отлично!
"""


def test_a_page_of_a_forum_in_another_language_comes_apart_as_well() -> None:
    document = read_document(ABROAD, "page.txt", None)

    told = [block.text for block in document.blocks if block.tier is Tier.CHAPTER]
    assert document.title == "Зимний совет"
    assert told == [ONE, TWO]
