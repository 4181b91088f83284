"""Private receipts: what one's ballot says now. Nobody else ever sees them."""

import discord

from bot.language.speech import say
from bot.soviet.models import Motion, Status
from bot.soviet.results import Receipt, Standing
from bot.ui.soviet.motion import count_lines
from bot.ui.soviet.words import choice_words, deadline, headline, stamp
from bot.ui.theme import RED, field


def receipt_embed(receipt: Receipt, standing: Standing | None = None) -> discord.Embed:
    """Return the receipt of a click: what changed, what stands, until when.

    *standing* is what the reader may see of the count, where that is more than the public does.
    """
    motion = receipt.motion
    embed = discord.Embed(description="\n".join(_lines(receipt)), colour=RED)
    embed.set_author(name=say("Motion № {number} · for your eyes only", number=motion.number))
    if standing is not None and standing.tally is not None and motion.status is Status.OPEN:
        field(embed, say("Count"), count_lines(motion, standing.tally))
    return embed


def _lines(receipt: Receipt) -> list[str]:
    motion = receipt.motion
    lines = [_what(receipt)]
    if motion.status is Status.OPEN and motion.ends_at is not None:
        lines.append(
            say(
                "You can change it until {until}; the last click counts.",
                until=stamp(motion.ends_at, "R"),
            )
        )
    if receipt.code and receipt.choice is not None:
        lines.append(say("Your ballot's code in the minutes: `{code}`.", code=receipt.code))
    if motion.is_secret and motion.status is Status.OPEN:
        lines.append(say("Secret ballot: the House learns that you voted, never how."))
    return lines


def _what(receipt: Receipt) -> str:
    rules, choice, previous = receipt.motion.rules, receipt.choice, receipt.previous
    if receipt.sealed:
        return say(
            "You voted. The ballot was secret and is sealed: how, even I cannot tell any more."
        )
    if choice is None:
        return (
            say("Your vote is taken back.") if previous is not None else say("You have not voted.")
        )
    said = choice_words(rules, choice)
    if receipt.superseded:
        return say("A newer click of yours was here first. It stands: **{vote}**.", vote=said)
    if previous is not None and previous != choice:
        return say(
            "Changed from {before} to **{vote}**.", before=choice_words(rules, previous), vote=said
        )
    return say("Recorded: **{vote}**.", vote=said)


def mine_embed(receipt: Receipt, standing: Standing) -> discord.Embed:
    """Return what *My vote* shows."""
    motion, choice = receipt.motion, receipt.choice
    embed = receipt_embed(receipt, standing)
    embed.title = headline(motion.text)
    if choice is not None and not receipt.sealed:
        said = say("Your vote: **{vote}**.", vote=choice_words(motion.rules, choice))
        embed.description = "\n".join([said, *_lines(receipt)[1:]])
    elif choice is None and not receipt.sealed:
        embed.description = _not_yet(motion)
    return embed


def _not_yet(motion: Motion) -> str:
    if motion.status is Status.OPEN and motion.ends_at is not None:
        closes = deadline(motion.ends_at)
        return say("You have not voted. The vote closes on {deadline}.", deadline=closes)
    if motion.status is Status.CLOSED:
        return say("You have not voted. The vote is over.")
    return say("You have not voted.")
