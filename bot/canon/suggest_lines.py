"""Lines of autocomplete, as Discord takes them: few, short and distinct."""

from collections.abc import Collection, Iterable, Sequence

from bot.canon.answers import Suggestion
from bot.canon.labels import MAX_LABEL, label
from bot.canon.models import Entry

MAX_CHOICES = 25
"""Discord's limit on the lines of one autocomplete answer."""


def entry_lines(entries: Iterable[Entry], words: Collection[str] = ()) -> list[Suggestion]:
    """Return a line for each entry; see `label` for *words*."""
    return [Suggestion(label(entry, words), entry.reference) for entry in entries]


def distinct(lines: Sequence[Suggestion]) -> list[Suggestion]:
    """Return *lines* without those that look like, or stand for, what stands before them."""
    seen: set[str] = set()
    labels: set[str] = set()
    kept = []
    for line in lines:
        if line.value not in seen and line.label not in labels and len(line.value) <= MAX_LABEL:
            seen.add(line.value)
            labels.add(line.label)
            kept.append(line)
    return kept[:MAX_CHOICES]
