"""A person's records as Discord shows them: a file, and the button that deletes everything."""

import json
from collections.abc import Iterable
from io import BytesIO

import discord

from bot.errors import BotError
from bot.language.speech import mark, say
from bot.privacy.models import Deleted
from bot.quotes.models import Consent
from bot.ui.controls import AnyInteraction, Control, base36, button, services
from bot.ui.quote_places import take_down

CHOICES = {"allow": Consent.ANYONE, "ask": Consent.ASK, "refuse": Consent.NOBODY}
"""What a reader types → what is kept."""

_EXACT = 2**53
"""Beyond it, JavaScript and its kin round whole numbers."""
_SAID = {
    Consent.ANYONE: mark("Anybody who shares a server with you may quote your messages there."),
    Consent.ASK: mark(
        "Whoever wants to quote you has to ask: a question mentions you where the message is, and "
        "only you can answer it. No answer within three days is a no."
    ),
    Consent.NOBODY: mark(
        "Nobody may quote you. What waited for your answer is refused and its words are erased; "
        "what is in quote books already is shown no more. `/quote remove` takes it out for good."
    ),
}


class NotYourRecordsError(BotError):
    """Somebody pressed the button under another person's question."""

    def __init__(self) -> None:
        super().__init__(say("That question was put to somebody else. Yours is `/privacy delete`."))


class NoSuchChoiceError(BotError):
    """Somebody sent what no honest client offers."""

    def __init__(self, offered: Iterable[str]) -> None:
        choices = ", ".join(offered)
        super().__init__(say("Choose one of what is offered: {choices}.", choices=choices))


def consent_named(choice: str) -> Consent:
    """Return what *choice* means.

    Raises:
        NoSuchChoiceError.
    """
    if choice not in CHOICES:
        raise NoSuchChoiceError(CHOICES)
    return CHOICES[choice]


class DeleteButton(Control, template=r"pd:(?P<owner>[0-9a-z]{1,13})"):
    """Deletes everything kept about whoever presses it, who must be whoever asked."""

    @classmethod
    def of(cls, user_id: int) -> "DeleteButton":
        """Return the button for somebody."""
        owner = base36(user_id)
        item: discord.ui.Button[discord.ui.View] = button(say("Delete everything"), f"pd:{owner}")
        item.style = discord.ButtonStyle.danger
        return cls(item, {"owner": owner})

    async def act(self, interaction: AnyInteraction) -> None:
        """Delete, and say what was done."""
        user_id = interaction.user.id
        if base36(user_id) != self.state["owner"]:
            raise NotYourRecordsError
        await interaction.response.defer()
        showings = await services(interaction).quotes.showings.of_person(user_id)
        done = await services(interaction).privacy.delete(user_id)
        left = await take_down(interaction.client, showings)
        await interaction.edit_original_response(
            content=deletion(done, len(showings), left), view=None
        )


def delete_view(user_id: int) -> discord.ui.View:
    """Return the button under the question whether to delete."""
    view = discord.ui.View(timeout=None)
    view.add_item(DeleteButton.of(user_id))
    return view


QUESTION = mark(
    "This deletes what I keep about you in every server: how far you have read, what the quote "
    "books have of your words and the cards that show them, what you reported, and your name in "
    "what you did for servers. "
    "It cannot be undone; `/privacy export` shows it first.\n"
    "-# If you told me who may quote you, that stays, or everybody could quote you again."
)


def exported(records: dict[str, object]) -> discord.File:
    """Return somebody's records as a file to download."""
    text = json.dumps(_readable(records), ensure_ascii=False, indent=2)
    return discord.File(BytesIO(text.encode()), "samizdat-records.json")


def _readable(value: object) -> object:
    """Return *value* with ids as texts: many readers of JSON round numbers as large as those."""
    match value:
        case dict():
            return {key: _readable(each) for key, each in value.items()}
        case list():
            return [_readable(each) for each in value]
        case int() if abs(value) > _EXACT:
            return str(value)
        case _:
            return value


def exported_words(records: dict[str, object]) -> str:
    """Return what is in the file, in a sentence."""
    kept = records["records"]
    rows = kept.items() if isinstance(kept, dict) else ()
    counts = " · ".join(f"{say(name)}: {len(each)}" for name, each in rows)
    return say("Everything I keep about you is in this file. {counts}.", counts=counts)


def deletion(done: Iterable[Deleted], shown: int, left: int) -> str:
    """Return what a deletion did, plainly."""
    lines = [f"- {say(each.name)}: {_outcome(each)}" for each in done]
    if shown:
        taken = say("cards taken down: {number} of {total}", number=shown - left, total=shown)
        lines.append(f"- {taken}")
    foot = say(
        "-# The rows are erased on disk. Backups lose them within 30 days; one that is restored "
        "before forgets you again by itself."
    )
    return "\n".join([say("Done. This is what was deleted:"), *lines, foot])


def _outcome(each: Deleted) -> str:
    if not each.before:
        return say("there was nothing")
    gone = each.before - each.after
    if not each.after:
        return say("{number} deleted", number=gone)
    return say(
        "{number} deleted, {kept} kept because it protects you", number=gone, kept=each.after
    )


def quoting(consent: Consent) -> str:
    """Return who may quote somebody, in words."""
    way = say("It holds in every server. `/privacy quoting` changes it any time.")
    return f"{say(_SAID[consent])}\n-# {way}"
