"""What a name looks like in running text: capitalised words, with small words between them."""

import re

# The part that a name's second to eighth word may repeat has a bound, so matching has one too.
_WORD = r"(?:[^\W\d_a-zà-öø-ÿ][\w'’.-]{0,40}|\d{1,9}(?:-\w{1,20})?)"
_JOIN = r"(?:of the|of|and|the|for|de|du|von|van|der|la)"
NAME = rf"{_WORD}(?:[ \u00a0]{{1,3}}(?:{_JOIN}[ \u00a0]{{1,3}})?{_WORD}){{0,7}}"
"""A name, as a pattern. It has no groups."""

_LONGEST = 160
_MOST_WORDS = 12
_WORDS = re.compile(r"(?P<word>[\w'’.&-]+)(?P<gap>[ \u00a0]*)")
JOINERS = frozenset({"of", "and", "the", "for", "de", "du", "von", "van", "der", "la"})
# A capital at the head of a sentence makes no name of these.
_OPENERS = frozenset(
    "a after although an and as at before both but by during for former from he her his however if"
    " in into its later like meanwhile nor now of on once only or over she since so soon than that"
    " the their then there these they this those though through thus to under until upon when where"
    " whether while who with".split()
)


def name_before(text: str, end: int) -> str:
    """Return the name that ends at *end* of *text*, a blank or comma between, or "".

    It is as long as it can be: all capitalised words in one run, small joining words inside.
    """
    window = text[max(0, end - _LONGEST) : end].rstrip(' \u00a0,(“"')
    taken: list[str] = []
    edge = len(window)
    for match in reversed(list(_WORDS.finditer(window))):
        word = match["word"]
        if match.end() != edge or len(taken) == _MOST_WORDS:
            break  # another mark stands between
        if taken and not match["gap"]:
            break
        if taken and _ends_a_sentence(word):
            break
        if not (word[0].isupper() or word[0].isdigit() or (taken and word in JOINERS)):
            break
        taken.insert(0, word)
        edge = match.start()
    while taken and (taken[0].casefold() in _OPENERS or _is_year(taken[0])):
        del taken[0]
    return " ".join(taken)


def _ends_a_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > 4 and "." not in word[:-1]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()
