"""What the TOML files of a work may say, and what is wrong where they say something else."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic import StringConstraints as Limits
from pydantic_core import ErrorDetails

from bot.canon.building.toml_lines import Place, line_of, toml_lines
from bot.canon.models import EntityKind, Tier, WorkKind
from bot.errors import Fault

T = TypeVar("T", bound=BaseModel)


def _tidy(value: object) -> object:
    """Return a text on one line; one with control characters or half a character is refused."""
    if not isinstance(value, str):
        return value
    tidy = " ".join(value.split())
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in tidy):
        raise ValueError("holds a control character, which nobody could see")
    return tidy


_Tidy = BeforeValidator(_tidy)
Line = Annotated[str, _Tidy, Limits(max_length=300)]
Name = Annotated[str, _Tidy, Limits(min_length=1, max_length=100)]
Text = Annotated[str, _Tidy, Limits(max_length=600)]
FileName = Annotated[str, Limits(min_length=1, max_length=255)]
"""As it is on the disk, blanks and all."""
Chapter = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DocumentEntry(_Table):
    """One `[[document]]`."""

    file: FileName
    title: Line = ""
    format: Name | None = None
    tier: Tier | None = None
    chapter: Chapter = 0


class DisputeEntry(_Table):
    """One `[[dispute]]`: *there* begins with the other work's folder and a colon.

    *reveals* is the chapter of this work that makes it known.
    """

    about: Name
    here: Annotated[str, _Tidy, Limits(min_length=1, max_length=600)]
    there: Annotated[str, _Tidy, Limits(max_length=700, pattern=r"^[\w.-]+:\s*\S")]
    reveals: Chapter = 0


class WorkEntry(_Table):
    """canon.toml as a whole."""

    title: Name
    kind: WorkKind = WorkKind.FICTION
    author: Line = ""
    credit: Line = ""
    url: Annotated[str, Limits(max_length=300, pattern=r"^https?://\S+$")] | None = None
    blurb: Text = ""
    colour: Annotated[str, Limits(pattern=r"^#[0-9a-fA-F]{6}$")] = "#a11d21"
    diverges: Line | None = None
    eras: dict[Name, Line] = Field(default_factory=dict)
    document: tuple[DocumentEntry, ...] = ()
    dispute: tuple[DisputeEntry, ...] = ()


class AddedEntry(_Table):
    """documents.toml as a whole: entries that win over those of canon.toml, field by field."""

    document: tuple[DocumentEntry, ...] = ()


class EntityEntry(_Table):
    """One `[[entity]]` of lexicon.toml; *reveals* is the chapter that makes it known."""

    name: Name
    kind: EntityKind = EntityKind.OTHER
    aliases: tuple[Name, ...] = ()
    blurb: Text = ""
    reveals: Chapter = 0
    concept: Name | None = None


class LexiconEntry(_Table):
    """lexicon.toml as a whole."""

    entity: tuple[EntityEntry, ...] = ()


@dataclass(frozen=True)
class Parsed(Generic[T]):
    """A TOML file as read."""

    shown: str
    table: T
    text: str

    def fault(self, place: Place, message: str) -> Fault:
        """Return *message* about what stands at *place*."""
        return Fault(self.shown, line_of(self._lines, place), message)

    @cached_property
    def _lines(self) -> Mapping[Place, int]:
        return toml_lines(self.text)


def parse(model: type[T], raw: bytes, shown: str, faults: list[Fault]) -> Parsed[T] | None:
    """Return what *raw* says, or None after adding to *faults* everything that is wrong with it."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        values = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.append(Fault(shown, line, "is not UTF-8 text: save the file as UTF-8"))
        return None
    except tomllib.TOMLDecodeError as error:
        line = _line_in(str(error)) or text.count("\n") + 1
        faults.append(Fault(shown, line, f"is not valid TOML: {error}"))
        return None
    except RecursionError:
        faults.append(Fault(shown, None, "is not valid TOML: brackets within brackets"))
        return None
    try:
        return Parsed(shown, model.model_validate(values), text)
    except ValidationError as error:
        lines = toml_lines(text)
        faults += [_explained(shown, lines, problem) for problem in error.errors()]
    return None


def _line_in(message: str) -> int | None:
    """Return the line of a TOML error, which before Python 3.14 stands only in its message."""
    _, found, rest = message.partition("(at line ")
    number = rest.split(",")[0]
    return int(number) if found and number.isdigit() else None


def _explained(shown: str, lines: Mapping[Place, int], problem: ErrorDetails) -> Fault:
    where = tuple(part for part in problem["loc"] if part != "[key]")
    path = ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
    return Fault(shown, line_of(lines, where), f"{path}: {_said(where, problem)}")


_SENTENCES = {
    "extra_forbidden": "there is no such field",
    "missing": "is missing",
    "string_type": "must be a text in quotes",
    "int_type": "must be a whole number",
    "url": "must be an address that begins with http:// or https://",
    "colour": "must be a colour such as #a11d21",
    "there": "must begin with the folder of the other work and a colon: “red-guards: …”",
}


def _said(where: Place, problem: ErrorDetails) -> str:
    kind = problem["type"]
    if kind == "string_pattern_mismatch":
        kind = str(where[-1])
    if kind == "value_error":
        return str(problem["ctx"]["error"])
    message = str(problem["msg"])
    return _SENTENCES.get(kind, message[:1].lower() + message[1:])
