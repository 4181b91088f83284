"""Where simcord 3.2.1 is kinder than Discord: what a green test of ours does not prove, and why.

Each test holds the simulation to its own behaviour, so that an upgrade which changes it is seen,
and names what our tests must look at instead.
"""

import asyncio
import dataclasses

import discord
import pytest
import simcord
from discord import app_commands
from discord.ext import commands, tasks


class Keep(discord.ui.View):
    def __init__(self):
        super().__init__(timeout=None)

    @discord.ui.button(label="Press", custom_id="press")
    async def press(self, interaction, _button):
        await interaction.response.send_message("pressed")


class Probe(commands.Bot):
    """A small bot; *attentive* says whether it takes up its old buttons when it starts."""

    def __init__(self, *, attentive=False):
        super().__init__(
            commands.when_mentioned, intents=discord.Intents(guilds=True), help_command=None
        )
        self.attentive = attentive
        self.tree.add_command(show)
        self.tree.add_command(pick)
        self.tree.add_command(wait)

    async def setup_hook(self):
        if self.attentive:
            self.add_view(Keep())
        await self.tree.sync()


@app_commands.command(description="Shows a button")
async def show(interaction: discord.Interaction):
    await interaction.response.send_message("a button", view=Keep())


@app_commands.command(description="Waits for what never comes")
async def wait(interaction: discord.Interaction):
    await interaction.response.defer()
    await asyncio.Queue().get()


@app_commands.command(description="Offers too much")
async def pick(interaction: discord.Interaction, what: str):
    await interaction.response.send_message(what)


@pick.autocomplete("what")
async def _too_many(_interaction, _text):
    return [app_commands.Choice(name=str(n), value=str(n)) for n in range(26)]


@pytest.fixture
async def simcord_bot():
    probe = Probe()
    yield probe
    await probe.close()


@pytest.fixture
def lounge(simcord_env):
    return simcord_env.create_guild().create_text_channel("lounge")


@pytest.fixture
def ada(simcord_env, lounge):
    return lounge.guild.add_member(simcord_env.create_user("ada"))


@pytest.fixture
def room(simcord_env, lounge):
    """The channel as the bot itself sees it."""
    return simcord_env.bot.get_channel(lounge.id)


async def _restarted(env, bot):
    await env.bot.close()
    await env.restart_bot(bot)
    return bot


async def test_a_restart_with_a_new_bot_finds_buttons_that_were_forgotten(simcord_env, lounge, ada):
    answer = await ada.slash(lounge, "show")

    await _restarted(simcord_env, Probe(attentive=False))
    forgotten = await ada.click(answer.response, label="Press")
    last = await _restarted(simcord_env, Probe(attentive=True))
    kept = await ada.click(answer.response, label="Press")
    await last.close()

    assert (forgotten.acknowledged, kept.acknowledged) == (False, True)


async def test_a_restart_without_a_new_bot_proves_nothing(simcord_env, lounge, ada):
    answer = await ada.slash(lounge, "show")

    await simcord_env.restart_bot()

    # This bot takes up no buttons, so with Discord the press would fail.
    assert (await ada.click(answer.response, label="Press")).acknowledged


async def test_26_choices_are_let_through_so_our_own_guard_is_what_counts(lounge, ada):
    choices = await ada.autocomplete(lounge, "pick", "what", "")

    assert len(choices) == 26  # Discord: 400, and the reader sees "Loading options failed"


async def test_a_published_message_wears_the_wrong_flag_so_we_look_at_the_request(simcord_env):
    news = simcord_env.create_guild().create_news_channel("news")
    message = await simcord_env.bot.get_channel(news.id).send("Extra!")

    await message.publish()

    assert not news.last_message.flags.crossposted
    assert simcord_env.http_requests[-1].path.endswith("/crosspost")


async def test_a_role_counts_as_mentioned_though_nobody_is_pinged(simcord_env, lounge, room):
    role = lounge.guild.create_role("Subscribers")

    message = await room.send(role.mention, allowed_mentions=discord.AllowedMentions.none())

    assert message.role_mentions
    assert simcord_env.http_requests[-1].json["allowed_mentions"] == {"parse": []}


async def test_a_second_thread_and_an_overlong_name_are_let_through(room):
    message = await room.send("A chapter")
    await message.create_thread(name="Discuss")

    second = await message.create_thread(name="d" * 101)  # Discord: 160004, and 50035 for the name

    assert len(second.name) == 101


async def test_an_embed_is_sent_without_the_permission_to_embed(lounge, room):
    await room.set_permissions(room.guild.me, embed_links=False)

    message = await room.send(embed=discord.Embed(title="Seen"))  # Discord: sent, and bare

    assert message.embeds


async def test_an_empty_field_and_a_picture_that_is_not_there_are_let_through(room):
    embed = discord.Embed().add_field(name="", value="").set_image(url="attachment://nope.png")

    message = await room.send(embed=embed)  # Discord: 50035 for the field

    assert message.embeds[0].fields[0].value == ""


async def test_a_failing_discord_is_never_retried_here(simcord_env, room):
    simcord_env.inject_error("POST", "/channels/*/messages", status=502)

    with pytest.raises(discord.HTTPException) as caught:
        await room.send("hello")  # the real client tries a 502 again, up to five times

    assert type(caught.value) is discord.HTTPException  # not DiscordServerError


async def test_an_uploaded_picture_has_no_size_and_is_not_kept_with_the_request(simcord_env, room):
    message = await room.send(file=discord.File(__file__, "card.png"))

    assert message.attachments[0].width is None  # Discord measures it
    kept = {field.name for field in dataclasses.fields(simcord_env.http_requests[-1])}
    assert kept == {"method", "path", "params", "json", "reason"}


@pytest.mark.simcord(settle_timeout=0.2)
async def test_work_that_waits_for_a_queue_is_taken_for_work_that_hangs(lounge, ada):
    with pytest.raises(TimeoutError, match="did not settle"):
        await ada.slash(lounge, "wait")  # in a worker it would keep the bot from starting


async def test_a_long_jump_has_one_deadline_for_all_the_work_in_it():
    class Busy(Probe):
        @tasks.loop(seconds=1)
        async def round(self):
            await asyncio.to_thread(int)

        async def setup_hook(self):
            self.round.start()

    bot = Busy()
    async with simcord.run(bot, settle_timeout=0.3) as env:
        with pytest.raises(TimeoutError) as caught:
            await env.advance_time(86400)  # so the sandbox skips an hour, not a day
        bot.round.cancel()
    await bot.close()

    assert "partial progress is committed" in str(caught.value.__notes__)


async def test_two_operations_at_once_are_refused_in_the_words_the_sandbox_waits_for(simcord_env):
    first = asyncio.create_task(simcord_env.advance_time(1))
    await asyncio.sleep(0)

    with pytest.raises(simcord.SetupError, match="overlaps active"):
        await simcord_env.advance_time(1)
    await first
