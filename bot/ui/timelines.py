"""`/lore timeline`: the list of what happened, and above it the same drawn as a strip."""

from collections.abc import Sequence

from bot.canon.almanac import span_query
from bot.canon.answers import Answer, View
from bot.canon.archive import Archive
from bot.canon.dates import DateSpan
from bot.canon.models import Entry
from bot.cards.scenes import Lane, Mark, TimelineScene
from bot.language.speech import say, say_number
from bot.ui.cards import CardReply, painted
from bot.ui.controls import AnyInteraction
from bot.ui.lore_controls import reply_to
from bot.ui.theme import clip

_TITLE = 200
"""Characters of a mark's title: more than a line of the strip holds."""


async def show_timeline(
    interaction: AnyInteraction, archive: Archive, query: str, view: View, *, private: bool
) -> None:
    """Answer with what *query*, a span of days, brings in *view*: the list, and its strip.

    The list is the answer; where the strip cannot be drawn, it comes alone and says why.
    """
    answer, reading = await archive.opened(query, view)
    reply = reply_to(answer, reading, view, interaction.user.id)
    scene = strip_scene(answer, await archive.lookup.whole(answer, view))
    if scene is None:
        await interaction.response.send_message(**reply.sent(), ephemeral=private)
        return
    # The press may have a queue; Discord waits three seconds.
    await interaction.response.defer(thinking=True, ephemeral=private)
    picture, note = await painted(interaction, scene)
    content = f"-# {note}" if note else ""
    shown = CardReply(content, picture, "timeline", reply.embed, reply.view)
    await interaction.edit_original_response(**shown.put())


def strip_scene(answer: Answer, entries: Sequence[Entry]) -> TimelineScene | None:
    """Return *entries*, all of *answer*, as a strip: a lane a work. None: there is no line to draw.

    What began before the days asked for, or ends after them, is drawn as far as they go.
    """
    span = answer.query.span
    works = list(dict.fromkeys(entry.work for entry in entries))
    marks = tuple(
        _mark(entry, works.index(entry.work), span)
        for entry in entries
        if entry.date is not None and span is not None
    )
    if len({(mark.first, mark.last) for mark in marks}) < 2:
        return None
    lanes = tuple(Lane(work.title, work.colour) for work in works)
    left_out = answer.total - len(marks)
    note = ""
    if left_out > 0:
        shown, total = say_number(len(marks)), say_number(answer.total)
        note = say("the first {shown} of {total} events", shown=shown, total=total)
    asked = answer.query.text
    title = say("All that is dated") if asked == span_query(None, None) else asked
    return TimelineScene(title[:1].upper() + title[1:], lanes, marks, note)


def _mark(entry: Entry, lane: int, span: DateSpan) -> Mark:
    """Return *entry*, which has a date, as far as it lies within *span*."""
    date = entry.date
    if date is None:
        raise ValueError(f"{entry.reference} has no date")
    first, last = max(date.span.first, span.first), min(date.span.last, span.last)
    return Mark(lane, first, last, date.written, clip(entry.title, _TITLE))
