"""Pages saved from a XenForo forum: chapters, remarks, and nothing said twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon.building.formats.model import ReadDocument
from bot.canon.building.reading import Given, read_files
from bot.canon.models import Tier
from tests.canon.building.pages import Post, page, quote, spoiler

FIRST = Post(100, "Author99", "The strike begins.<br /><br />It spreads to the docks.", "One")
ANNA = Post(101, "Anna", "Great!<br />More, please.")
BOB = Post(102, "Bob", quote("Great!<br />More, please.", "Anna", 101) + "Agreed, comrade.")
SECOND = Post(103, "Author99", "The mines are still.", "Two")
CARL = Post(104, "Carl", "I guess that 1914 comes next.")


def read(*pages: str, chapters: tuple[int, ...] = ()) -> list[ReadDocument]:
    faults: list[object] = []
    stated = chapters or (0,) * len(pages)
    found = read_files(
        [
            Given(f"{name}.html", text.encode(), None, chapter)
            for name, text, chapter in zip("zyxwvu", pages, stated, strict=False)
        ],
        faults,  # type: ignore[arg-type]
    )
    assert faults == []
    return [one.document for one in found]


def said(document: ReadDocument, *, comments: bool) -> list[str]:
    return [b.text for b in document.blocks if (b.tier is Tier.COMMENT) == comments]


def test_every_threadmark_is_a_chapter_and_every_other_post_a_remark_of_it():
    one, two = read(page(1, [FIRST, ANNA, BOB, SECOND, CARL]))

    assert [(d.title, d.chapter, d.tier, d.format) for d in (one, two)] == [
        ("One", 1, Tier.CHAPTER, "xenforo"),
        ("Two", 2, Tier.CHAPTER, "xenforo"),
    ]
    assert said(one, comments=False) == ["The strike begins.", "It spreads to the docks."]
    assert said(one, comments=True) == ["Great!", "More, please.", "Agreed, comrade."]
    assert {b.author for b in one.blocks} == {"Author99", "Anna", "Bob"}
    assert (said(two, comments=False), said(two, comments=True)) == (
        ["The mines are still."],
        ["I guess that 1914 comes next."],
    )
    assert {d.whole for d in (one, two)} == {"The Long Strike"}


@pytest.mark.parametrize("links", ["absolute", "relative", ""])
@pytest.mark.parametrize("turned", [False, True])
def test_pages_come_in_the_order_of_the_thread_whatever_they_are_called(links, turned):
    pages = [
        page(1, [FIRST, ANNA], links=links),
        page(2, [ANNA, BOB, SECOND], links=links),
        page(10, [CARL], links=links),
    ]

    documents = read(*(reversed(pages) if turned else pages))

    assert [d.title for d in documents] == ["One", "Two"]
    assert [text for d in documents for text in said(d, comments=True)] == [
        "Great!",
        "More, please.",
        "Agreed, comrade.",
        "I guess that 1914 comes next.",
    ]


def test_a_reader_page_and_a_page_of_the_thread_are_one_thread():
    documents = read(page(1, [FIRST, SECOND], reader=True), page(1, [FIRST, ANNA, SECOND, CARL]))

    assert [(d.title, len(d.blocks)) for d in documents] == [("One", 4), ("Two", 2)]


def test_a_quotation_whose_post_is_not_there_is_kept_once_as_whose_it_is():
    lost = quote("The docks will matter.", "Dora", 55)
    (one,) = read(
        page(3, [FIRST, Post(105, "Bob", f"{lost}True."), Post(106, "Eve", f"{lost}No!")])
    )

    assert [(b.text, b.author) for b in one.blocks if b.tier is Tier.COMMENT] == [
        ("The docks will matter.", "Dora"),
        ("True.", "Bob"),
        ("No!", "Eve"),
    ]


def test_what_a_chapter_quotes_from_within_the_story_belongs_to_it():
    newspaper = quote("WAR! The fleet has sailed.", "The Daily")
    reply = quote("Great!", "Anna", 101)
    post = Post(107, "Author99", f"{reply}He read:{newspaper}Nobody spoke.", "Three")

    (three,) = read(page(1, [ANNA, post]))

    assert said(three, comments=False) == [
        "He read:",
        "WAR! The fleet has sailed.",
        "Nobody spoke.",
    ]


def test_a_spoiler_is_kept_and_says_so():
    body = f"Seen.{spoiler('Hidden words.', 'The map')}Seen again.{spoiler('More.')}"
    (one,) = read(page(1, [Post(100, "Author99", body, "One")]))

    assert [(b.text, b.heading) for b in one.blocks] == [
        ("Seen.", "One"),
        ("Hidden words.", "One · Spoiler: The map"),
        ("Seen again.", "One"),
        ("More.", "One · Spoiler"),
    ]


def test_nothing_that_the_forum_puts_around_a_post_is_read():
    image = '<a class="js-lbImage" href="a.jpg"><img alt="a.jpg"></a>'
    body = f'{image}Text.<a href="/attachments/1/">View attachment 12345</a><script>x</script>'
    (one,) = read(page(1, [Post(100, "Author99", body, "One")]))

    assert [b.text for b in one.blocks] == ["Text."]


def test_a_timeline_within_a_chapter_has_its_dates():
    body = "<b>May 1914:</b> a<br /><br /><b>9 June 1914</b> b<br /><br />July 1914: c"
    (one,) = read(page(1, [Post(100, "Author99", body, "One")]))

    assert [b.span.edtf for b in one.blocks if b.span] == ["1914-05", "1914-06-09", "1914-07"]


def test_a_date_in_a_remark_makes_no_entry():
    body = "1914: a<br /><br />1915: b<br /><br />1916: c"
    (one,) = read(page(1, [FIRST, Post(101, "Anna", body)]))

    assert all(b.span is None for b in one.blocks)
    assert said(one, comments=True) == ["1914: a", "1915: b", "1916: c"]


@pytest.mark.parametrize(
    ("category", "tier"),
    [("Sidestory", Tier.CHAPTER), ("Informational", Tier.AUTHOR), ("Apocrypha", Tier.COMMENT)],
)
def test_other_kinds_of_threadmarks_have_their_tier(category, tier):
    documents = read(page(1, [FIRST, Post(105, "Eve", "By Eve.", "Extra", category)]))
    found = [(b.tier or d.tier) for d in documents for b in d.blocks if b.text == "By Eve."]

    assert found == [tier]


def test_chapters_that_count_on_in_their_titles_keep_their_numbers():
    posts = [Post(n, "Author99", f"Text {n}.", f"Chapter {n}: X") for n in (112, 113, 114)]

    assert [d.chapter for d in read(page(9, posts))] == [112, 113, 114]


def test_the_chapter_that_is_given_counts_for_the_first_and_the_others_follow():
    first, second = page(1, [FIRST, SECOND]), page(2, [Post(110, "Author99", "Text.", "Three")])

    assert [d.chapter for d in read(second, first, chapters=(7, 7))] == [7, 8, 9]
    assert [d.chapter for d in read(second, first, chapters=(20, 0))] == [1, 2, 20]


def test_without_threadmarks_the_long_posts_of_whoever_began_are_chapters():
    long = "<br /><br />".join(["The Storm", "It rained on the docks for days. " * 80])
    (storm,) = read(page(2, [ANNA, Post(102, "Author99", long), Post(103, "Bob", long)]))

    assert (storm.title, storm.tier) == ("The Storm", Tier.CHAPTER)
    assert {b.author for b in storm.blocks if b.tier is not Tier.COMMENT} == {"Author99"}
    assert "threadmarked" in str(storm.notes[0].message)


def test_without_chapters_all_is_remarks_and_that_is_said():
    (all_of_it,) = read(page(1, [ANNA, CARL]))

    assert (all_of_it.tier, all_of_it.chapter) == (Tier.COMMENT, 0)
    assert "kept as comments" in str(all_of_it.notes[0].message)


def test_a_page_without_posts_or_text_is_refused_in_a_sentence():
    for text in (
        "<div class='bbWrapper' data-content='post-1'>x</div>",
        page(1, [Post(1, "A", "")]),
    ):
        faults: list[object] = []

        found = read_files([Given("p.html", text.encode())], faults)  # type: ignore[arg-type]

        assert (found, len(faults)) == ((), 1)


def test_a_thousand_quotations_within_each_other_are_read():
    deep = "x"
    for number in range(1000):
        deep = quote(deep, "Anna", number + 1)

    (one,) = read(page(1, [FIRST, Post(5000, "Bob", f"{deep}Well.")]))

    assert said(one, comments=True)[-1] == "Well."


WORDS = st.lists(st.sampled_from(["rain", "docks", "may", "1914", "Anna", "it"]), min_size=1).map(
    " ".join
)


@given(st.data(), st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_post_is_read_once_and_in_order_however_the_thread_is_cut(data, told):
    posts = [
        Post(100 + n, "A", f"{text} {n}.", f"Mark {n}" if marked else "")
        for n, (text, marked) in enumerate(told)
    ]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(posts)), max_size=3)) | {len(posts)})
    pages = [
        page(number, posts[max(begin - 1, 0) : end])
        for number, (begin, end) in enumerate(zip([0, *cuts], cuts, strict=False), 1)
    ]

    documents = read(*data.draw(st.permutations(pages)))

    marked = [post.mark for post in posts if post.mark]
    assert [d.title for d in documents] == (marked or ["The Long Strike"])
    told_order = sorted(
        (int(b.text.rstrip(".").split()[-1]) for d in documents for b in d.blocks),
    )
    assert told_order == list(range(len(posts)))
