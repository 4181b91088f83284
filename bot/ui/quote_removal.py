"""Taking quotes out of the book, and their cards down."""

from bot.language.speech import say, say_many
from bot.quotes.models import Quote
from bot.quotes.service import Removed
from bot.ui.controls import AnyInteraction, Control, base36, button, from_base36, services
from bot.ui.quote_places import moderates, server_of, take_down

QUOTE = r"(?P<quote>[0-9a-z]{1,13})"


class RemoveButton(Control, template=rf"qd:{QUOTE}"):
    """Takes a quote out of the book, for the person quoted, its maker and moderators."""

    @classmethod
    def of(cls, quote: Quote) -> "RemoveButton":
        """Return the button under *quote*."""
        shown = base36(quote.id)
        return cls(button(say("Remove"), f"qd:{shown}"), {"quote": shown})

    async def act(self, interaction: AnyInteraction) -> None:
        """Take out the quote and take down every card of it, this one first."""
        guild, quotes = server_of(interaction), services(interaction).quotes
        quote = await quotes.of_server(from_base36(self.state["quote"]), guild.id)
        removed = await quotes.remove(
            quote.id, guild.id, interaction.user.id, moderator=moderates(interaction, quote)
        )
        await interaction.response.defer()
        await interaction.delete_original_response()
        here = interaction.message.id if interaction.message else 0
        elsewhere = tuple(each for each in removed.showings if each.message_id != here)
        left = await take_down(interaction.client, elsewhere)
        await interaction.followup.send(removal(removed, interaction.user.id, left), ephemeral=True)


async def remove_numbered(interaction: AnyInteraction, number: int) -> None:
    """Take out the quote that this server knows by *number*, and take down its cards.

    Raises:
        NotHereError, NoSuchQuoteError, NotYoursToRemoveError.
    """
    guild, quotes = server_of(interaction), services(interaction).quotes
    quote = await quotes.numbered(number, guild.id)
    removed = await quotes.remove(
        quote.id, guild.id, interaction.user.id, moderator=moderates(interaction, quote)
    )
    await interaction.response.defer(thinking=True, ephemeral=True)
    left = await take_down(interaction.client, removed.showings)
    await interaction.edit_original_response(content=removal(removed, interaction.user.id, left))


def removal(removed: Removed, user_id: int, left: int) -> str:
    """Return what a removal did, in words."""
    said = [
        say(
            "No. {number} is out of the quote book, and its words are erased.",
            number=removed.quote.number,
        )
    ]
    if user_id == removed.quote.original.author_id:
        said.append(say("That message will not be quoted again."))
    if left:
        said.append(
            say_many(
                "{number} of its cards I could not take down: I may not enter their channels.",
                "{number} of its cards I could not take down: I may not enter their channels.",
                left,
            )
        )
    return " ".join(said)
