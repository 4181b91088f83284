"""What the chamber says aloud, as posts for the outbox. Pure, and called inside transactions."""

from typing import Any

from bot.language.speech import say
from bot.outbox.models import SEND, Post
from bot.soviet.duty import TOPIC
from bot.soviet.models import HOUR_MS, Motion
from bot.soviet.results import Outcome, Standing
from bot.ui.soviet.ballots import ballot_rows, motion_screen
from bot.ui.soviet.files import MinutesButton
from bot.ui.soviet.motion import motion_embed
from bot.ui.soviet.picture import MAKER
from bot.ui.soviet.screen import Item, Screen, link, message_url
from bot.ui.soviet.verdict import verdict_embed


class Secretary:
    """Composes the posts of the chamber; see `bot.soviet.composer.Composer`."""

    def tabled(self, motion: Motion, channel_id: int) -> Post | None:
        """Return the motion's own message: nobody moved it, so no command has shown it."""
        return _post(motion, "tabled", motion_screen(_fresh(motion)), channel_id)

    def opened(self, motion: Motion, channel_id: int) -> Post | None:
        """Return the call to vote.

        A vote on wordings has no message of its own yet, and is shown whole. Who saw a motion
        tabled an hour ago has scrolled on, and is called back; within the hour the motion's own
        message has said it.
        """
        if motion.amends_id is not None:
            return _post(motion, "opened", motion_screen(_fresh(motion)), channel_id)
        opened = motion.opened_at or motion.tabled_at
        if motion.message_id is None or opened - motion.tabled_at < HOUR_MS:
            return None
        embed = motion_embed(_fresh(motion))
        embed.set_author(name=say("Motion № {number} · the vote has begun", number=motion.number))
        embed.clear_fields()
        screen = Screen(embed, (*ballot_rows(motion)[:4], *_to_motion(motion)))
        return _post(motion, "called", screen, channel_id)

    def closed(self, motion: Motion, outcome: Outcome, channel_id: int) -> Post | None:
        """Return the verdict, with its picture."""
        row: list[Item] = [MinutesButton.of(motion)]
        for each in _to_motion(motion):
            row += each
        screen = Screen(verdict_embed(motion, outcome), (tuple(row),))
        return _post(motion, "verdict", screen, channel_id, _picture_of(motion))


def _picture_of(motion: Motion) -> dict[str, Any]:
    return {"maker": MAKER, "guild": motion.guild_id, "number": motion.number}


def _fresh(motion: Motion) -> Standing:
    return Standing(motion, 0, None, None)


def _to_motion(motion: Motion) -> tuple[tuple[Item, ...], ...]:
    if motion.channel_id is None or motion.message_id is None:
        return ()
    url = message_url(motion.guild_id, motion.channel_id, motion.message_id)
    return ((link(say("The motion"), url),),)


def _post(
    motion: Motion,
    what: str,
    screen: Screen,
    channel_id: int,
    picture: dict[str, Any] | None = None,
) -> Post:
    return Post(
        topic=f"{TOPIC}{motion.id}:{what}",
        step=SEND,
        guild_id=motion.guild_id,
        channel_id=channel_id,
        body=screen.body(),
        picture=picture,
        marker=screen.embed.author.name or "",
    )
