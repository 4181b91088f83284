"""The button by which a reader says that an entry is wrong, and what the admins then read."""

from typing import Any

import discord

from bot.canon.models import Entry
from bot.flags.models import LONGEST, Flag, NoServerError, NothingSaidError
from bot.language.speech import ENGLISH, say, speaking
from bot.ui.controls import OWNER, AnyInteraction, Control, EntryGoneError, Form, button, services
from bot.ui.lore import citation, when
from bot.ui.text import plain, safe, safe_line
from bot.ui.theme import GREY, clip, field, fitted

_EXCERPT = 400


class FlagButton(Control, template=rf"lf:{OWNER}:(?P<reference>[a-z0-9-]{{1,32}}/[^\s/]{{1,44}})"):
    """Asks what is wrong with an entry."""

    @classmethod
    def to(cls, entry: Entry, owner: str) -> "FlagButton":
        """Return the button for *entry*."""
        state = {"owner": owner, "reference": entry.reference}
        return cls(button(say("Wrong?"), f"lf:{owner}:{entry.reference}"), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Open the form, unless nobody would read it."""
        if interaction.guild_id is None:
            raise NoServerError
        await services(interaction).flags.channel(interaction.guild_id)
        entry = await self.entry(interaction)
        await interaction.response.send_modal(FlagForm(entry))

    async def entry(self, interaction: AnyInteraction) -> Entry:
        """Return the entry, as far as whoever pressed may see it."""
        archive, view = await self.desk_for(interaction)
        reading = await archive.library.read(self.state["reference"], view)
        if reading is None:
            raise EntryGoneError
        return reading.entry


class FlagForm(Form):
    """What a reader has to say about an entry."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(title=say("What is wrong here?"))
        self.entry = entry
        self.words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph,
            custom_id="words",
            placeholder=say("The document says 1934, not 1932."),
            max_length=LONGEST,
        )
        said = clip(plain(f"{when(entry)} · {entry.title}"), 100)
        self.add_item(
            discord.ui.Label(text=say("In a few words"), description=said, component=self.words)
        )

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Tell the admins."""
        words = plain(self.words.value).strip()
        if interaction.guild_id is None:
            raise NoServerError
        if not words:
            raise NothingSaidError
        settings = await services(interaction).guilds.settings(interaction.guild_id)
        with speaking(settings.language or ENGLISH):
            body = flag_body(self.entry, words, interaction.user)
        user = interaction.user.id
        flag = Flag(interaction.guild_id, user, self.entry.reference, words, body)
        await services(interaction).flags.send(flag)
        await interaction.response.send_message(
            say(
                "Filed with the admins of this server, with your name and the place in the "
                "document."
            ),
            ephemeral=True,
        )


def flag_body(entry: Entry, words: str, reader: discord.abc.User) -> dict[str, Any]:
    """Return the message to the admins: who doubts what, and where it stands."""
    embed = discord.Embed(
        title=say("A reader doubts an entry"),
        description=clip(safe(words), 4000),
        colour=GREY,
    )
    embed.set_author(name=clip(plain(f"{reader.display_name} ({reader.name})"), 250))
    field(
        embed,
        f"{clip(plain(entry.work.title), 200)}",
        [
            f"**{safe_line(when(entry))}** · {clip(safe_line(entry.title), 200)}",
            clip(safe_line(entry.text), _EXCERPT),
        ],
    )
    embed.set_footer(text=clip(f"{citation(entry)}\n{entry.reference}", 1000))
    return {"embeds": [fitted(embed).to_dict()], "allowed_mentions": {"parse": []}}
