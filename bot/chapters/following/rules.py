"""What is made of a feed's answer for one story: new, known, moved, changed, gone, or ask. Pure.

A chapter's identity is the source's own. Titles and dates serve only to see that two *sites* mean
one chapter, or that one site gave its chapters other names, and then never to announce.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.canon.names import fold
from bot.chapters.announcing.models import Chapter, State
from bot.chapters.entries import FeedEntry, FeedPage, WordSource
from bot.chapters.places import place_key
from bot.clock import Instant

HOLD = 2 * 60_000
"""Milliseconds between the first sight of a chapter and its announcement."""
_ANOTHER_SITE = 14 * 86_400_000
_FEW = 2
RANK = {WordSource.LISTED: 0, WordSource.ANNOUNCED: 1, WordSource.COUNTED: 2}


@dataclass(frozen=True, slots=True)
class Known:
    """What a story has: *names*, by which this feed knows chapters; *others*, all the rest.

    *baseline*: whether the first page was read before this one. *trusted*: names that nobody knows
    are new chapters, however many.
    """

    follow_id: int
    names: Mapping[str, Chapter]
    others: Sequence[Chapter]
    baseline: bool
    trusted: bool = False


@dataclass(frozen=True, slots=True)
class New:
    """A chapter nobody told of before; held, or only noted (*announce* false)."""

    entry: FeedEntry
    announce: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """An entry that is a chapter the story has: of another site, by hand, or under another name."""

    entry: FeedEntry
    chapter: Chapter


@dataclass(frozen=True, slots=True)
class Changed:
    """A chapter whose title or words are others now."""

    entry: FeedEntry
    chapter: Chapter


@dataclass(frozen=True, slots=True)
class Back:
    """A chapter that was taken back while it was held, and is there again."""

    entry: FeedEntry
    chapter: Chapter


@dataclass(frozen=True, slots=True)
class Gone:
    """A chapter that was taken back while it is held."""

    chapter: Chapter


@dataclass(frozen=True, slots=True)
class Ask:
    """*moved* of the *told* entries have names nobody knows, though the chapters look known."""

    moved: int
    told: int


Decision = New | Alias | Changed | Back | Gone | Ask


def decide(known: Known, page: FeedPage, now: Instant) -> list[Decision]:
    """Return what to do about *page*, oldest chapter first. `Ask` stands alone.

    The first page of a feed is its baseline: everything on it is noted, nothing announced.
    """
    strangers = [entry for entry in page.entries if entry.identity not in known.names]
    if known.baseline and not known.trusted and _has_moved(known, page, strangers):
        return [Ask(len(strangers), len(page.entries))]
    decisions: list[Decision] = []
    unclaimed = _Unclaimed(known, page)
    for entry in reversed(page.entries):
        chapter = known.names.get(entry.identity)
        if chapter is not None:
            decisions.extend(_about(known, entry, chapter))
        elif (same := unclaimed.claim(entry, now)) is not None:
            decisions.append(Alias(entry, same))
        else:
            decisions.append(New(entry, announce=known.baseline))
    return [*decisions, *_gone(known, page)]


def _about(known: Known, entry: FeedEntry, chapter: Chapter) -> Iterable[Decision]:
    if chapter.state is State.GONE and known.baseline:
        yield Back(entry, chapter)
    elif _says_more(known, entry, chapter):
        yield Changed(entry, chapter)


def _says_more(known: Known, entry: FeedEntry, chapter: Chapter) -> bool:
    """Tell whether *entry* is to change *chapter*.

    Only the feed that told of it first may rename it: two sites that differ would take turns.
    """
    if chapter.follow_id != known.follow_id:
        return better_words(entry, chapter, at_least=1)
    return entry.title != chapter.title or better_words(entry, chapter, at_least=0)


def better_words(entry: FeedEntry, chapter: Chapter, *, at_least: int) -> bool:
    """Tell whether the words of *entry* are to be believed over those of *chapter*.

    A count of ours ranks over a figure that somebody gave, that over a site's list; *at_least* is
    by how many ranks they must be better.
    """
    if entry.words is None or entry.words == chapter.words:
        return False
    if chapter.words is None:
        return True
    return RANK[entry.words.source] - RANK[chapter.words.source] >= at_least


class _Unclaimed:
    """Chapters that this feed has not named yet, each to be claimed by one entry at most."""

    def __init__(self, known: Known, page: FeedPage) -> None:
        told = {entry.identity for entry in page.entries}
        here = {known.names[name].id for name in told if name in known.names}
        lost = {chapter.id: chapter for chapter in known.names.values() if chapter.id not in here}
        self._known = known
        self._elsewhere = list(known.others)
        self._renamed = list(lost.values())

    def claim(self, entry: FeedEntry, now: Instant) -> Chapter | None:
        """Return the chapter that *entry* is, though its name is new to this feed."""
        for chapter in self._elsewhere:
            if place_key(chapter.url) == place_key(entry.url) or self._same(entry, chapter, now):
                self._elsewhere.remove(chapter)
                return chapter
        for chapter in self._renamed:
            if self._is_renamed(entry, chapter):
                self._renamed.remove(chapter)
                return chapter
        return None

    def _is_renamed(self, entry: FeedEntry, chapter: Chapter) -> bool:
        if not self._known.baseline and chapter.key and fold(entry.title) == chapter.key:
            return True
        return _is_twin(entry, chapter)

    def _same(self, entry: FeedEntry, chapter: Chapter, now: Instant) -> bool:
        """Tell whether two sites mean one chapter: one title, and about one time."""
        key = fold(entry.title)
        if not key or chapter.key != key:
            return False
        if chapter.category is not None and entry.category not in {None, chapter.category}:
            return False
        if not self._known.baseline:
            return True
        # When a chapter of the baseline appeared is only known where its source told it.
        told = chapter.published_at if chapter.state is State.KNOWN else chapter.told_at
        return told is not None and abs((entry.published_at or now) - told) <= _ANOTHER_SITE


def _is_twin(entry: FeedEntry, chapter: Chapter) -> bool:
    """Tell whether *entry* looks like *chapter* under another name: same title and date or link."""
    same_title = bool(chapter.key) and fold(entry.title) == chapter.key
    dated = entry.published_at is not None and entry.published_at == chapter.published_at
    return same_title and (dated or place_key(entry.url) == place_key(chapter.url))


def _has_moved(known: Known, page: FeedPage, strangers: Sequence[FeedEntry]) -> bool:
    """Tell whether most of what the feed tells are known chapters under names it never used."""
    told = {entry.identity for entry in page.entries}
    lost = [chapter for name, chapter in known.names.items() if name not in told]
    elsewhere = {chapter.key for chapter in known.others}
    titles = {chapter.key for chapter in lost if chapter.key}
    newest = max((c.published_at for c in lost if c.published_at), default=None)

    def looks_known(entry: FeedEntry) -> bool:
        key = fold(entry.title)
        if key in elsewhere:
            return False
        if key in titles:
            return True
        if entry.published_at is None:
            return page.complete and len(strangers) == len(page.entries)
        return newest is not None and entry.published_at <= newest

    moved = sum(map(looks_known, strangers)) if lost else 0
    return moved >= _FEW and moved > len(page.entries) / 2


def _gone(known: Known, page: FeedPage) -> Iterable[Gone]:
    """Yield the held chapters that a page no longer tells of, though it tells of older ones."""
    if page.cut or not known.baseline:
        return
    told = {entry.identity for entry in page.entries}
    here = {chapter.id: chapter for name, chapter in known.names.items() if name in told}
    oldest = min((chapter.place for chapter in here.values()), default=None)
    for chapter in {chapter.id: chapter for chapter in known.names.values()}.values():
        ours = chapter.follow_id == known.follow_id and chapter.state is State.HELD
        if ours and chapter.id not in here and oldest is not None and chapter.place > oldest:
            yield Gone(chapter)
