"""The ranked ballot: tapped in order, in private.

A menu in which several can be picked tells what was picked, not in which order; so an order is
never read from one. What has been tapped so far is in the ids of the ballot's own buttons, one
letter an option, and nothing is cast before *Confirm*.
"""

from typing import Any, Final

import discord

from bot.language.speech import say
from bot.soviet.errors import BadChoiceError
from bot.soviet.models import MOST_OPTIONS, Choice, Motion, Status
from bot.ui.controls import AnyInteraction, button
from bot.ui.soviet.answers import tell
from bot.ui.soviet.clicks import MOTION, MotionControl, click_of, motion_key, soviet_of
from bot.ui.soviet.panel import cast
from bot.ui.soviet.screen import Item, Screen, buttons
from bot.ui.soviet.words import headline
from bot.ui.text import plain, safe_line
from bot.ui.theme import BUTTON, RED, clip

MOST_BUTTONS: Final = 10
_LETTERS: Final = "abcdefghijklmnopqrstuvwxy"
_TAPPED: Final = rf"(?P<tapped>[a-y]{{0,{MOST_OPTIONS}}})"


class RankButton(MotionControl, template=rf"so:r:{MOTION}"):
    """Opens a private ballot."""

    @classmethod
    def of(cls, motion: Motion) -> "RankButton":
        """Return the button of a motion."""
        key = motion_key(motion)
        inner = button(say("Rank the options"), f"so:r:{key}")
        inner.style = discord.ButtonStyle.primary
        return cls(inner, {"motion": key})

    async def act(self, interaction: AnyInteraction) -> None:
        """Hand out an empty ballot."""
        await _hand_out(interaction, self.motion_id, "")


class TapButton(MotionControl, template=rf"so:k:{MOTION}:{_TAPPED}:(?P<tap>[a-y])"):
    """Puts an option behind those tapped already."""

    @classmethod
    def of(cls, motion: Motion, tapped: str, letter: str) -> "TapButton":
        """Return the button of an option."""
        key = motion_key(motion)
        inner = button(_label(motion, letter), f"so:k:{key}:{tapped}:{letter}")
        return cls(inner, {"motion": key, "tapped": tapped, "tap": letter})

    async def act(self, interaction: AnyInteraction) -> None:
        """Note it on the ballot."""
        await _hand_out(interaction, self.motion_id, self.state["tapped"] + self.state["tap"])


class TapMenu(MotionControl, template=rf"so:K:{MOTION}:{_TAPPED}"):
    """Takes the next option of a long list: one at a time."""

    @classmethod
    def of(cls, motion: Motion, tapped: str, left: str) -> "TapMenu":
        """Return the menu of the options that are *left*."""
        key = motion_key(motion)
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"so:K:{key}:{tapped}",
            placeholder=say("Your choice no. {number}", number=len(tapped) + 1),
            options=[
                discord.SelectOption(label=_label(motion, letter), value=letter) for letter in left
            ],
        )
        return cls(menu, {"motion": key, "tapped": tapped})

    async def act(self, interaction: AnyInteraction) -> None:
        """Note it on the ballot."""
        letter = self.chosen(interaction)
        await _hand_out(interaction, self.motion_id, self.state["tapped"] + letter)


class UndoButton(MotionControl, template=rf"so:u:{MOTION}:{_TAPPED}"):
    """Takes the last tap back."""

    @classmethod
    def of(cls, motion: Motion, tapped: str) -> "UndoButton":
        """Return the button of a ballot; without a tap there is nothing to undo."""
        key = motion_key(motion)
        inner = button(say("↩ Undo"), f"so:u:{key}:{tapped}", disabled=not tapped)
        return cls(inner, {"motion": key, "tapped": tapped})

    async def act(self, interaction: AnyInteraction) -> None:
        """Show the ballot without it."""
        await _hand_out(interaction, self.motion_id, self.state["tapped"][:-1])


class ConfirmButton(MotionControl, template=rf"so:c:{MOTION}:{_TAPPED}"):
    """Casts the ballot as it stands."""

    @classmethod
    def of(cls, motion: Motion, tapped: str) -> "ConfirmButton":
        """Return the button of a ballot; an empty one cannot be cast."""
        key = motion_key(motion)
        inner = button(say("Confirm"), f"so:c:{key}:{tapped}", disabled=not tapped)
        inner.style = discord.ButtonStyle.success
        return cls(inner, {"motion": key, "tapped": tapped})

    async def act(self, interaction: AnyInteraction) -> None:
        """Cast it."""
        await cast(interaction, self.motion_id, places(self.state["tapped"]))


CONTROLS = (RankButton, TapButton, TapMenu, UndoButton, ConfirmButton)


def places(tapped: str) -> Choice:
    """Return the letters of a ballot as places on the order paper, best first.

    Raises:
        BadChoiceError: it says nothing, or something twice, as no ballot of ours does.
    """
    if not tapped or len(set(tapped)) < len(tapped):
        raise BadChoiceError(say("That ballot names an option twice, or none. Open a new one."))
    return tuple(_LETTERS.index(letter) for letter in tapped)


async def _hand_out(interaction: AnyInteraction, motion_id: int, tapped: str) -> None:
    guild_id = click_of(interaction).guild_id
    motion = await soviet_of(interaction).chamber.motion_by_id(guild_id, motion_id)
    await tell(interaction, ballot_screen(motion, tapped))


def ballot_screen(motion: Motion, tapped: str) -> Screen:
    """Return a ballot on which *tapped* has been tapped so far.

    Raises:
        BadChoiceError: the motion is not ranked, or *tapped* names options it has not, or twice.
    """
    paper = _LETTERS[: len(motion.rules.options)]
    if not motion.rules.kind.is_ranked or not set(tapped) <= set(paper):
        raise BadChoiceError(say("That is no ballot of this motion. Vote from its message again."))
    ranked = places(tapped) if tapped else ()
    left = "".join(letter for letter in paper if letter not in tapped)
    names = [clip(safe_line(motion.rules.options[place]), 80) for place in ranked]
    lines = [f"**{rank}.** {name}" for rank, name in enumerate(names, 1)]
    if motion.status is not Status.OPEN:
        lines.append(say("This vote is not open."))
    elif not tapped:
        lines.append(say("Tap the options, the one you like best first. Stop whenever you like."))
    elif left:
        lines.append(say("Tap the next, or confirm: what you leave out ranks below all of these."))
    embed = discord.Embed(title=headline(motion.text), description="\n".join(lines), colour=RED)
    embed.set_author(name=say("Motion № {number} · your ballot", number=motion.number))
    return Screen(embed, _rows(motion, tapped, left))


def _rows(motion: Motion, tapped: str, left: str) -> tuple[tuple[Item, ...], ...]:
    if motion.status is not Status.OPEN:
        return ()
    rows: tuple[tuple[Item, ...], ...] = ()
    if left and len(motion.rules.options) <= MOST_BUTTONS:
        rows = buttons([TapButton.of(motion, tapped, letter) for letter in left])
    elif left:
        rows = ((TapMenu.of(motion, tapped, left),),)
    return (*rows, (ConfirmButton.of(motion, tapped), UndoButton.of(motion, tapped)))


def _label(motion: Motion, letter: str) -> str:
    place = _LETTERS.index(letter)
    label = clip(plain(motion.rules.options[place]).strip(), BUTTON)
    return label or say("Option {number}", number=place + 1)
