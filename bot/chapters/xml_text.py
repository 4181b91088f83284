"""From the bytes of a feed to XML that a parser can be trusted with. Pure.

Feeds lie about their encoding, hold characters that XML forbids, and arrive cut off. Entities of
their own are refused: 400 bytes of them grow to a million characters and more.
"""

import codecs
import re
from collections.abc import Iterator

from bot.chapters.errors import NotAFeedError
from bot.language.speech import mark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0?\0", "utf-16-le"),
    (b"\0<\0?", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"<\?xml\b[^>]{0,300}\?>")
# Of what Python can decode, only what pages are written in: utf-7 and others are ways around us.
_ENCODINGS = re.compile(
    r"iso-?8859-?\d{1,2}|latin-?1|windows-?125\d|cp125\d|cp866|koi8-?[ru]|mac-?roman|macintosh"
    r"|shift[_-]?jis|sjis|cp932|euc-?jp|euc-?kr|cp949|gb2312|gbk|gb18030|big5|tis-?620",
    re.I,
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));")
_OPENING = re.compile(r"<([A-Za-z_][\w.:-]*)")
_TAIL = 20_000
"""In how many characters at the end a whole feed closes its root; caches append comments."""
_HIDING = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_ENTRY_ENDS = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>")


def decoded(body: bytes, charset: str | None) -> str:
    """Return the text of *body*: by its mark, as UTF-8 if it is that, as declared, or as Western.

    *charset* is what the Content-Type says. What cannot be read becomes U+FFFD.
    """
    for begin, encoding in _MARKS:
        if body.startswith(begin):
            kept = body if begin.isascii() else body[len(begin) :]
            return kept.decode(encoding, "replace")
    try:
        # The last character may have been cut in two.
        return codecs.getincrementaldecoder("utf-8")("strict").decode(body, final=False)
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.match(body)
    for name in (declared[1].decode() if declared else "", charset or ""):
        if _ENCODINGS.fullmatch(name):
            try:
                return body.decode(name, "replace")
            except LookupError:
                continue
    text = body.decode("utf-8", "replace")
    broken = text.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = sum(1 for char in text if char > "\x7f")
    return text if beyond_ascii >= 2 * broken else body.decode("cp1252", "replace")


def prepared(text: str) -> tuple[bytes, bool]:
    """Return *text* as well-formed UTF-8 as far as possible, and whether it had been cut off.

    Of a feed that was cut off, the entries that arrived whole are left: half an entry may name its
    chapter differently from the whole one.

    Raises:
        NotAFeedError: it is not a feed's XML, declares entities, or has no whole entry.
    """
    text = _FORBIDDEN.sub("", text).lstrip("\ufeff \t\r\n")
    text = _DECLARATION.sub("", text, count=1) if text.startswith("<?xml") else text
    text = _REFERENCE.sub(_lawful, text)
    refuse_entities(text)
    root = _root(text)
    name = root.rpartition(":")[2].lower()
    if name not in {"rss", "feed", "rdf"}:
        raise NotAFeedError(mark("The answer is not a feed of RSS or Atom."))
    if re.search(rf"</{re.escape(root)}\s*>", text[-_TAIL:]):
        return text.encode("utf-8", "replace"), False
    end = max((found.end() for found in _ENTRY_ENDS.finditer(text)), default=0)
    if not end:
        raise NotAFeedError(mark("The feed arrived cut off, before the end of its first entry."))
    closing = f"</channel></{root}>" if name == "rss" else f"</{root}>"
    return f"{text[:end]}{closing}".encode("utf-8", "replace"), True


def _lawful(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    allowed = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code < 0x11_0000
    return reference[0] if allowed and code & 0xFFFE != 0xFFFE else ""


def refuse_entities(text: str) -> None:
    """Look through the marks of *text* as an XML parser does.

    Raises:
        NotAFeedError: there is a DOCTYPE or an ENTITY outside comments and CDATA.
    """
    for at in _marks(text):
        if text[at : at + 9].upper().startswith(("<!DOCTYPE", "<!ENTITY")):
            raise NotAFeedError(
                mark("The feed declares entities (a DOCTYPE), which is never read.")
            )


def _root(text: str) -> str:
    """Return the name of the first element, with its prefix, or nothing."""
    for at in _marks(text):
        if opening := _OPENING.match(text, at):
            return opening[1]
    return ""


def _marks(text: str) -> Iterator[int]:
    """Yield where each `<` stands that begins neither a comment, a CDATA nor an instruction.

    What is begun and never closed hides nothing: lenient parsers would look into it, too.
    """
    at = -1
    hiding = list(_HIDING)
    while (at := text.find("<", at + 1)) >= 0:
        hidden = next((pair for pair in hiding if text.startswith(pair[0], at)), None)
        if hidden is None:
            yield at
        elif (closed := text.find(hidden[1], at + 2)) >= 0:
            at = closed
        else:
            # Nor is any later one closed: looked for once, or a million of them take minutes.
            hiding.remove(hidden)
