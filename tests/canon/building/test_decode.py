"""Bytes become text, or one sentence that says why not."""

import codecs
import time
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.canon.building.decode import LARGEST, decode
from bot.errors import SeedError

ORIGINALS = Path(__file__).parents[4] / "shared" / "seeds"
ENTRY = "•\u00a0May 1924.\u00a0The tsar’s café closes – “for good”, says Łukasz in Königsberg.\n"


def refusal(raw: bytes) -> str:
    with pytest.raises(SeedError) as caught:
        decode(raw, "letter.txt")
    assert len(caught.value.faults) == 1
    return str(caught.value)


def test_utf_8_comes_back_character_by_character_no_break_spaces_too():
    assert decode(ENTRY.encode(), "letter.txt") == ENTRY


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(mark, encoding):
    assert decode(mark + ENTRY.encode(encoding), "letter.txt") == ENTRY


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_lost_its_mark_is_still_read(encoding):
    text = "May 1924. The railway men walk out.\n" * 3

    assert decode(text.encode(encoding), "letter.txt") == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It’s the end", "cp1252"),
        ("The café was très grand – “for us”, said the général.", "cp1252"),
        ("Die Straße nach Köln war überfüllt; der Zug fährt spät.", "latin-1"),
        ("Marshal Józef Piłsudski entered Łódź with his men.", "cp1250"),
        ("Великая революция изменила мир навсегда, сказал оратор.", "cp1251"),
        ("Великая революция изменила мир навсегда, сказал оратор. " * 3, "koi8-r"),
        ("Atatürk İstanbul'a girdi; İnönü ise Çanakkale'de bekliyordu, ağır kayıplar.", "cp1254"),
        ("日本帝国は満州を占領した。東京の政府は沈黙した。", "shift_jis"),
    ],
)
def test_other_encodings_are_recognised(text, encoding):
    assert decode(text.encode(encoding), "letter.txt") == text


def test_utf_8_with_a_few_broken_bytes_keeps_the_rest():
    raw = ("Łódź and Königsberg fall. " * 5).encode() + b"caf\xe9"

    assert decode(raw, "letter.txt") == "Łódź and Königsberg fall. " * 5 + "café"


def test_mojibake_is_mended():
    assert decode("It â€™s a cafÃ©.".encode(), "letter.txt") == "It ’s a café."


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\v", "\f", "\u2028", "\u2029"])
def test_any_newline_is_one_newline(newline):
    assert decode(f"one{newline}two{newline}".encode(), "letter.txt") == "one\ntwo\n"


def test_control_and_other_unseen_characters_go_and_tabs_stay():
    raw = "a\x07b\x1bc\td\u00ade\u200bf\u202eg\ufeffh".encode()

    assert decode(raw, "letter.txt") == "abc\tdefgh"


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "letter.txt: The file is empty."),
        (b" \n\t\r\n", "letter.txt: The file holds nothing but white space."),
        (codecs.BOM_UTF8, "letter.txt: The file holds nothing but white space."),
        ("\u00a0\u200b".encode(), "letter.txt: The file holds nothing but white space."),
        (b"\x89PNG\r\n\x1a\n\0\0", "letter.txt: This is a PNG picture, not text"),
        (b"%PDF-1.7\n", "letter.txt: This is a PDF document, not text"),
        (b"one\ntwo\0three\n", "letter.txt:2: This is not text: it holds NUL bytes."),
        (b"\x01\x02\x03\x04abc" * 9, "letter.txt: This is not text: it is full of control"),
        (codecs.BOM_UTF16_LE + b"a\0\n\0\0\xdcb", "letter.txt:2: The file says that it is UTF-16"),
        (b"x" * (LARGEST + 100_000), "letter.txt: It is 21 MB, and a document may hold 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_in_words(raw, said):
    assert refusal(raw).startswith(said)


def test_a_zip_archive_is_refused_by_its_name():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("chapter.xhtml", "text")

    assert "a ZIP archive (an EPUB or Word document is one, too)" in refusal(file.getvalue())


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xff\xfe\0\xd8")
@example(b"\x00a")
@example(b"\x81\x8d\x8f\x90\x9d")
@settings(max_examples=400, deadline=None)
def test_any_bytes_become_clean_text_or_one_sentence(raw):
    try:
        text = decode(raw, "letter.txt")
    except SeedError:
        return
    assert text.strip()
    assert not any(
        unicodedata.category(char) in {"Cc", "Cs"} for char in text if char not in "\n\t"
    )


@given(st.text(min_size=1))
def test_text_saved_as_utf_8_keeps_every_letter_and_digit(text):
    plain = "".join(char for char in text if char.isascii() and char.isalnum())

    try:
        read = decode(("x" + text).encode(errors="ignore"), "letter.txt")
    except SeedError:
        return
    assert [char for char in read if char.isascii() and char.isalnum()] == ["x", *plain]


@pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason="the two original documents are not part of the repository"
)
def test_the_original_documents_come_back_byte_by_byte():
    for file in ORIGINALS.glob("*.txt"):
        assert decode(file.read_bytes(), file.name).encode() == file.read_bytes()


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_200_000_words_are_decoded_in_seconds(encoding):
    raw = (ENTRY.replace("Łukasz", "Lukas") * 15_000).encode(encoding)
    begun = time.process_time()

    decode(raw, "letter.txt")

    assert time.process_time() - begun < 5


def test_a_bullet_beside_a_no_break_space_is_western_in_windows_1252():
    text = "•\u00a0May 1924. It rains.\r\n•\u00a0June 1924 – “more”.\u00a0\r\n"

    assert decode(text.encode("cp1252"), "t.txt") == text.replace("\r\n", "\n")


def test_bullets_shown_as_three_letters_are_bullets_again():
    text = "◦ May 1924: it rains\n▪ June 1924: more\n"

    assert decode(text.encode().decode("cp1252").encode(), "t.txt") == text
