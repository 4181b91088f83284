"""The tree of errors.

    SamizdatError
    ├── BotError         the reader's to mend: str(error) is shown to them, not logged
    └── OperatorError    the operator's to mend: str(error) is printed, no traceback
        ├── SettingsError
        ├── StorageError
        └── SeedError    a document or a file of the seeds; names the file and the line

Anything else is a bug of ours: an apology with a reference, and a traceback in the log under it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.sayings import Sayable


class SamizdatError(Exception):
    """Anything the program itself raises on purpose."""


class BotError(SamizdatError):
    """A fault in what a reader asked for: `str(error)` may be shown to them."""


class OperatorError(SamizdatError):
    """A fault in the installation: `str(error)` tells the operator what to change."""


class SettingsError(OperatorError):
    """One or more settings are missing or wrong; the message names all of them."""


class StorageError(OperatorError):
    """The community database cannot be used as it is."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a seed: *file* as its owner knows it, *line* from 1 or None.

    Uploaders are told of it in their language, so what a document may be guilty of is a `Saying`;
    what only operators can get wrong is English.
    """

    file: Sayable
    line: int | None
    message: Sayable

    def __str__(self) -> str:
        """Return `file:line: message`, the form editors can jump to."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


class SeedError(OperatorError):
    """The seeds cannot become a canon; carries every fault found, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
