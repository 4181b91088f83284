"""Following a story from the panel of `/setup`: its address is enough, and then who is rung."""

from typing import Any

import discord

from bot.chapters.addresses import LONGEST
from bot.chapters.stories.models import LONGEST_TITLE, Change, Story
from bot.language.speech import say
from bot.ui.chapter_controls import SubscribeButton, story_here
from bot.ui.chapter_feeds import added_reply, changed_reply
from bot.ui.chapter_options import EverybodyRoleError, settled_channel
from bot.ui.controls import AnyInteraction, Control, Form, picked, resolved, services
from bot.ui.permissions import look
from bot.ui.setup_places import NotHereError, managed_server
from bot.ui.theme import Reply, field


class FollowButton(Control, template=r"su:f"):
    """Asks which story is to be followed."""

    @classmethod
    def to(cls) -> "FollowButton":
        """Return the button."""
        item: discord.ui.Button[Any] = discord.ui.Button(
            label=say("Follow a story"), custom_id="su:f", style=discord.ButtonStyle.primary
        )
        return cls(item, {})

    async def act(self, interaction: AnyInteraction) -> None:
        """Open the form for those who manage the server."""
        managed_server(interaction)
        await interaction.response.send_modal(FollowForm())


class FollowForm(Form):
    """Where a story is told, and what it is called here."""

    def __init__(self) -> None:
        super().__init__(title=say("Follow a story"))
        self.address: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="address",
            placeholder="https://forums.sufficientvelocity.com/threads/…",
            max_length=LONGEST,
        )
        self.called: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="title", required=False, max_length=LONGEST_TITLE
        )
        self.add_item(
            discord.ui.Label(
                text=say("Its address"),
                description=say("The story's page, its thread, or a feed"),
                component=self.address,
            )
        )
        self.add_item(
            discord.ui.Label(
                text=say("Its title"),
                description=say("Left empty: as its page says"),
                component=self.called,
            )
        )

    async def on_submit(self, interaction: AnyInteraction) -> None:
        """Read the address, follow what it tells of, and ask who is rung."""
        guild_id, user_id = managed_server(interaction).id, interaction.user.id
        await interaction.response.defer(ephemeral=True, thinking=True)
        given = services(interaction)
        seen = await given.following.look(self.address.value)
        title = self.called.value.strip() or seen.title
        story = await given.stories.called(guild_id, title, user_id)
        added = await given.following.follow(story, seen.source, None, None, user_id)
        reply = added_reply(story, added, await settled_channel(interaction, story))
        await interaction.followup.send(**with_bells(reply, story).sent(), ephemeral=True)


class BellMenu(Control, template=r"su:p:(?P<story>\d{1,15})"):
    """Chooses the role that a story's chapters ping."""

    @classmethod
    def of(cls, story: Story) -> "BellMenu":
        """Return the menu of *story*."""
        menu: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            custom_id=f"su:p:{story.id}", placeholder=say("A role that its chapters ping")
        )
        return cls(menu, {"story": str(story.id)})

    async def act(self, interaction: AnyInteraction) -> None:
        """Keep the role, and say what keeps it from ringing."""
        guild_id = managed_server(interaction).id
        value = picked(interaction)
        if value is None or value not in resolved(interaction, "roles"):
            raise NotHereError
        if value == str(guild_id):
            raise EverybodyRoleError
        story = await story_here(interaction, int(self.state["story"]))
        change = Change(role_id=int(value))
        made = await services(interaction).stories.edit(guild_id, story.id, change)
        where = await settled_channel(interaction, made)
        missing = look(interaction.client, guild_id, where, made.role_id).missing
        reply = changed_reply(made)
        reply.embed.remove_footer()  # its feed is there already
        field(reply.embed, say("What needs you"), [f"⚠️ {reason}" for reason in missing])
        await interaction.response.send_message(**reply.sent(), ephemeral=True)


def with_bells(reply: Reply, story: Story) -> Reply:
    """Return *reply* with the two ways in which *story* may ring: a role, or whoever presses."""
    view = discord.ui.View(timeout=None)
    view.add_item(BellMenu.of(story))
    view.add_item(SubscribeButton.to(story, say("Ring me with each chapter")))
    return Reply(reply.embed, view)


STORY_CONTROLS = (FollowButton, BellMenu)
