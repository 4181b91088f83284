"""EPUB books: a chapter a document, nothing around them, and no book that harms."""

import io
import zipfile

import pytest

from bot.canon.building.formats.epub import read
from bot.canon.building.formats.epub_archive import LARGEST_FILE, MOST_FILES
from bot.canon.building.reading import Given, read_files
from bot.errors import SeedError
from tests.canon.building.pages import CONTAINER, archive, book, chapter, package

ONE = chapter("The Storm", "<p>It rains.</p><p>It  goes\non.</p>")
TWO = chapter("Peace", "<p>May 1914: a</p><p>June 1914: b</p><p>July 1914: c</p>", "h1")
ENCRYPTED = (
    "<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm='{}'/></enc:EncryptedData>"
    "</encryption>"
)


def refusal(raw: bytes) -> str:
    with pytest.raises(SeedError) as caught:
        read(raw, "b.epub")
    (fault,) = caught.value.faults
    return str(fault)


def test_chapters_come_in_the_order_of_the_spine_without_what_stands_around_them():
    raw = book(
        {
            "cover.xhtml": "<html><body><img src='c.jpg'/></body></html>",
            "title_page.xhtml": chapter("The Long Strike", "<p>by Author99</p>"),
            "toc_page.xhtml": chapter("Contents", "<a href='z.xhtml'>The Storm</a>"),
            "z.xhtml": ONE,
            "a.xhtml": TWO,
            "log_page.xhtml": chapter("Update Log", "<p>1 chapter</p>"),
        }
    )

    one, two = read(raw, "shelf/b.epub")

    assert [(d.title, d.chapter, d.format, d.whole) for d in (one, two)] == [
        ("The Storm", 1, "epub", "The Long Strike"),
        ("Peace", 2, "epub", "The Long Strike"),
    ]
    assert [b.text for b in one.blocks] == ["It rains.", "It goes on."]
    assert {b.heading for b in one.blocks} == {"The Storm"}
    assert [b.span.edtf for b in two.blocks if b.span] == ["1914-05", "1914-06", "1914-07"]
    assert one.part != two.part


def test_titles_come_from_either_kind_of_table_of_contents():
    text = chapter("", "<p>It rains.</p><p>On.</p>")
    ncx = (
        "<ncx><navMap><navPoint><navLabel><text>From the NCX</text></navLabel>"
        "<content src='text/a%20b.xhtml#x'/></navPoint></navMap></ncx>"
    )
    nav = (
        "<html><body><nav epub:type='landmarks'><a href='text/a%20b.xhtml'>Start</a></nav>"
        "<nav epub:type='toc'><ol><li><a href='text/a%20b.xhtml'>From the nav</a></li></ol></nav>"
        "</body></html>"
    )
    for listed, content, title in (
        (
            '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
            ncx,
            "From the NCX",
        ),
        ('<item id="n" href="toc.ncx" properties="nav" media-type="x"/>', nav, "From the nav"),
    ):
        raw = archive(
            {
                "META-INF/container.xml": CONTAINER,
                "OEBPS/content.opf": package(["text/a%20b.xhtml"], listed),
                "OEBPS/text/a b.xhtml": text,
                "OEBPS/toc.ncx": content,
            }
        )

        assert [d.title for d in read(raw, "b.epub")] == [title]


def test_a_chapter_that_a_program_cut_in_two_is_one():
    rest = chapter("", "<p>And on.</p>")
    raw = book({"x_split_000.html": ONE, "x_split_001.html": rest, "x_split_002.html": TWO})

    assert [(d.title, len(d.blocks)) for d in read(raw, "b.epub")] == [
        ("The Storm", 3),
        ("Peace", 3),
    ]


def test_books_of_one_work_count_on_and_a_chapter_that_is_given_counts():
    raw = book({"a.xhtml": ONE, "b.xhtml": TWO})
    faults: list[object] = []

    def chapters(*stated: int) -> list[int]:
        given = [Given(f"{n}.epub", raw, None, chapter) for n, chapter in enumerate(stated)]
        found = read_files(given, faults)  # type: ignore[arg-type]
        return [one.document.chapter for one in found]

    assert chapters(0, 0) == [1, 2, 3, 4]
    assert chapters(0, 10) == [1, 2, 10, 11]
    assert faults == []


def test_a_book_with_scrambled_fonts_alone_is_not_locked():
    fonts = ENCRYPTED.format("http://www.idpf.org/2008/embedding")

    assert len(read(book({"a.xhtml": ONE}, **{"META-INF/encryption.xml": fonts}), "b.epub")) == 1


def _with_password() -> bytes:
    raw = bytearray(book({"a.xhtml": ONE}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def _many() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        for number in range(MOST_FILES + 1):
            made.writestr(str(number), "")
    return out.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (lambda: book({"a.xhtml": ONE})[:-30], "damaged"),
        (lambda: b"PK\x03\x04" + b"x" * 500, "damaged"),
        (lambda: book({"a.xhtml": "a" * (LARGEST_FILE + 1)}), "unpacks to more"),
        (_many, "more than 10000 files"),
        (_with_password, "password"),
        (
            lambda: book(
                {"a.xhtml": ONE},
                **{"META-INF/encryption.xml": ENCRYPTED.format("http://x/aes128-cbc")},
            ),
            "locked (DRM)",
        ),
        (lambda: book({"a.xhtml": ONE}, **{"../evil": "x"}), "leads out of it: “../evil”"),
        (lambda: book({"a.xhtml": ONE}, **{"/etc/evil": "x"}), "leads out of it: “/etc/evil”"),
        (lambda: book({"../../a.xhtml": ONE}), "leads out of it"),
        (
            lambda: archive({"META-INF/container.xml": CONTAINER}),
            "“OEBPS/content.opf”, which is not",
        ),
        (lambda: archive({"a.txt": "x"}), "no META-INF/container.xml"),
        (lambda: archive({"META-INF/container.xml": "<container/>"}), "names no book"),
        (
            lambda: book({"a.xhtml": "<html><body> </body></html>"}),
            "nothing but white space|no text",
        ),
        (lambda: book({"a.xhtml": "<html><body><p></p></body></html>"}), "no text in the book"),
    ],
)
def test_a_book_that_cannot_be_read_is_refused_in_one_sentence(raw, said):
    sentence = refusal(raw())

    assert any(part in sentence for part in said.split("|")), sentence
    assert "\n" not in sentence
    assert sentence.startswith("b.epub")


def test_entities_of_its_own_cannot_grow():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>' + chapter(
        "A", "<p>&b;!</p>"
    )

    (document,) = read(book({"a.xhtml": bomb}), "b.epub")

    assert len(document.blocks[0].text) < 100
