"""Minutes and ballots as files, shown only to whoever asks: names in a file ping nobody."""

import io

import discord

from bot.language.speech import say
from bot.soviet.models import Motion
from bot.ui.controls import AnyInteraction, button
from bot.ui.soviet.clicks import MOTION, MotionControl, guild_of, motion_key, soviet_of
from bot.ui.soviet.words import headline
from bot.ui.theme import RED, fitted


class MinutesButton(MotionControl, template=rf"so:p:{MOTION}"):
    """Hands out the minutes of a closed motion."""

    @classmethod
    def of(cls, motion: Motion) -> "MinutesButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        return cls(button(say("Minutes"), f"so:p:{key}"), {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Hand them out."""
        chamber = soviet_of(interaction).chamber
        motion = await chamber.motion_by_id(guild_of(interaction), self.motion_id)
        await hand_out_minutes(interaction, motion.number, ballots=False)


async def hand_out_minutes(interaction: AnyInteraction, number: int, *, ballots: bool) -> None:
    """Send the minutes of № *number*, and its *ballots* as a table where those are open."""
    guild_id, archive = guild_of(interaction), soviet_of(interaction).archive
    closed = await archive.closed(guild_id, number)
    files = [_file(f"minutes-{number}.txt", await archive.minutes(guild_id, number))]
    if ballots:
        files.append(_file(f"ballots-{number}.csv", await archive.ballots_csv(guild_id, number)))
    embed = discord.Embed(title=headline(closed.motion.text), colour=RED)
    embed.set_author(name=say("Motion № {number} · the minutes", number=number))
    await interaction.response.send_message(embed=fitted(embed), files=files, ephemeral=True)


def _file(name: str, text: str) -> discord.File:
    # With a byte order mark, for without one spreadsheets read the letters of half the world wrong.
    return discord.File(io.BytesIO(text.encode("utf-8-sig")), filename=name)


CONTROLS = (MinutesButton,)
