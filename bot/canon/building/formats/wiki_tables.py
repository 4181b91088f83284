"""The tables of MediaWiki source, one row a line."""

import re
from dataclasses import dataclass, field

_OPENING = re.compile(r"^[:*# \t]{0,10}\{\|")
_ATTRIBUTES = re.compile(r"^[^|\[\]{}]{0,300}=[^|\[\]{}]{0,300}\|(?!\|)")
_ROWSPAN = re.compile(r"rowspan\s{0,3}=\s{0,3}[\"']?\s{0,3}(\d{1,3})", re.IGNORECASE)


@dataclass(slots=True)
class _Row:
    line: int = -1
    cells: list[str] = field(default_factory=list)
    is_head: bool = True


def rows_of_tables(lines: list[str], gone: str) -> list[str]:
    """Return *lines* with the rows of tables as `| … | …`, on the line where each begins.

    The other lines of a table become *gone*, so that no number of a line changes. A first cell
    that spans several rows stands in each of them; a row of headings alone goes.
    """
    return _Tables(lines, gone).read()


class _Tables:
    def __init__(self, lines: list[str], gone: str) -> None:
        self._lines = lines
        self._gone = gone
        self._out: list[str] = []
        self._row = _Row()
        self._spanning = ""
        self._left = 0
        self._first_span = 0

    def read(self) -> list[str]:
        depth = 0
        for number, line in enumerate(self._lines):
            words = line.strip()
            if _OPENING.match(line):
                depth += 1
                self._out.append(self._gone)
            elif not depth:
                self._out.append(line)
            elif words.startswith("|}"):
                self._end_row()
                depth -= 1
                self._left = 0
                self._out.append(self._gone)
            else:
                self._out.append(self._gone)
                self._within(words, number)
        self._end_row()
        return self._out

    def _within(self, words: str, number: int) -> None:
        if words.startswith("|-"):
            self._end_row()
        elif words.startswith("|+"):
            return
        elif words.startswith(("|", "!")):
            is_head = words[0] == "!"
            cells = words[1:].replace("!!", "||") if is_head else words[1:]
            if self._row.line < 0:
                self._row.line = number
            self._row.is_head = self._row.is_head and is_head
            for cell in cells.split("||"):
                self._cell(cell)
        elif words and self._row.cells:
            self._row.cells[-1] = f"{self._row.cells[-1]} {words.lstrip('*#: ')}".strip()
        elif words:
            self._row.line = number
            self._row.is_head = False
            self._row.cells.append(words)

    def _cell(self, cell: str) -> None:
        attributes = _ATTRIBUTES.match(cell)
        if attributes is not None:
            spanned = _ROWSPAN.search(attributes[0])
            if spanned is not None and not self._row.cells:
                self._first_span = int(spanned[1])
            cell = cell[attributes.end() :]
        self._row.cells.append(cell.strip())

    def _end_row(self) -> None:
        row, self._row = self._row, _Row()
        span, self._first_span = self._first_span, 0
        if self._left > 0 and row.cells:
            self._left -= 1
            row.cells.insert(0, self._spanning)
        elif span > 1 and row.cells:
            self._left, self._spanning = span - 1, row.cells[0]
        cells = [cell for cell in row.cells if cell]
        if cells and not (row.is_head and len(row.cells) > 1):
            self._out[row.line] = "| " + " | ".join(cells)
