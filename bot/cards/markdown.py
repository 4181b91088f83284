"""Discord's marks in a message: read into blocks and spans, without any markup of its own.

Only what Discord's clients show is read: bold, italic, underline, strike, code, spoiler, headings,
quotes, lists, small print, masked links, custom emoji, timestamps. Anything else stays as written.
"""

import re
from collections.abc import Iterator

from bot.cards import inline
from bot.cards.marks import Kind, Line, Mark, Span

# The two ends of a spoiler while the rest is read; taken out of the message first.
_COVER, _UNCOVER = "\U000ffffc", "\U000ffffd"
_BLANK = str.maketrans({_COVER: "\ufffd", _UNCOVER: "\ufffd"})
_LINE_STARTS = (
    (re.compile(r"#{1,3} +(?=\S)"), Kind.HEADING, ""),
    (re.compile(r"-# +(?=\S)"), Kind.SMALL, ""),
    (re.compile(r"> "), Kind.QUOTE, ""),
    (re.compile(r" {0,6}[-*] +(?=\S)"), Kind.ITEM, "•\u00a0"),
)


def plain(text: str) -> list[Line]:
    """Return *text* as lines without marks."""
    return [Line(Kind.PLAIN, (Span(line, Mark.NONE),)) for line in _lines(text)]


def parse(text: str) -> list[Line]:
    """Read *text* as Discord does."""
    covered = _cover_spoilers("\n".join(_lines(text.translate(_BLANK))))
    return list(_spoilers_marked(_blocks(covered)))


def _lines(text: str) -> list[str]:
    return re.sub(r"\r\n|[\r\u2028\u2029\x85\x0b\x0c]", "\n", text).split("\n")


def _cover_spoilers(text: str) -> str:
    """Put the covering signs where a pair of `||` stands outside code."""
    bars = list(_bars_outside_code(text))
    for place, (opening, closing) in enumerate(zip(bars[::2], bars[1::2], strict=False)):
        # Each sign is one character shorter than its bars.
        first, second = opening - 2 * place, closing - 2 * place - 1
        text = text[:first] + _COVER + text[first + 2 :]
        text = text[:second] + _UNCOVER + text[second + 2 :]
    return text


def _bars_outside_code(text: str) -> Iterator[int]:
    place = 0
    while (found := re.compile(r"\\.|`+|\|\|", re.DOTALL).search(text, place)) is not None:
        place = found.end()
        if found[0] == "||":
            yield found.start()
        elif found[0].startswith("`"):
            end = inline.closing_backticks(text, place, len(found[0]))
            place = place if end < 0 else end + len(found[0])


def _blocks(text: str) -> Iterator[Line]:
    """Yield the lines; a fence of three backticks sets its lines apart."""
    while (fence := text.find("```")) >= 0 and (end := text.find("```", fence + 3)) >= 0:
        yield from _ordinary(text[:fence].removesuffix("\n"))
        code = re.sub(r"^[\w+#.-]*\n", "", text[fence + 3 : end]).strip("\n")
        for line in code.split("\n"):
            yield Line(Kind.CODE, (Span(line, Mark.CODE),))
        text = text[end + 3 :].removeprefix("\n")
        if not text:
            return
    yield from _ordinary(text)


def _ordinary(text: str) -> Iterator[Line]:
    """Yield the lines of a stretch without fences; marks may run on from line to line."""
    waiting: list[str] = []
    quoted = False
    for raw in text.split("\n") if text else ():
        quoted = quoted or raw.startswith(">>> ")
        kind, line = _line_start(raw.removeprefix(">>> "))
        kind = Kind.QUOTE if quoted else kind
        if kind is Kind.PLAIN and line is raw:
            waiting.append(raw)
            continue
        yield from _running(waiting)
        waiting = []
        yield Line(kind, tuple(inline.spans(line)))
    yield from _running(waiting)


def _line_start(raw: str) -> tuple[Kind, str]:
    for pattern, kind, sign in _LINE_STARTS:
        if (start := pattern.match(raw)) is not None:
            return kind, sign + raw[start.end() :]
    return Kind.PLAIN, raw


def _running(lines: list[str]) -> Iterator[Line]:
    if not lines:
        return
    current: list[Span] = []
    for span in inline.spans("\n".join(lines)):
        first, *others = span.text.split("\n")
        current.append(Span(first, span.marks))
        for text in others:
            yield Line(Kind.PLAIN, tuple(current))
            current = [Span(text, span.marks)]
    yield Line(Kind.PLAIN, tuple(current))


def _spoilers_marked(lines: Iterator[Line]) -> Iterator[Line]:
    covered = False
    for line in lines:
        spans: list[Span] = []
        for span in line.spans:
            for piece in re.split(f"([{_COVER}{_UNCOVER}])", span.text):
                if piece in {_COVER, _UNCOVER}:
                    covered = piece == _COVER
                elif piece:
                    spans.append(Span(piece, span.marks | Mark.SPOILER if covered else span.marks))
        yield Line(line.kind, tuple(spans))
