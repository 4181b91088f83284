"""Whether one name abbreviates another: NKVD, Comintern, Gesesoco."""

from collections.abc import Iterator

from bot.canon.building.name_words import JOINERS
from bot.canon.names import fold

# Bodies are known by letters of another language (NKVD); after them such letters are no country.
_BODIES = frozenset(
    "academy administration agency alliance army assembly association board brigade bureau command"
    " commissariat commission committee company confederation congress corps council department"
    " directorate division federation force forces front group guard guards institute international"
    " league ministry movement office organisation organization parliament party police secretariat"
    " service society staff syndicate union".split()
)
_COUNTRIES = frozenset(  # after a name they say where it is
    "US USA UK USSR SSSR UAR GDR DDR FRG EU UN OTL ATL NATO".split()
)


def abbreviated(before: str, inner: str) -> Iterator[tuple[str, str]]:
    """Yield the name and its other form in “*before* (*inner*)”, if they are one thing.

    The name may be the end of *before*: in “Soviet Central Committee (CC)” it is two words long.
    """
    words = before.split()
    if " " in inner:
        if _is_made_of(words[-1], inner):
            yield words[-1], inner
        return
    for start in range(len(words) - 1):
        name = " ".join(words[start:])
        if words[start].casefold() not in JOINERS and _is_made_of(inner, name):
            yield name, inner
            return
    letters = inner.replace(".", "")
    of_a_body = not _BODIES.isdisjoint(fold(before).split()[1:])
    if letters.isupper() and 2 <= len(letters) <= 6 and of_a_body and letters not in _COUNTRIES:
        yield before, inner


def _is_made_of(short: str, long: str) -> bool:
    """Tell whether *short* is made of the beginnings of the words of *long*, all in order.

    Long ones may have a letter more: Rykovmovs are the Rykov Movies.
    """
    letters = fold(short).replace(" ", "")
    words = [word for word in fold(long).split() if word not in JOINERS]
    if len(words) < 2 or not len(words) <= len(letters) < len("".join(words)):
        return False
    ends = {0}
    for word in words:
        ends = {
            stop
            for start in ends
            for stop in range(start + 1, len(letters) + 1)
            if word.startswith(letters[start:stop])
        }
    return len(letters) in ends or (len(letters) > 5 and len(letters) - 1 in ends)
