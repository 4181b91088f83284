"""What is photographed: one file for each part of the bot, in the order of docs/commands.md.

A picture of a command is called as the command is, with hyphens: `lore-entry`.
"""

from collections.abc import Awaitable, Callable

from benchmarks.gallery.room import Room
from benchmarks.gallery.screens.archive import archive
from benchmarks.gallery.screens.branch import branch
from benchmarks.gallery.screens.chapters import chapters
from benchmarks.gallery.screens.house import house
from benchmarks.gallery.screens.quotes import quotes
from benchmarks.gallery.screens.sandbox import sandbox
from benchmarks.gallery.screens.soviet import soviet

ALL: tuple[Callable[[Room], Awaitable[None]], ...] = (
    archive,
    quotes,
    chapters,
    soviet,
    house,
    branch,
    sandbox,
)
