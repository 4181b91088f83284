"""A title for an entry that has none: its first sentence, cut where a reader would pause."""

import re

MAX_HEADLINE = 100
_LEAST = 60

# A full stop ends a sentence unless it follows an initial or a usual abbreviation.
_SENTENCE_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bSt)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bCol)(?<!\bLt)(?<!\bNo)(?<!\bvs)"
    r"[.!?…]+[”’\"')\]]*(?=\s+[“‘\"'(\[]?[^\W_a-z]|\s*$)"
)
_PAUSE = re.compile(r"(?:[;:]|,| –| —| -)(?=\s)")


def first_sentence(text: str) -> str:
    """Return *text* up to the end of its first sentence, that mark included."""
    end = _SENTENCE_END.search(text)
    return text[: end.end()] if end else text


def headline(text: str) -> str:
    """Return a one-line title of at most `MAX_HEADLINE` characters for *text*.

    The first sentence without its full stop; a longer one is cut at its last pause, else between
    two words, and then ends in an ellipsis.
    """
    sentence = " ".join(first_sentence(text[:2000]).split())
    if sentence.endswith(".") and not sentence.endswith(".."):
        sentence = sentence[:-1]
    if len(sentence) <= MAX_HEADLINE:
        return sentence
    head = sentence[: MAX_HEADLINE - 1]
    pauses = [match.start() for match in _PAUSE.finditer(head) if match.start() >= _LEAST]
    cut = pauses[-1] if pauses else head.rfind(" ")
    return head[: cut if cut > 0 else len(head)].rstrip(" ,;:–—-") + "…"
