"""The Supreme Soviet: `/soviet`."""

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import Samizdat
from bot.language.speech import speaking
from bot.soviet.clicks import Draft
from bot.soviet.models import Status
from bot.ui.controls import AnyInteraction
from bot.ui.soviet import (
    amendments,
    ballots,
    business,
    choices,
    clerk,
    files,
    lists,
    panel,
    ranking,
)
from bot.ui.soviet.answers import answer, language_of_answer
from bot.ui.soviet.clicks import guild_of
from bot.ui.soviet.desk import table
from bot.ui.soviet.editor import MessageEditor
from bot.ui.soviet.forms import hand_in
from bot.ui.soviet.refresh import refresh

Choices = list[app_commands.Choice[str]]
CONTROLS = (
    *ballots.CONTROLS,
    *panel.CONTROLS,
    *ranking.CONTROLS,
    *amendments.CONTROLS,
    *files.CONTROLS,
    *business.CONTROLS,
)
NUMBER = "The № of a motion"
PRIVATE = "Answer only to me"
STORY = "Only in motions on this story"


class SupremeSoviet(commands.Cog, name="Soviet"):
    """Motions and votes."""

    soviet = app_commands.Group(
        name="soviet",
        description="The Supreme Soviet: motions, votes, resolutions",
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=False, private_channel=False
        ),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, bot: Samizdat) -> None:
        self._bot = bot
        self._soviet = bot.services.soviet
        self._refreshed = False

    async def cog_load(self) -> None:
        """Begin to keep the motions' messages."""
        self._bot.services.noticeboard.attach(MessageEditor(self._bot, self._soviet))

    async def cog_unload(self) -> None:
        """Stop keeping them."""
        await self._bot.services.noticeboard.close()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Bring up to date, once, what an earlier process may have left behind."""
        if not self._refreshed:
            self._refreshed = True
            await refresh(self._bot)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: AnyInteraction) -> None:
        """Take the chamber's forms in, also those an earlier process handed out."""
        await hand_in(interaction)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Have what was moved there end in the channel of the Soviet."""
        await self._soviet.chamber.displaced(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Do the same for a thread."""
        await self._soviet.chamber.displaced(thread.guild_id, thread.thread_id)

    @soviet.command()
    @app_commands.describe(
        text="What the House is to resolve: “That …”",
        threshold="What carries it: majority, 2/3, 60%, majority of the roll …",
        ballot="Whether names stand in the minutes",
        closes="72h, 2d12h, 2026-12-01 20:00 Europe/Berlin, @time, until next chapter",
        quorum="Ballots that make the vote valid: 10, 25%, none",
        options="Instead of Aye and Nay: Novara | Zvezda | Grozny (2 to 25)",
        method="How it is voted on",
        results="When the count of an open ballot is shown",
        picks="multiple: how many options one may choose",
        role="Only who holds this role may vote",
        repeals="The № of a resolution that falls if this is adopted",
        promises="Words that are promised, for the Five-Year Plan",
        story="The story it is about",
    )
    @app_commands.choices(ballot=choices.BALLOTS, method=choices.METHODS, results=choices.RESULTS)
    async def motion(  # noqa: PLR0913, PLR0917 - the options of the command
        self,
        interaction: AnyInteraction,
        text: str,
        threshold: str | None = None,
        ballot: str | None = None,
        closes: str | None = None,
        quorum: str | None = None,
        options: str | None = None,
        method: str | None = None,
        results: str | None = None,
        picks: app_commands.Range[int, 1, 25] | None = None,
        role: discord.Role | None = None,
        repeals: app_commands.Range[int, 1, 1_000_000_000] | None = None,
        promises: app_commands.Range[int, 1, 10_000_000] | None = None,
        story: str | None = None,
    ) -> None:
        """Move something; once seconded, the House votes on it."""
        draft = Draft(text, options, method, threshold, quorum, closes, repeals=repeals)
        await table(interaction, draft, ballot, results, picks, role, promises, story)

    @soviet.command(name="list")
    @app_commands.describe(private=PRIVATE)
    async def business(self, interaction: AnyInteraction, private: bool = False) -> None:  # noqa: FBT001, FBT002 - an option
        """What is before the House, and what it decided."""
        with speaking(await language_of_answer(interaction, private=private)):
            screen = await business.business(self._soviet, guild_of(interaction))
        await answer(interaction, screen.reply(), private=private)

    @soviet.command()
    @app_commands.describe(number=f"{NUMBER}, or “plan”", private=PRIVATE)
    async def show(self, interaction: AnyInteraction, number: str, private: bool = False) -> None:  # noqa: FBT001, FBT002 - an option
        """A motion and how it stands; “plan”: words promised and delivered."""
        await clerk.show_by_number(interaction, number, private=private)

    @soviet.command()
    @app_commands.describe(number=NUMBER)
    async def withdraw(self, interaction: AnyInteraction, number: str) -> None:
        """Take a motion of yours back before it is voted on."""
        await clerk.withdraw_by_number(interaction, number)

    @soviet.command()
    @app_commands.describe(number=NUMBER, ballots="Also the ballots of an open vote, as a table")
    async def minutes(
        self,
        interaction: AnyInteraction,
        number: str,
        ballots: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """The minutes of a closed motion, as a file."""
        await files.hand_out_minutes(interaction, business.read_number(number), ballots=ballots)

    @soviet.command()
    @app_commands.describe(number=NUMBER)
    async def recount(self, interaction: AnyInteraction, number: str) -> None:
        """Count the ballots of a closed motion again, by other code."""
        guild_id, which = guild_of(interaction), business.read_number(number)
        recount = await self._soviet.archive.recount(guild_id, which)
        with speaking(await language_of_answer(interaction)):
            reply = lists.recount_screen(recount).reply()
        await answer(interaction, reply, private=False)

    @soviet.command()
    @app_commands.describe(text="Words of the resolutions you look for", private=PRIVATE)
    async def ledger(
        self,
        interaction: AnyInteraction,
        text: str = "",
        private: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """The resolutions adopted here, and what became of them."""
        found = await self._soviet.archive.ledger(guild_of(interaction), text)
        with speaking(await language_of_answer(interaction, private=private)):
            reply = lists.ledger_screen(found, text).reply()
        await answer(interaction, reply, private=private)

    @soviet.command()
    @app_commands.rename(law="as", note="because")
    @app_commands.describe(
        number="The № of a resolution", law="What became of it", note="Why, in a few words"
    )
    @app_commands.choices(law=choices.LAWS)
    async def mark(
        self, interaction: AnyInteraction, number: str, law: str, note: str = ""
    ) -> None:
        """Note that a resolution is fulfilled or overtaken (its mover, or Manage Server)."""
        await clerk.mark_by_number(interaction, number, law, note)

    @soviet.command()
    @app_commands.describe(
        article="An article, by number or name",
        value="What it is to say (Manage Server)",
        move="Put the change to the House instead: two thirds must agree",
    )
    async def orders(
        self,
        interaction: AnyInteraction,
        article: str | None = None,
        value: str | None = None,
        move: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """The standing orders: by which rules motions are held here."""
        await clerk.change_orders(interaction, article, value, move=move)

    @soviet.command()
    @app_commands.rename(to=app_commands.locale_str("to", meant="whom"))
    @app_commands.describe(
        to="Who votes for you when you do not; left out: who that is now", story=STORY
    )
    async def delegate(
        self,
        interaction: AnyInteraction,
        to: discord.Member | None = None,
        story: str | None = None,
    ) -> None:
        """Let somebody vote for you in open ballots, until you recall them."""
        await clerk.delegate_to(interaction, to, story)

    @soviet.command()
    @app_commands.describe(story=STORY)
    async def recall(self, interaction: AnyInteraction, story: str | None = None) -> None:
        """Take your vote back from whoever casts it for you."""
        await clerk.recall_delegate(interaction, story)

    @motion.autocomplete("threshold")
    async def suggest_threshold(self, _interaction: AnyInteraction, current: str) -> Choices:
        """Suggest thresholds."""
        return choices.suggested(choices.THRESHOLDS, current)

    @motion.autocomplete("closes")
    async def suggest_closes(self, _interaction: AnyInteraction, current: str) -> Choices:
        """Suggest deadlines."""
        return choices.suggested(choices.CLOSES, current)

    @motion.autocomplete("quorum")
    async def suggest_quorum(self, _interaction: AnyInteraction, current: str) -> Choices:
        """Suggest quorums."""
        return choices.suggested(choices.QUORUMS, current)

    @motion.autocomplete("story")
    @delegate.autocomplete("story")
    @recall.autocomplete("story")
    async def suggest_story(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest the stories that are followed here."""
        stories = self._bot.services.stories
        return await choices.story_choices(stories, interaction.guild_id, current)

    @show.autocomplete("number")
    async def suggest_any(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest motions and the plan."""
        found = await self._motions(interaction, current, tuple(Status))
        return choices.with_plan(found, current)

    @withdraw.autocomplete("number")
    async def suggest_tabled(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest motions that can be withdrawn."""
        return await self._motions(interaction, current, (Status.TABLED,))

    @minutes.autocomplete("number")
    @recount.autocomplete("number")
    async def suggest_closed(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest motions that are closed."""
        return await self._motions(interaction, current, (Status.CLOSED,))

    @mark.autocomplete("number")
    async def suggest_resolution(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest resolutions in force."""
        return await choices.resolution_choices(self._soviet, interaction.guild_id, current)

    @orders.autocomplete("article")
    async def suggest_article(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest articles."""
        orders = await self._soviet.house.orders(guild_of(interaction))
        return choices.article_choices(orders, current)

    @orders.autocomplete("value")
    async def suggest_value(self, interaction: AnyInteraction, current: str) -> Choices:
        """Suggest what the article says now, and what it takes."""
        orders = await self._soviet.house.orders(guild_of(interaction))
        article = getattr(interaction.namespace, "article", None) or ""
        return choices.value_choices(orders, article, current)

    async def _motions(
        self, interaction: AnyInteraction, typed: str, statuses: tuple[Status, ...]
    ) -> Choices:
        return await choices.motion_choices(self._soviet, interaction.guild_id, typed, statuses)


async def setup(bot: Samizdat) -> None:
    """Add the cog and its buttons, which old messages still carry."""
    bot.add_dynamic_items(*CONTROLS)
    await bot.add_cog(SupremeSoviet(bot))
