"""How the chamber answers a click: privately first, then the public message follows."""

from bot.language.speech import language
from bot.soviet.models import Motion
from bot.ui.controls import AnyInteraction, services
from bot.ui.soviet.clicks import guild_of, soviet_of
from bot.ui.soviet.screen import Screen
from bot.ui.theme import Reply


async def tell(interaction: AnyInteraction, screen: Screen) -> None:
    """Answer privately; what was private already is changed in its place."""
    message, reply = interaction.message, screen.reply()
    if interaction.response.is_done():
        await interaction.followup.send(**reply.sent(), ephemeral=True)
    elif message is not None and message.flags.ephemeral:
        await interaction.response.edit_message(**reply.edited())
    else:
        await interaction.response.send_message(**reply.sent(), ephemeral=True)


async def language_of_answer(interaction: AnyInteraction, *, private: bool = False) -> str:
    """Return the language of an answer: whoever asks reads a private one, the server the others."""
    return (
        language()
        if private
        else await services(interaction).guilds.language(guild_of(interaction))
    )


async def answer(interaction: AnyInteraction, reply: Reply, *, private: bool) -> None:
    """Answer with *reply*, to everybody or privately."""
    if interaction.response.is_done():
        await interaction.followup.send(**reply.sent(), ephemeral=private)
    else:
        await interaction.response.send_message(**reply.sent(), ephemeral=private)


async def changed(interaction: AnyInteraction, motion: Motion) -> None:
    """Have the motion's message follow, adopting the clicked one if the motion has none.

    A motion is on disk before its message is sent; when the process died in between, the first
    click finds the two together again.
    """
    message, known = interaction.message, motion
    if motion.message_id is None and message is not None and not message.flags.ephemeral:
        chamber = soviet_of(interaction).chamber
        await chamber.place(motion.guild_id, motion.id, message.channel.id, message.id)
        known = await chamber.motion_by_id(motion.guild_id, motion.id)
    services(interaction).noticeboard.mark(known)
