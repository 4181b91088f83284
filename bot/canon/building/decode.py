r"""From the bytes of a file to text that can be read: encodings, mojibake, newlines, control marks.

A file that is no text, or no text worth reading, is refused with one sentence. What comes back
has `\n` for every newline and holds no control character but `\n` and `\t`; its other characters,
NO-BREAK SPACEs too, are the author's.
"""

import codecs
import re

import ftfy
from charset_normalizer import from_bytes
from ftfy.badness import is_bad

from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

LARGEST = 20_000_000
"""The most bytes one document may hold (20 MB, some three million words)."""

_SIGNATURES = (
    (b"\x89PNG", Saying("a PNG picture")),
    (b"\xff\xd8\xff", Saying("a JPEG picture")),
    (b"GIF8", Saying("a GIF picture")),
    (b"PK\x03\x04", Saying("a ZIP archive (an EPUB or Word document is one, too)")),
    (b"%PDF-", Saying("a PDF document")),
    (b"\xd0\xcf\x11\xe0", Saying("an old Word or Excel document")),
    (b"{\\rtf", Saying("a Rich Text (RTF) document")),
    (b"\x1f\x8b", Saying("a gzip archive")),
    (b"7z\xbc\xaf", Saying("a 7-Zip archive")),
    (b"Rar!", Saying("a RAR archive")),
    (b"SQLite format 3\0", Saying("an SQLite database")),
    (b"\x7fELF", Saying("a program")),
)

# The UTF-32 marks stand first: the little-endian one begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A lone accented letter is no East Asian text, yet "’s" in Windows-1252 is valid Big5.
_MULTIBYTE = [
    *("big5", "big5hkscs", "cp932", "cp949", "cp950", "euc_jis_2004", "euc_jisx0213", "euc_jp"),
    *("euc_kr", "gb18030", "gb2312", "gbk", "hz", "johab", "shift_jis", "shift_jis_2004"),
    *("shift_jisx0213", "utf_7", "utf_16", "utf_16_be", "utf_16_le", "utf_32"),
]

# A bullet or quotation mark beside a NO-BREAK SPACE is no East Asian character either.
_PUNCTUATION = re.compile(rb"[\x85\x91-\x97\xa0\xab\xb7\xbb]")

_SAMPLE = 200_000
_STRANGE = re.compile("[\udc80-\udcff]")  # how surrogateescape keeps a byte that is no UTF-8

# "Pi³sudski": a sign inside a word betrays Central European text read as Western.
_WEDGED = re.compile(r"[^\W\d_][\u00a1-\u00bf][^\W\d_]")

# Mojibake is two or more bytes of one character shown as as many characters beyond ASCII, not all
# of them punctuation (the second may have become a space after Â or Ã). ftfy itself takes 3 s for a
# million words in lines, its own test 1 s, this 0.1 s.
_MARKS_IN_PAIRS = r"\u00a0\u2010-\u2027\u2030-\u203a\u00ab\u00bb"
_MAYBE_MOJIBAKE = re.compile(
    rf"[^\x00-\x7f{_MARKS_IN_PAIRS}][^\x00-\x7f]|[^\x00-\x7f][^\x00-\x7f{_MARKS_IN_PAIRS}]"
    r"|[ÂÃ]|[\x80-\x9f]"
)
_C1 = re.compile(r"[\x80-\x9f]")
# Bullets and arrows shown as three letters, which ftfy leaves as they are: "â—¦".
_THREE = re.compile(r"[âã][^\x00-\x7f][^\x00-\x7f]")
_FTFY = ftfy.TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
)

_NEWLINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\u2028\u2029]")
# Beside the control characters: marks nobody sees (soft hyphen, zero-width space, direction), which
# would make two equal names differ and can garble a Discord message.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_CONTROL_BYTES = bytes(code for code in range(0x20) if not 0x09 <= code <= 0x0D)


def decode(raw: bytes, name: str) -> str:
    """Return the text of the document *raw*, called *name* in what is said about it.

    Raises:
        SeedError: it is empty, larger than `LARGEST`, or not text.
    """
    if len(raw) > LARGEST:
        sentence = Saying(
            "It is {size} MB, and a document may hold {limit} MB at most: please split it.",
            size=-(-len(raw) // 1_000_000),
            limit=LARGEST // 1_000_000,
        )
        raise _refusal(name, sentence)
    if not raw:
        raise _refusal(name, Saying("The file is empty."))
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            sentence = Saying("This is {kind}, not text: please save the text itself.", kind=kind)
            raise _refusal(name, sentence)
    text = _clean(_decoded(raw, name))
    if not text.strip():
        raise _refusal(name, Saying("The file holds nothing but white space."))
    return text


def _refusal(name: str, sentence: Saying, line: int | None = None) -> SeedError:
    return SeedError([Fault(name, line, sentence)])


def _decoded(raw: bytes, name: str) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _as_marked(raw[len(mark) :], encoding, name)
    if b"\0" in raw:
        return _with_nulls(raw, name)
    if len(raw) - len(raw.translate(None, _CONTROL_BYTES)) > max(8, 0.05 * len(raw)):
        sentence = Saying("This is not text: it is full of control characters.")
        raise _refusal(name, sentence)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _damaged_utf8(raw) or _guessed(raw)
        if text is None:
            line = raw.count(b"\n", 0, error.start) + 1
            sentence = Saying(
                "No text encoding fits what stands here: please save the file as UTF-8."
            )
            raise _refusal(name, sentence, line) from error
        return text


def _as_marked(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        damaged = _damaged_utf8(raw) if encoding == "utf-8" else None
        if damaged is not None:
            return damaged
        line = raw[: error.start].decode(encoding, "ignore").count("\n") + 1
        sentence = Saying(
            "The file says that it is {encoding}, but what stands here is not: "
            "please save it again as UTF-8.",
            encoding=encoding.upper(),
        )
        raise _refusal(name, sentence, line) from error


def _with_nulls(raw: bytes, name: str) -> str:
    """Read UTF-16 that lost its mark: in Western text every second byte is NUL."""
    even, odd = raw[::2].count(0), raw[1::2].count(0)
    for nulls, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if nulls > max(8, 0.15 * len(raw)) and not others and len(raw) % 2 == 0:
            return _as_marked(raw, encoding, name)
    line = raw.count(b"\n", 0, raw.index(0)) + 1
    raise _refusal(name, Saying("This is not text: it holds NUL bytes."), line)


def _damaged_utf8(raw: bytes) -> str | None:
    """Return UTF-8 with a few strange bytes in it (read as Windows-1252), None for other text."""
    text = raw.decode("utf-8", "surrogateescape")
    strange = len(_STRANGE.findall(text))
    # A rough count that needs no loop: characters beyond ASCII that did decode.
    ascii_characters = len(raw.translate(None, bytes(range(0x80, 0x100))))
    if 4 * strange > len(text) - ascii_characters - strange:
        return None
    return _STRANGE.sub(
        lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text
    )


def _guessed(raw: bytes) -> str | None:
    """Return *raw* in the encoding charset-normalizer finds, Western when that fits as well."""
    sample = _telling_lines(raw)
    alone = re.search(rb"[\x80-\xff]{2}", _PUNCTUATION.sub(b" ", sample)) is None
    matches = list(from_bytes(sample, cp_exclusion=_MULTIBYTE if alone else None))
    likely = [match for match in matches if not _WEDGED.search(str(match))] or matches
    if not likely:
        return None
    best = min(match.chaos for match in likely)
    western = any("cp1252" in m.could_be_from_charset and m.chaos <= best for m in likely)
    return raw.decode("cp1252" if western else likely[0].encoding, "replace")


def _telling_lines(raw: bytes) -> bytes:
    """Return the lines that are not all ASCII, some 200 KB of them: the rest tells nothing."""
    lines: list[bytes] = []
    size = 0
    for line in raw.splitlines():
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    return b"\n".join(lines)


def _clean(text: str) -> str:
    if not text.isascii() and _MAYBE_MOJIBAKE.search(text):
        text = "\n".join(map(_mended, text.split("\n")))
    return _UNSEEN.sub("", _NEWLINES.sub("\n", text))


def _mended(line: str) -> str:
    if not _MAYBE_MOJIBAKE.search(line):
        return line
    if not (is_bad(line) or _C1.search(line)):
        return _THREE.sub(_from_three, line)
    return ftfy.fix_text(line, _FTFY)


def _from_three(found: re.Match[str]) -> str:
    try:
        return found[0].encode("cp1252").decode("utf-8")
    except UnicodeError:
        return found[0]
