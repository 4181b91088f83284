"""What `/status` tells the owner of the application."""

from collections.abc import Iterable, Sequence

import discord

from bot.duties import Duty
from bot.errors import BotError
from bot.health import Link, duty_name
from bot.language.speech import say, say_many
from bot.ui.theme import GREY, RED, field


class NotTheOwnerError(BotError):
    """Somebody else asks how the process is."""

    def __init__(self) -> None:
        super().__init__(say("That is between the bot and whoever runs it."))


def status_embed(
    link: Link, duties: Iterable[Duty], complaints: Sequence[str], lag: float | None
) -> discord.Embed:
    """Return how the process is: Discord, event loop (*lag*: seconds it is late), duties."""
    embed = discord.Embed(
        title=say("Unwell") if complaints else say("All is well"),
        description="\n".join(f"- {each}" for each in complaints) or None,
        colour=RED if complaints else GREY,
    )
    shards = [
        say("shard {number}: away", number=number)
        if latency is None
        else say("shard {number}: {latency} ms", number=number, latency=f"{latency * 1000:.0f}")
        for number, latency in link.latencies.items()
    ]
    servers = say_many("{number} server", "{number} servers", link.guilds)
    field(embed, "Discord", [servers, *shards[:20]])
    if lag is not None:
        field(embed, say("Event loop"), [say("{lag} ms late", lag=f"{lag * 1000:.1f}")])
    field(embed, say("Duties"), [duty_line(duty) for duty in duties])
    return embed


def duty_line(duty: Duty) -> str:
    """Return what a duty is called and how it goes."""
    if duty.stands_by:
        said = say("done by another process")
    elif duty.failures:
        said = say_many(
            "failed {number} time in a row", "failed {number} times in a row", duty.failures
        )
    elif duty.last_success is None:
        said = say("not done yet")
    else:
        said = say("done {when}", when=f"<t:{duty.last_success // 1000}:R>")
    return f"{duty_name(duty.name)}: {said}"
