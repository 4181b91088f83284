"""The front matter of a Markdown document: what it says of itself between two lines of `---`."""

import re
from dataclasses import dataclass

import yaml

from bot.canon.building.leading_dates import leading_date
from bot.canon.dates import DateSpan
from bot.canon.models import Tier
from bot.errors import Fault, SeedError
from bot.language.sayings import Saying

_OPENING = re.compile(r"\s{0,100}---[ \t]*\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_FIELD = re.compile(r"^[A-Za-z][\w -]{0,40}:(?:\s|$)", re.MULTILINE)
_LONGEST = 5_000
_MOST_BRACKETS = 100
"""Each costs PyYAML the square of how deep it stands; so does every `- ` or `? ` of one line."""
_NESTED = re.compile(r"[\[{]|[-?](?= )")
_LONGEST_TITLE = 200
_MOST_CHAPTERS = 1_000_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above the *body*, which begins after *lines* lines of the file.

    *chapter* is 0 and *tier*, *span* None where nothing is said.
    """

    body: str
    lines: int = 0
    title: str = ""
    chapter: int = 0
    tier: Tier | None = None
    span: DateSpan | None = None
    written: str = ""


def split(text: str, name: str, *, strict: bool) -> FrontMatter | None:
    """Return the front matter and the rest of *text*, None if it begins with none.

    Not *strict*: what is wrong in it is not looked at.

    Raises:
        SeedError: it is no YAML of plain values, or a value cannot be what its key says.
    """
    opening = _OPENING.match(text)
    if opening is None:
        return None
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None or not _FIELD.search(text, opening.end(), closing.start()):
        return None
    above = text.count("\n", 0, closing.end()) + 1
    body = text[closing.end() :].removeprefix("\n")
    if not strict:
        return FrontMatter(body, above)
    first = text.count("\n", 0, opening.end()) + 1
    values = _values(text[opening.end() : closing.start()], name, first)
    return _understood(values, FrontMatter(body, above), name)


def _values(source: str, name: str, first: int) -> dict[str, tuple[int, str]]:
    """Return the plain values at the top of *source* by key, each with its line of the file."""
    if len(_NESTED.findall(source)) > _MOST_BRACKETS:
        raise _refusal(
            name, first, Saying("The front matter is not valid YAML: too much within itself.")
        )
    try:
        for event in yaml.parse(source, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                line = first + (event.start_mark.line if event.start_mark else 0)
                raise _refusal(
                    name, line, Saying("Anchors and aliases (& and *) are not read here.")
                )
        root = yaml.compose(source, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first + (mark.line if mark else 0)
        problem = " ".join(str(error.problem or error.context).split())
        raise _refusal(
            name, line, Saying("The front matter is not valid YAML: {problem}.", problem=problem)
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError):
        raise _refusal(name, first, Saying("The front matter is not valid YAML.")) from None
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise _refusal(name, first, Saying("The front matter must be lines of “key: value”."))
    return {
        str(key.value).strip().casefold(): (first + value.start_mark.line, str(value.value).strip())
        for key, value in root.value
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }


def _understood(values: dict[str, tuple[int, str]], bare: FrontMatter, name: str) -> FrontMatter:
    _line, title = values.get("title", (0, ""))
    chapter = tier = span = None
    written = ""
    if "chapter" in values and values["chapter"][1]:
        line, said = values["chapter"]
        if not (said.isascii() and said.isdigit() and int(said[:9]) <= _MOST_CHAPTERS):
            raise _refusal(
                name, line, Saying("“{text}” is no number of a chapter.", text=said[:40])
            )
        chapter = int(said[:9])
    if "tier" in values and values["tier"][1]:
        line, said = values["tier"]
        if said.casefold() not in list(Tier):
            known = ", ".join(Tier)
            raise _refusal(
                name,
                line,
                Saying(
                    "There is no tier “{tier}”; the tiers are {known}.", tier=said[:40], known=known
                ),
            )
        tier = Tier(said.casefold())
    if "date" in values and values["date"][1]:
        line, written = values["date"]
        found = leading_date(written[:100], year=None, month=None)
        if found is None or found.span is None or found.rest:
            why = (found.problem if found is not None else None) or Saying("It is no date.")
            raise _refusal(
                name,
                line,
                Saying("The date “{date}” cannot be read. {why}", date=written[:40], why=why),
            )
        span, written = found.span, found.written
    return FrontMatter(
        bare.body,
        bare.lines,
        " ".join(title.split())[:_LONGEST_TITLE],
        chapter or 0,
        tier,
        span,
        written,
    )


def _refusal(name: str, line: int, sentence: Saying) -> SeedError:
    return SeedError([Fault(name, line, sentence)])
