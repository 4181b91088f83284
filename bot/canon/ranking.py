"""Which of the passages that hold the words is the one that was meant. Pure.

A title that says it, the name as a phrase, the sentence in which a thing begins, words close
together: in this order they tell an entry about something from one that mentions it in passing.
docs/ranking.md explains it to readers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.canon import phrases
from bot.canon.deeds import suffers
from bot.canon.terms import Term
from bot.canon.wording import PLAIN, Manners

_TITLE_IS = 20.0
_TITLE_PHRASE = 6.0
_TITLE_ALL = 4.0
_TITLE_SOME = 2.0
_TITLE_SETTING = 1.0
_BODY_PHRASE = 3.0
_NAMED = 3.0
_NAMED_EARLY = 2.0
_EARLY_WORDS = 12
_SAID_EARLY = 1.0
_BEGINS = 3.0
_CLOSE = 2.0
_NEAR = 1.0
_WHOLE = 14.0
"""What holding every word is worth: more than whatever else may be said for a passage."""
_OF_ANOTHER = 0.3
"""What a name is worth in a passage that uses it for something else: Franco, Franco-Italian."""
_LIKEWISE = 0.5
"""What a word of the same meaning is worth of the word itself."""
_LOOSE_NEARNESS = 0.75
_LOOSELY = -1.25
_ONLY_LIKEWISE = -4.0
"""The same where that word is the whole query, and others do say it: kaiser before king."""
_TEXT_RANK = 1.5
_IS_EVENT = 0.5
_FATE = 5.0
_FATE_WINDOW = 6
_SUFFERS = 5.0
_DONE_TO_ANOTHER = 0.5
_TITLE_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that holds the words; texts are folded. *rank*: FTS5's bm25, less is better.

    *named_at*: the word at which the asked-for entity is first named, None if it is not.
    *day* and *position* order entries of equal worth; what has no date comes last.
    """

    id: int
    title: str
    names: str
    body: str
    rank: float
    day: int | None
    position: int
    named_at: int | None = None


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate's id and what speaks for it; *weight* is the share of the query it answers.

    *together*: it says the words in its title, as a phrase or close to each other, or names what
    they are the name of. *held*: how many of them it says at all. *titled*: its title says every
    one itself; *nearly_titled*: or what means the same. *itself*: it says every one itself.
    *suffers*: the deed asked for is done to the one it is asked of.
    """

    id: int
    score: float
    weight: float
    together: bool
    held: int
    titled: bool
    nearly_titled: bool
    itself: bool
    suffers: bool


def ranked(
    candidates: Sequence[Candidate],
    terms: Sequence[Term],
    asked: str,
    weights: Mapping[str, float],
    manners: Manners = PLAIN,
) -> list[Scored]:
    """Return *candidates* best first; *asked* is the folded query, *weights* term → its weight."""
    best = min((candidate.rank for candidate in candidates), default=-1.0) or -1.0
    is_name = any(candidate.named_at is not None for candidate in candidates)
    said = _Said(terms, asked, weights, manners, is_name=is_name)
    texts = [_words(candidate) for candidate in candidates]
    said.spoken = frozenset().union(*texts)
    rows = [
        (_score(candidate, words, said, candidate.rank / best), candidate)
        for candidate, words in zip(candidates, texts, strict=True)
    ]
    rows.sort(
        key=lambda row: (
            -round(row[0].score + _WHOLE * row[0].weight),
            row[1].day is None,
            row[1].day or 0,
            row[1].position,
            row[1].id,
        )
    )
    return [scored for scored, _ in rows]


class _Said:
    """The query, taken apart once for all candidates."""

    def __init__(
        self,
        terms: Sequence[Term],
        asked: str,
        weights: Mapping[str, float],
        manners: Manners,
        *,
        is_name: bool,
    ) -> None:
        self.fates = manners.fates
        self.deeds = manners.deeds
        self.violent = manners.violent
        self.others = [term.words for term in terms if term.said not in manners.deeds]
        self.terms = terms
        self.asked = asked
        self.weights = weights
        self.all = sum(weights.values()) or 1.0
        self.strictly = [term.saying for term in terms]
        self.loosely = [term.words for term in terms]
        self.orders = phrases.orders(len(terms)) if manners.turned else ()
        self.is_name = is_name
        self.spoken: frozenset[str] = frozenset()
        self.by_word = _numbered(self.loosely)
        self.by_word_itself = _numbered(self.strictly)


def _numbered(asked: Sequence[frozenset[str]]) -> dict[str, int]:
    return {word: at for at, words in enumerate(asked) for word in words}


def _words(candidate: Candidate) -> frozenset[str]:
    text = f"{candidate.title} {candidate.body} {candidate.names}"
    return frozenset(text.split())


def _score(
    candidate: Candidate, everything: frozenset[str], said: _Said, text_rank: float
) -> Scored:
    title, body = candidate.title.split(), candidate.body.split()
    held = [term for term in said.terms if not term.words.isdisjoint(everything)]
    weight = sum(said.weights[term.said] for term in held) / said.all
    score = _TEXT_RANK * text_rank
    if candidate.title == said.asked:
        score += _TITLE_IS
    spoken = frozenset(title)
    of_title = _best(_title_score, title, spoken, said.strictly, said)
    titled = of_title >= _TITLE_ALL
    of_phrase = _best(_phrase_score, body, everything, said.strictly, said)
    if said.strictly != said.loosely:
        of_title = max(of_title, _LIKEWISE * _best(_title_score, title, spoken, said.loosely, said))
        likewise = _best(_phrase_score, body, everything, said.loosely, said)
        of_phrase = max(of_phrase, _LIKEWISE * likewise)
    of_nearness = 0.0
    if not of_phrase and len(held) == len(said.terms) > 1:
        of_nearness = _nearness(body, said)
    words_score = of_title + of_phrase + of_nearness
    if candidate.named_at is not None:
        early = candidate.named_at < _EARLY_WORDS and not phrases.only_setting(body, said.strictly)
        score += _NAMED + (_NAMED_EARLY if early else 0)
        if candidate.named_at < len(title):  # By whatever name: who typed it meant this.
            words_score = max(words_score, _TITLE_ALL)
    elif said.is_name:
        words_score *= _OF_ANOTHER
    score += words_score
    if said.fates and _tells_fate(body, said):
        score += _FATE
    is_done = bool(said.deeds and said.others) and suffers(body, said.deeds, said.others)
    if is_done:
        score += _SUFFERS
    elif said.violent:
        score -= (1 - _DONE_TO_ANOTHER) * words_score
    itself = len(held) == len(said.terms)
    for term in held:
        if term.saying.isdisjoint(everything):
            itself = False
            alone = len(said.terms) == 1 and not term.saying.isdisjoint(said.spoken)
            score += _ONLY_LIKEWISE if alone else _LOOSELY
    score += _IS_EVENT if candidate.day is not None else 0
    nearly = of_title >= _LIKEWISE * _TITLE_ALL
    together = bool(of_phrase or of_nearness) or nearly or candidate.named_at is not None
    return Scored(candidate.id, score, weight, together, len(held), titled, nearly, itself, is_done)


def _best(
    scoring: Callable[[Sequence[str], Sequence[frozenset[str]]], float],
    words: Sequence[str],
    spoken: frozenset[str],
    asked: Sequence[frozenset[str]],
    said: "_Said",
) -> float:
    """Return the score of *words* for what was *asked*, in any order that says the same.

    *spoken* holds all of *words*, and perhaps others.
    """
    if any(each.isdisjoint(spoken) for each in asked):
        # What is not said at all follows nothing in any order, and no phrase holds it.
        return 0.0 if scoring is _phrase_score else scoring(words, asked)
    turned = (scoring(words, [asked[at] for at in order]) for order in said.orders)
    return max(scoring(words, asked), *turned) if said.orders else scoring(words, asked)


def _tells_fate(words: Sequence[str], said: _Said) -> bool:
    """Tell whether a word that says what became of somebody stands near one that was asked for."""
    asked = [at for at, word in enumerate(words) if word in said.by_word]
    told = [at for at, word in enumerate(words) if word in said.fates]
    return any(abs(one - other) <= _FATE_WINDOW for one in asked for other in told)


def _phrase_score(body: Sequence[str], asked: Sequence[frozenset[str]]) -> float:
    places = phrases.phrases(body, asked)
    if not places:
        return 0.0
    score = _BODY_PHRASE
    if phrases.begins(body, places):
        score += _BEGINS
    told = next((start for start, _ in places if not phrases.is_setting(body, start)), None)
    return score + (_SAID_EARLY if told is not None and told < phrases.FIRST_SENTENCES else 0)


def _title_score(title: Sequence[str], asked: Sequence[frozenset[str]]) -> float:
    places = phrases.phrases(title, asked)
    if places and not all(phrases.is_setting(title, start) for start, _ in places):
        return _TITLE_PHRASE
    if places:
        return _TITLE_SETTING
    words = _told_by(tuple(title))
    held = sum(not each.isdisjoint(words) for each in asked)
    return _TITLE_ALL if held == len(asked) else _TITLE_SOME * held / len(asked)


@lru_cache(maxsize=2048)
def _told_by(title: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a title but those that only say when or why."""
    return frozenset(
        word for at, word in enumerate(title) if not phrases.is_setting(title, at, _TITLE_WINDOW)
    )


def _nearness(words: Sequence[str], said: _Said) -> float:
    """Return how near to each other a text says the words themselves, or words like them."""
    near = _closeness(words, said.by_word_itself, len(said.terms))
    if near < _CLOSE and said.strictly != said.loosely:
        near = max(near, _LOOSE_NEARNESS * _closeness(words, said.by_word, len(said.terms)))
    return near


def _closeness(words: Sequence[str], by_word: Mapping[str, int], count: int) -> float:
    """Return how near to each other the words asked for stand: by the shortest stretch of all."""
    last: dict[int, int] = {}
    shortest = len(words) + 1
    for at, word in enumerate(words):
        number = by_word.get(word)
        if number is not None:
            last[number] = at
            if len(last) == count:
                shortest = min(shortest, at - min(last.values()) + 1)
    if shortest <= 2 * count + 2:
        return _CLOSE
    return _NEAR if shortest <= 10 * count else 0.0
