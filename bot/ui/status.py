"""What `/status` tells the owner of the application."""

import discord

from bot.app import Samizdat
from bot.clock import Instant, instant
from bot.duties import Duty
from bot.errors import BotError
from bot.ui.theme import GREY, RED, field


class NotTheOwnerError(BotError):
    """Somebody else asks how the process is."""

    def __init__(self) -> None:
        super().__init__("That is between the bot and whoever runs it.")


def status_embed(bot: Samizdat) -> discord.Embed:
    """Return how the process is: Discord, event loop, duties."""
    health, link = bot.health, bot.link()
    complaints = health.complaints() if health else []
    embed = discord.Embed(
        title="Unwell" if complaints else "All is well",
        description="\n".join(f"- {each}" for each in complaints) or None,
        colour=RED if complaints else GREY,
    )
    shards = [
        f"shard {number}: {'away' if latency is None else f'{latency * 1000:.0f} ms'}"
        for number, latency in link.latencies.items()
    ]
    field(embed, "Discord", [f"{link.guilds:,} servers", *shards[:20]])
    if health is not None:
        field(embed, "Event loop", [f"{health.lag * 1000:.1f} ms late"])
    now = instant(bot.services.clock.now())
    field(embed, "Duties", [_duty(duty, now) for duty in bot.services.duties.all])
    return embed


def _duty(duty: Duty, now: Instant) -> str:
    if duty.stands_by:
        return f"{duty.name}: done by another process"
    if duty.failures:
        return f"{duty.name}: failed {duty.failures} times in a row"
    if duty.last_success is None:
        return f"{duty.name}: not done yet"
    return f"{duty.name}: done {(now - duty.last_success) // 1000} s ago"
