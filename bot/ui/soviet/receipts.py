"""Private receipts: what one's ballot says now. Nobody else ever sees them."""

import discord

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
    embed.set_author(name=f"Motion № {motion.number} · for your eyes only")
    if standing is not None and standing.tally is not None and motion.status is Status.OPEN:
        field(embed, "Count", count_lines(motion, standing.tally))
    return embed


def _lines(receipt: Receipt) -> list[str]:
    motion = receipt.motion
    lines = [_what(receipt)]
    if motion.status is Status.OPEN and motion.ends_at is not None:
        lines.append(
            f"You can change it until {stamp(motion.ends_at, 'R')}; the last click counts."
        )
    if receipt.code and receipt.choice is not None:
        lines.append(f"Your ballot's code in the minutes: `{receipt.code}`.")
    if motion.is_secret and motion.status is Status.OPEN:
        lines.append("Secret ballot: the House learns that you voted, never how.")
    return lines


def _what(receipt: Receipt) -> str:
    rules, choice, previous = receipt.motion.rules, receipt.choice, receipt.previous
    if receipt.sealed:
        return "You voted. The ballot was secret and is sealed: how, even I cannot tell any more."
    if choice is None:
        return "Your vote is taken back." if previous is not None else "You have not voted."
    said = choice_words(rules, choice)
    if receipt.superseded:
        return f"A newer click of yours was here first. It stands: **{said}**."
    if previous is not None and previous != choice:
        return f"Changed from {choice_words(rules, previous)} to **{said}**."
    return f"Recorded: **{said}**."


def mine_embed(receipt: Receipt, standing: Standing) -> discord.Embed:
    """Return what *My vote* shows."""
    motion, choice = receipt.motion, receipt.choice
    embed = receipt_embed(receipt, standing)
    embed.title = headline(motion.text)
    if choice is not None and not receipt.sealed:
        said = f"Your vote: **{choice_words(motion.rules, choice)}**."
        embed.description = "\n".join([said, *_lines(receipt)[1:]])
    elif choice is None and not receipt.sealed:
        embed.description = f"You have not voted. {_still(motion)}".strip()
    return embed


def _still(motion: Motion) -> str:
    if motion.status is Status.OPEN and motion.ends_at is not None:
        return f"The vote closes on {deadline(motion.ends_at)}."
    return "The vote is over." if motion.status is Status.CLOSED else ""
