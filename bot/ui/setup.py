"""The panel of `/setup`: each choice is kept at once, and checked at once, with what to click."""

from typing import Any

import discord

from bot.chapters.announcing.composer import Site
from bot.guilds.models import Choice
from bot.language.speech import ENGLISH, LANGUAGES, mark, say, say_list, say_many
from bot.ui.chapter_controls import managed_guild
from bot.ui.controls import AnyInteraction, Control, picked, resolved, services
from bot.ui.mentions import only
from bot.ui.setup_places import (
    PLACES,
    CannotTestError,
    EveryoneError,
    NoChannelToTestError,
    NotHereError,
    Standing,
    standing,
)
from bot.ui.setup_story import STORY_CONTROLS, FollowButton
from bot.ui.soviet.refresh import reworded
from bot.ui.text import safe_line
from bot.ui.theme import RED, clip

_STYLES = {
    "poster": mark("Poster: red wedge, large letters"),
    "newspaper": mark("Newspaper: a masthead and columns"),
    "plain": mark("Plain: dark and quiet"),
}
_TALKS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
]
_STORIES = 8


class Panel(discord.ui.LayoutView):
    """All choices of a server, each with how it stands with it."""

    def __init__(self, found: Standing) -> None:
        super().__init__(timeout=None)
        box: discord.ui.Container[Any] = discord.ui.Container(accent_colour=RED)
        box.add_item(_text(_head(found)))
        for number, (name, place) in enumerate(PLACES.items(), start=1):
            box.add_item(_text(_told(number, name, found)))
            box.add_item(discord.ui.ActionRow(ChannelMenu.of(name, place.of(found.chosen))))
        role = found.chosen.announcer_role
        box.add_item(
            _text(say("**4 · Who may announce chapters,** besides those who manage the server"))
        )
        box.add_item(discord.ui.ActionRow(RoleMenu.of(role)))
        box.add_item(_text(say("**5 · The look of quote cards**")))
        box.add_item(discord.ui.ActionRow(StyleMenu.of(found.chosen.card_style)))
        box.add_item(_text(say("**6 · The language of what I post by myself**")))
        box.add_item(discord.ui.ActionRow(LanguageMenu.of(found.chosen.language)))
        box.add_item(discord.ui.Separator())
        box.add_item(_text(_followed(found.stories)))
        box.add_item(discord.ui.ActionRow(CheckButton.to(), TestButton.to(), FollowButton.to()))
        self.add_item(box)


def _text(words: str) -> discord.ui.TextDisplay[Any]:
    return discord.ui.TextDisplay(words)


def _kept(
    number: int | None, kind: discord.SelectDefaultValueType
) -> list[discord.SelectDefaultValue]:
    # Discord describes ids as texts; discord.py sends what it is given.
    chosen: Any = str(number)
    return [discord.SelectDefaultValue(id=chosen, type=kind)] if number else []


def _head(found: Standing) -> str:
    name = clip(safe_line(found.guild.name), 80)
    left = sum(1 for name in PLACES if name not in found.looks)
    wrong = sum(1 for each in found.looks.values() if each.missing)
    if wrong:
        state = say_many("One needs a click.", "{number} need a click.", wrong)
    elif left:
        state = say_many("{number} still to choose.", "{number} still to choose.", left)
    else:
        state = say("All of them work.")
    title = say("Setting up {name}", name=name)
    how = say("Each choice is kept and checked at once.")
    return f"## {title}\n{how} {state}"


def _told(number: int, name: str, found: Standing) -> str:
    place, look_ = PLACES[name], found.looks.get(name)
    if look_ is None:
        nowhere = say("Nowhere yet.")
        return f"**{number} · {say(place.heading)}**\n-# {nowhere}"
    head = f"**{number} · {say(place.heading)}** <#{place.of(found.chosen)}>"
    if look_.missing:
        return head + "".join(f"\n⚠️ {reason}" for reason in look_.missing)
    return f"{head}\n-# ✅ {_can(look_)}"


def _can(found: Site) -> str:
    able = [say("post"), *([say("open threads")] if found.threads else [])]
    able += [say("publish to servers that follow it")] if found.publishes else []
    return say("I can {deeds} there.", deeds=say_list(able))


def _followed(stories: tuple[str, ...]) -> str:
    if not stories:
        return say("**Stories** · none is followed yet. **Follow a story** takes its address.")
    shown = ", ".join(clip(safe_line(title), 60) for title in stories[:_STORIES])
    if len(stories) > _STORIES:
        more = len(stories) - _STORIES
        shown = say("{titles} and {number} more", titles=shown, number=more)
    way = say("`/story edit` sets a quota; `/soviet orders` shows the standing orders.")
    return say("**Stories** · {titles}", titles=shown) + f"\n-# {way}"


class _Choosing(Control, template=r"(?!)"):
    """A menu of the panel: keeps what was chosen and draws the panel anew."""

    async def keep(self, interaction: AnyInteraction, choice: Choice, value: str | None) -> None:
        """Keep *value*, None for nothing, and show how it stands now."""
        guild_id = managed_guild(interaction)
        user = interaction.user.id
        await services(interaction).guilds.choose(guild_id, choice, value, user)
        await show(interaction)


async def show(interaction: AnyInteraction) -> None:
    """Draw the panel anew in its place."""
    await interaction.response.edit_message(view=Panel(await standing(interaction)))


class ChannelMenu(_Choosing, template=r"su:c:(?P<place>chapters|soviet|admins)"):
    """Chooses a channel."""

    @classmethod
    def of(cls, name: str, channel: int | None) -> "ChannelMenu":
        """Return the menu of a place, with the *channel* it has."""
        kept = _kept(channel, discord.SelectDefaultValueType.channel)
        menu: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id=f"su:c:{name}",
            channel_types=_TALKS,
            placeholder=say("Choose a channel"),
            min_values=0,
            default_values=kept,
        )
        return cls(menu, {"place": name})

    async def act(self, interaction: AnyInteraction) -> None:
        """Keep the channel; none takes it back."""
        value = picked(interaction)
        if value is not None and value not in resolved(interaction, "channels"):
            raise NotHereError
        await self.keep(interaction, PLACES[self.state["place"]].choice, value)


class RoleMenu(_Choosing, template=r"su:r"):
    """Chooses who may announce."""

    @classmethod
    def of(cls, role: int | None) -> "RoleMenu":
        """Return the menu, with the *role* that was chosen."""
        kept = _kept(role, discord.SelectDefaultValueType.role)
        menu: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            custom_id="su:r",
            placeholder=say("Choose a role"),
            min_values=0,
            default_values=kept,
        )
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Keep the role; none takes it back."""
        value = picked(interaction)
        if value is not None and value not in resolved(interaction, "roles"):
            raise NotHereError
        if value == str(interaction.guild_id):
            raise EveryoneError
        await self.keep(interaction, Choice.ANNOUNCER_ROLE, value)


class StyleMenu(_Choosing, template=r"su:s"):
    """Chooses the look of quote cards."""

    @classmethod
    def of(cls, style: str | None) -> "StyleMenu":
        """Return the menu, with the *style* that was chosen."""
        options = [
            discord.SelectOption(label=say(words), value=name, default=name == style)
            for name, words in _STYLES.items()
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id="su:s", placeholder=say("Choose a style"), options=options, min_values=0
        )
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Keep the style; none takes it back."""
        value = picked(interaction)
        if value is not None and value not in _STYLES:
            raise NotHereError
        await self.keep(interaction, Choice.CARD_STYLE, value)


class LanguageMenu(_Choosing, template=r"su:l"):
    """Chooses the language of what stays in the channels. Answers are in each reader's own."""

    @classmethod
    def of(cls, language: str | None) -> "LanguageMenu":
        """Return the menu, with the *language* that was chosen; each calls itself by its name."""
        options = [
            discord.SelectOption(label=name, value=each, default=each == (language or ENGLISH))
            for each, name in LANGUAGES.items()
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(custom_id="su:l", options=options)
        return cls(menu, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Keep the language."""
        value = picked(interaction)
        if value not in LANGUAGES:
            raise NotHereError
        await self.keep(interaction, Choice.LANGUAGE, value)
        await reworded(services(interaction), managed_guild(interaction))


class CheckButton(Control, template=r"su:k"):
    """Checks every channel again."""

    @classmethod
    def to(cls) -> "CheckButton":
        """Return the button."""
        return cls(discord.ui.Button(label=say("Check again"), custom_id="su:k"), {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Draw the panel anew."""
        await show(interaction)


class TestButton(Control, template=r"su:t"):
    """Sends whoever presses a ping, where chapters are announced."""

    __test__ = False  # no test of pytest's

    @classmethod
    def to(cls) -> "TestButton":
        """Return the button."""
        item: discord.ui.Button[Any] = discord.ui.Button(
            label=say("Send me a test ping"), custom_id="su:t", style=discord.ButtonStyle.primary
        )
        return cls(item, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Ping the presser and nobody else."""
        found = await standing(interaction)
        seen, channel_id = found.looks.get("chapters"), found.chosen.chapter_channel
        if seen is None or channel_id is None:
            raise NoChannelToTestError
        if seen.missing:
            raise CannotTestError("\n".join(seen.missing))
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id = found.guild.id
        channel = interaction.client.get_partial_messageable(channel_id, guild_id=guild_id)
        sent = await channel.send(
            say(
                "{reader} This is how a chapter will ring. Nobody else was called.",
                reader=f"<@{interaction.user.id}>",
            ),
            allowed_mentions=only(interaction.user.id),
        )
        await interaction.edit_original_response(content=say("It rang: {link}", link=sent.jump_url))


SETUP_CONTROLS = (
    *(ChannelMenu, RoleMenu, StyleMenu, LanguageMenu, CheckButton, TestButton),
    *STORY_CONTROLS,
)
