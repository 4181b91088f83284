"""The buttons under announcements and lists. Whoever presses is checked when it is done."""

from collections.abc import Sequence

import discord

from bot.chapters.announcing.models import Chapter, NotTheManagerError
from bot.chapters.stories.models import NoSuchStoryError, Story
from bot.chapters.subscribing.models import How, NoRoleError, Subscription
from bot.errors import BotError
from bot.language.speech import say, say_in
from bot.ui.chapters import page_of, subscribed_reply
from bot.ui.controls import OWNER, PAGE, AnyInteraction, Control, base36, button, services
from bot.ui.permissions import may_hand_out
from bot.ui.theme import Reply

_STORY = r"(?P<story>\d{1,15})"


class RoleRefusedError(BotError):
    """Discord does not let the bot give a role."""

    def __init__(self, role_id: int) -> None:
        super().__init__(
            say(
                "I cannot give you <@&{role}>: an admin must grant me Manage Roles and put my own "
                "role above it. Until then choose how: ping.",
                role=role_id,
            )
        )


class NoServerError(BotError):
    """A button of a server was pressed outside of it."""

    def __init__(self) -> None:
        super().__init__(say("This works in the server it belongs to only."))


class SubscribeButton(Control, template=rf"cs:{_STORY}:(?P<chapter>\d{{1,15}})"):
    """Subscribes whoever presses to the story, by its role or else by name."""

    @classmethod
    def to(cls, story: Story, label: str) -> "SubscribeButton":
        """Return the button where no chapter is shown."""
        state = {"story": str(story.id), "chapter": "0"}
        return cls(button(label, f"cs:{story.id}:0"), state)

    async def act(self, interaction: AnyInteraction) -> None:
        """Subscribe, or show how they are subscribed."""
        story = await story_here(interaction, int(self.state["story"]))
        subscribing = services(interaction).subscribing
        found = await subscribing.of_reader(story.guild_id, interaction.user.id)
        mine = next((each for each in found.wanted if each.story_id == story.id), None)
        if mine is None:
            mine = await subscribe_default(interaction, story)
        reply = subscribed_reply(mine)
        view = discord.ui.View(timeout=None)
        view.add_item(UnsubscribeButton.to(story))
        await interaction.response.send_message(**Reply(reply.embed, view).sent(), ephemeral=True)


class UnsubscribeButton(Control, template=rf"cu:{_STORY}"):
    """Ends the subscription of whoever presses."""

    @classmethod
    def to(cls, story: Story) -> "UnsubscribeButton":
        """Return the button for *story*."""
        custom_id = f"cu:{story.id}"
        return cls(button(say("Unsubscribe"), custom_id), {"story": str(story.id)})

    async def act(self, interaction: AnyInteraction) -> None:
        """End it."""
        story = await story_here(interaction, int(self.state["story"]))
        await unsubscribe(interaction, story)
        await interaction.response.edit_message(
            content=say("Unsubscribed. No hard feelings."), embed=None, view=None
        )


class AnswerButton(Control, template=r"cq:(?P<follow>\d{1,15}):(?P<answer>known|new)"):
    """An admin's answer about a feed that changed all its names."""

    async def act(self, interaction: AnyInteraction) -> None:
        """Go on as the admin says."""
        guild_id = managed_guild(interaction)
        given = services(interaction)
        announce = self.state["answer"] == "new"
        await given.following.answer(guild_id, int(self.state["follow"]), announce=announce)
        given.duties.wake("feeds")
        await interaction.response.edit_message(
            content=_settled(interaction.user.id, announce=announce),
            view=None,
            allowed_mentions=discord.AllowedMentions.none(),
        )


def _settled(user_id: int, *, announce: bool) -> str:
    if announce:
        return say("Settled by <@{user}>: what the feed says is announced as new.", user=user_id)
    return say(
        "Settled by <@{user}>: what the feed says is taken as known; nothing is announced.",
        user=user_id,
    )


class ChapterPage(Control, template=rf"cl:{OWNER}:{PAGE}:{_STORY}"):
    """Turns the pages of a list of chapters."""

    async def act(self, interaction: AnyInteraction) -> None:
        """Show that page."""
        story = await story_here(interaction, int(self.state["story"]))
        chapters = await services(interaction).announcing.chapters(story)
        page = int(self.state["page"])
        await self.show(interaction, chapters_reply(story, chapters, page, self.state["owner"]))


def chapters_reply(story: Story, chapters: Sequence[Chapter], page: int, owner: str) -> Reply:
    """Return one page of a story's chapters with the buttons that turn it."""
    embed, pages = page_of(story, chapters, page)
    if pages == 1:
        return Reply(embed)
    view = discord.ui.View(timeout=None)
    for label, target in ((say("◀ Newer"), page - 1), (say("Older ▶"), page + 1)):
        known = 0 <= target < min(pages, 100)
        custom_id = f"cl:{owner}:{target if known else 99}:{story.id}"
        state = {"owner": owner, "page": str(target), "story": str(story.id)}
        if known:
            view.add_item(ChapterPage(button(label, custom_id), state))
    return Reply(embed, view)


async def story_here(interaction: AnyInteraction, story_id: int) -> Story:
    """Return a story of the server that *interaction* comes from.

    Raises:
        NoServerError, NoSuchStoryError.
    """
    if interaction.guild_id is None:
        raise NoServerError
    for story in await services(interaction).stories.all(interaction.guild_id):
        if story.id == story_id:
            return story
    raise NoSuchStoryError(say_in("story", "that"), [])


def guild_of(interaction: AnyInteraction) -> int:
    """Return the server somebody asks from.

    Raises:
        NoServerError: there is none.
    """
    if interaction.guild_id is None:
        raise NoServerError
    return interaction.guild_id


def managed_guild(interaction: AnyInteraction) -> int:
    """Return the server that somebody manages and asks from.

    Raises:
        NoServerError, NotTheManagerError.
    """
    if interaction.guild_id is None:
        raise NoServerError
    if not interaction.permissions.manage_guild:
        raise NotTheManagerError
    return interaction.guild_id


async def subscribe(interaction: AnyInteraction, story: Story, wanted: Subscription) -> None:
    """Keep *wanted*, giving the story's role where that is how; an earlier role is taken back.

    Raises:
        RoleRefusedError: Discord does not let the bot give it.
    """
    if wanted.how is How.ROLE:
        await _give_role(interaction, story)
    else:
        await _take_role(interaction, story)
    await services(interaction).subscribing.subscribe(wanted)


async def subscribe_default(interaction: AnyInteraction, story: Story) -> Subscription:
    """Subscribe in the way that works: by the story's role, else by name."""
    subscribing = services(interaction).subscribing
    wanted = subscribing.wish(story, interaction.user.id, None)
    try:
        await subscribe(interaction, story, wanted)
    except (RoleRefusedError, NoRoleError):
        wanted = subscribing.wish(story, interaction.user.id, How.PING)
        await subscribe(interaction, story, wanted)
    return wanted


async def unsubscribe(interaction: AnyInteraction, story: Story) -> None:
    """End a subscription; the story's role is taken back where the bot may."""
    await _take_role(interaction, story)
    await services(interaction).subscribing.unsubscribe(story, interaction.user.id)


async def _give_role(interaction: AnyInteraction, story: Story) -> None:
    member = interaction.user
    if story.role_id is None or not isinstance(member, discord.Member):
        raise NoRoleError
    role = member.guild.get_role(story.role_id)
    if role is not None and not may_hand_out(role):
        raise NoRoleError
    try:
        await member.add_roles(discord.Object(story.role_id), reason="/subscribe")
    except (discord.Forbidden, discord.NotFound):
        raise RoleRefusedError(story.role_id) from None


async def _take_role(interaction: AnyInteraction, story: Story) -> None:
    """Take the story's role back that a subscription gave."""
    member = interaction.user
    if not isinstance(member, discord.Member) or story.role_id is None:
        return
    found = await services(interaction).subscribing.of_reader(story.guild_id, member.id)
    had = any(each.story_id == story.id and each.how is How.ROLE for each in found.wanted)
    role = member.guild.get_role(story.role_id)
    if not had or role is None or not may_hand_out(role):
        return
    try:
        await member.remove_roles(discord.Object(story.role_id), reason="/unsubscribe")
    except (discord.Forbidden, discord.NotFound):
        raise RoleRefusedError(story.role_id) from None


def owner_of(interaction: AnyInteraction) -> str:
    """Return who asks, as the ids of buttons have it."""
    return base36(interaction.user.id)


CONTROLS = (SubscribeButton, UnsubscribeButton, AnswerButton, ChapterPage)
