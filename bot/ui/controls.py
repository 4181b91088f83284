"""Buttons and menus that outlive the process, and what they all share.

discord.py only logs what a `DynamicItem` raises and the reader sees "interaction failed"; so every
item of ours acts inside a guard that reports. Ids are hostile: whoever sends one may have made it.
"""

import re
from collections.abc import Mapping
from typing import Any, Self

import discord

from bot.app import Services, report
from bot.canon.answers import View
from bot.canon.archive import Archive
from bot.errors import BotError
from bot.language.speech import say
from bot.progress.service import Asker
from bot.ui.theme import Reply

AnyInteraction = discord.Interaction[Any]
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

OWNER = r"(?P<owner>[0-9a-z]{1,13})"
WORK = r"(?P<work>[a-z0-9-]{1,32}|\*)"
PAGE = r"(?P<page>\d{1,2})"


def base36(number: int) -> str:
    """Return *number* (a snowflake) in the fewest letters and digits."""
    shown = ""
    while number:
        number, digit = divmod(number, 36)
        shown = _DIGITS[digit] + shown
    return shown or "0"


def from_base36(text: str) -> int:
    """Return the id that `base36` showed so; 0, which is nobody's, for what no id can be."""
    try:
        number = int(text, 36)
    except ValueError:
        return 0
    return number if 0 < number < 2**63 else 0


class EntryGoneError(BotError):
    """The entry behind a button is no longer in the canon."""

    def __init__(self) -> None:
        super().__init__(
            say(
                "That entry is no longer in the archive: its document has changed. "
                "Ask again with /event."
            )
        )


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=r"(?!)"):
    """A persistent item whose whole state is its id. Subclasses say in `act` what it does."""

    def __init__(self, item: discord.ui.Item[Any], state: Mapping[str, str]) -> None:
        super().__init__(item)
        self.state = state

    @classmethod
    async def from_custom_id(
        cls, _interaction: AnyInteraction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the item that a click with this id is for."""
        return cls(item, match.groupdict())

    async def callback(self, interaction: AnyInteraction) -> None:
        """Act, and report what goes wrong."""
        try:
            services(interaction).limits.check(interaction.user.id, interaction.guild_id)
            await self.act(interaction)
        except Exception as error:  # noqa: BLE001 - the guard: report() sorts them
            await report(interaction, error)

    async def act(self, interaction: AnyInteraction) -> None:
        """Do what the item is for."""
        raise TypeError(f"{type(self).__name__} does nothing")

    def chosen(self, interaction: AnyInteraction) -> str:
        """Return the value that was picked from a menu, or an empty text."""
        data: Any = interaction.data or {}
        values = data.get("values") or [""]
        return str(values[0])

    async def desk_for(
        self, interaction: AnyInteraction, work: str | None = None
    ) -> tuple[Archive, View]:
        """Return the archive and what of it whoever pressed may see, given who sees the answer."""
        private = is_private(interaction) or base36(interaction.user.id) != self.state["owner"]
        who = asker(interaction, private=private)
        archive = await archive_of(interaction)
        view = await services(interaction).progress.view(archive.library, who, work)
        return archive, view

    async def show(
        self, interaction: AnyInteraction, reply: Reply, *, picture_stays: bool = False
    ) -> None:
        """Put *reply* in the message's place for whoever asked for it; others get their own.

        A picture above the message goes, unless it belongs to *reply* as well.
        """
        if base36(interaction.user.id) == self.state["owner"]:
            above: dict[str, Any] = {} if picture_stays else {"attachments": []}
            await interaction.response.edit_message(**reply.edited(), **above)
        else:
            await interaction.response.send_message(**reply.sent(), ephemeral=True)


class Form(discord.ui.Modal):
    """A window to fill in; what goes wrong with it is reported like everything else."""

    # Without the item of a view's: discord.py's own Modal has it so.
    async def on_error(  # type: ignore[override]
        self, interaction: AnyInteraction, error: Exception, /
    ) -> None:
        """Answer the reader and, where it is ours, log it."""
        await report(interaction, error)


def is_private(interaction: AnyInteraction) -> bool:
    """Tell whether the message that was clicked on is shown to one reader only."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def asker(interaction: AnyInteraction, *, private: bool) -> Asker:
    """Return who asks, and whether the channel they are in will see the answer."""
    return Asker(interaction.user.id, None if private else interaction.channel_id)


def services(interaction: AnyInteraction) -> Services:
    """Return what the bot behind *interaction* was given."""
    found: Services = interaction.client.services
    return found


async def archive_of(interaction: AnyInteraction) -> Archive:
    """Return the archive that answers where *interaction* happened."""
    return await services(interaction).archives.of(interaction.guild_id)


def picked(interaction: AnyInteraction) -> str | None:
    """Return the one value picked from a menu, None when it was emptied."""
    data: Any = interaction.data or {}
    values = data.get("values") or [None]
    return None if values[0] is None else str(values[0])


def resolved(interaction: AnyInteraction, kind: str) -> set[str]:
    """Return the ids that Discord vouches for: of this server, and not made up."""
    data: Any = interaction.data or {}
    return set((data.get("resolved") or {}).get(kind) or {})


def button(label: str, custom_id: str, *, disabled: bool = False) -> discord.ui.Button[Any]:
    """Return a grey button, its *label* within Discord's limit."""
    return discord.ui.Button(label=label[:80], custom_id=custom_id, disabled=disabled)
