"""What anybody might type, for Hypothesis: noise, and the golden questions bent a little."""

from hypothesis import strategies as st

from tests.canon.golden.reading import questions

ASKED = sorted({question.ask for question in questions("seeds")})
WORDS = sorted({word for ask in ASKED for word in ask.split()})

_NOISE = st.text(max_size=200)
_SYNTAX = [*"\"'*():^-{·/¶0😀ßİ", "NEAR", "AND", "NOT", "OR", "\x00", "\ud800"]
_LABELS = [" · ", " — ", "/~", "¶1", "red-guards/", "1932 — all 2 entries"]
_ODD = st.sampled_from([*_SYNTAX, *_LABELS, "1932", "before", "until 1924", "9" * 30])
_SENTENCE = st.lists(st.sampled_from(WORDS) | _ODD, min_size=1, max_size=12).map(" ".join)


@st.composite
def _bent(draw: st.DrawFn) -> str:
    asked = draw(st.sampled_from(ASKED))
    at = draw(st.integers(0, len(asked)))
    return asked[:at] + draw(st.text(max_size=3)) + asked[at + draw(st.integers(0, 2)) :]


QUERIES = (_NOISE | _SENTENCE | _bent() | st.sampled_from(ASKED)).map(lambda text: text[:200])
"""Any text of at most 200 characters, most of them near to something that is there."""

BEGINNINGS = (
    st.builds(lambda asked, end: asked[:end], st.sampled_from(ASKED), st.integers(0, 40)) | QUERIES
)
"""What is in the box while somebody types."""
