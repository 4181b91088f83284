"""Of which work a question is asked, where its own words say so: “in real life”."""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.canon.answers import View
from bot.canon.file import Scope
from bot.canon.models import Work
from bot.canon.names import fold

_HISTORY = re.compile(
    r"\b(?:(?:in|of|for) )?(?:(?:the|our|actual) )?(?:otl|irl|real[ -]life|real[ -]history"
    r"|(?:our|the real) timeline|actual history|our history|reality|real world)\b[,:]?",
    re.IGNORECASE,
)
_IN = re.compile(r"\s+(?:in|from) (?:the )?(?P<title>[^,.?!]{3,100})[?!. ]*$", re.IGNORECASE)


def narrowed(text: str, view: View, works: Mapping[int, Work]) -> tuple[str, View]:
    """Return *text* without the words that name a work, and the *view* of that work alone.

    Both as they are where it names none, nothing else is asked, or one was chosen already.
    """
    if view.work is not None:
        return text, view
    rest = " ".join(_HISTORY.sub(" ", text).split())
    if view.history.works and rest != " ".join(text.split()) and fold(rest):
        return rest, replace(view, scope=view.history, work=works[view.history.works[0][0]])
    found = _IN.search(text)
    if found is not None:
        title = fold(found["title"])
        for work, ceiling in view.scope.works:
            if title == fold(works[work].title).removeprefix("the "):
                own = Scope(((work, ceiling),))
                return text[: found.start()], replace(view, scope=own, work=works[work])
    return text, view
