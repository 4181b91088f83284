"""The bot itself, what it is given, and the one place where an error becomes a reply."""

import asyncio
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import yarl
from discord import app_commands
from discord.ext import commands

from bot.cards.painter import Painter
from bot.chapters.announcing.service import Announcing
from bot.chapters.following.service import Following
from bot.chapters.stories.service import Stories
from bot.chapters.subscribing.service import Subscribing
from bot.clock import Clock
from bot.connection import IdentifyBudget, Patience, RefusalBreaker, limit_requests, take_each_once
from bot.delivery import DiscordSender
from bot.departures.service import Departures
from bot.duties import Duties
from bot.errors import BotError
from bot.flags.service import Flags
from bot.guilds.service import Guilds
from bot.health import Health, Link
from bot.language.speech import say
from bot.language.translator import CommandTranslator, answer_in_each_language
from bot.leases.keeper import Keeper
from bot.limits import Limits
from bot.outbox.relay import Relay
from bot.outbox.service import Outbox
from bot.privacy.service import Privacy
from bot.problems.service import Problems
from bot.progress.service import Progress
from bot.quotes.originals.service import Originals
from bot.quotes.pace import Pace
from bot.quotes.service import Quotes
from bot.soviet.noticeboard import Noticeboard
from bot.soviet.reminders import Reminders
from bot.soviet.service import Soviet
from bot.storage.database import Database, OutcomeUnknownError, StorageFailedError
from bot.storage.state import AppState
from bot.ui.text import safe_sentence
from bot.uploads.archives import Archives
from bot.uploads.service import Uploads

log = logging.getLogger(__name__)

_GONE = frozenset({10008, 10015, 10062, 40060, 50027})
"""Discord's codes for an interaction that can no longer be answered (gone, expired, answered)."""


@dataclass(frozen=True)
class Services:
    """Everything a cog or a button may ask. Built by hand in bot/compose.py."""

    clock: Clock
    database: Database
    state: AppState
    duties: Duties
    limits: Limits
    guilds: Guilds
    relay: Relay
    outbox: Outbox
    stories: Stories
    following: Following
    announcing: Announcing
    subscribing: Subscribing
    problems: Problems
    flags: Flags
    archives: Archives
    uploads: Uploads
    departures: Departures
    progress: Progress
    quotes: Quotes
    originals: Originals
    soviet: Soviet
    noticeboard: Noticeboard
    reminders: Reminders
    painter: Painter
    pace: Pace
    privacy: Privacy
    keeper: Keeper


class Tree(app_commands.CommandTree["Samizdat"]):
    """The slash commands; a failing one is reported like everything else."""

    async def interaction_check(self, interaction: discord.Interaction[Any]) -> bool:
        """Let commands through at the pace of people; typing is not counted, it only suggests."""
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        try:
            self.client.services.limits.check(interaction.user.id, interaction.guild_id)
        except BotError as error:
            await report(interaction, error)
            return False
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        """Answer the reader and, where it is ours, log it."""
        await report(interaction, error)


class Samizdat(commands.AutoShardedBot):
    """The bot. It asks Discord for guilds and nothing else: no members, no messages."""

    def __init__(
        self,
        services: Services,
        *,
        extensions: Sequence[str],
        dev_guild_id: int | None = None,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
    ) -> None:
        # discord.py's annotation knows no None here, although it is the default.
        shards: Any = list(shard_ids) if shard_ids else None
        self.breaker = RefusalBreaker(services.clock)
        self._identifies = IdentifyBudget(services.state, services.clock)
        super().__init__(
            # Required by the base class; without the message intent no text command can arrive.
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=30.0,
            http_trace=self.breaker.trace(),
            # Lookups also work in private messages, and for readers who install the bot themselves.
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            shard_count=shard_count,
            shard_ids=shards,
        )
        self.services = services
        self.dev_guild_id = dev_guild_id
        self.health: Health | None = None
        """Set while the process is watched; the sandbox is not."""
        self._wanted_extensions = tuple(extensions)
        self._warming: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Load the cogs and begin the duties; called once, before the gateway connects."""
        limit_requests(self.http)
        # No public way leads there either.
        answer_in_each_language(self._connection.parsers)
        take_each_once(self._connection.parsers)
        await self.tree.set_translator(CommandTranslator())
        self.services.relay.attach(DiscordSender(self))
        for extension in self._wanted_extensions:
            await self.load_extension(extension)
        # In the background: whoever asks for a card meanwhile waits for the same fonts.
        self._warming = asyncio.create_task(self.services.painter.warm_up(), name="warm up")
        # The painter has logged what went wrong; the first card will tell its reader.
        self._warming.add_done_callback(lambda task: task.cancelled() or task.exception())
        self.services.duties.start()

    async def close(self) -> None:
        """End the duties, then the connection."""
        if self._warming is not None:
            self._warming.cancel()
        await self.services.duties.stop()
        await super().close()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until Discord may be asked for another session."""
        await self._identifies.wait_for_turn()
        await super().before_identify_hook(shard_id, initial=initial)

    async def launch_shard(
        self, gateway: yarl.URL, shard_id: int, *, initial: bool = False
    ) -> None:
        """Connect a shard, and have it come back soon whenever it loses Discord."""
        await super().launch_shard(gateway, shard_id, initial=initial)
        # No public way leads there; tests/faults hold that it does what it should.
        self.shards[shard_id]._parent._backoff = Patience()  # noqa: SLF001

    async def on_shard_ready(self, _shard_id: int) -> None:
        """Note that a session began."""
        self._identifies.succeeded()

    def link(self) -> Link:
        """Return how it stands with Discord."""
        return Link(
            len(self.guilds),
            {
                number: None if shard.is_closed() else shard.latency
                for number, shard in self.shards.items()
            },
        )

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what an event handler raised, under a reference."""
        log.exception("event %s failed", event_method, extra={"reference": new_reference()})


def new_reference() -> str:
    """Return a short word by which a reader's report finds the traceback in the log."""
    return secrets.token_hex(4)


async def report(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Turn *error* into a private reply.

    A `BotError` is its own reply. What Discord itself refuses because it is over is dropped with a
    line in the log. Anything else is ours: an apology with a reference, and the traceback under it.
    """
    while isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError):
        cause = error.__cause__
        if cause is None:
            break
        error = cause
    if isinstance(error, discord.HTTPException) and error.code in _GONE:
        log.info("an interaction was over before its answer: %s", error.code)
        return
    if isinstance(error, StorageFailedError):
        log.error("%s failed: %s", _name(interaction), error)
    sentence = _sentence(error)
    if sentence is None:
        reference = new_reference()
        log.error("%s failed", _name(interaction), exc_info=error, extra={"reference": reference})
        sentence = say(
            "Something broke in the bureau, and it is our fault, not yours. "
            "Nothing you did is lost. If it happens again, tell an admin this: `{reference}`",
            reference=reference,
        )
    await _tell(interaction, sentence)


def _sentence(error: BaseException) -> str | None:
    """Return what to say when the error is the reader's or Discord's, None when it is ours."""
    match error:
        case BotError():
            return safe_sentence(str(error))
        case StorageFailedError():
            return _unsaved(error)
        case app_commands.CommandSignatureMismatch() | app_commands.CommandNotFound():
            return say("This command has just changed. Restart Discord (Ctrl-R), then try again.")
        case app_commands.CheckFailure():
            return say("You may not do that here.")
        case app_commands.TransformerError():
            value = str(error.value)[:80]
            return safe_sentence(say("“{value}” is not something I can read there.", value=value))
        case _:
            return None


def _unsaved(error: StorageFailedError) -> str:
    if isinstance(error, OutcomeUnknownError):
        return say(
            "The records went away while they were being written, so nobody knows yet whether "
            "this was saved. Look before you do it again."
        )
    return say(
        "The records cannot be written at this moment, so this was not saved. "
        "Try again in a minute."
    )


async def _tell(interaction: discord.Interaction[Any], sentence: str) -> None:
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("the reply to %s could not be sent: %s", _name(interaction), error)


def _name(interaction: discord.Interaction[Any]) -> str:
    """Return what was used, without what was typed."""
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: Any = interaction.data or {}
    return f"{interaction.type.name} {str(data.get('custom_id', ''))[:24]}"
