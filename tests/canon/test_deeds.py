"""Who is killed: on which side of the verb a name stands."""

import pytest

from bot.canon.deeds import suffers

DEEDS = frozenset("killed shoot assassinated assassination murder dies death".split())


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("stalin is assassinated and trotsky takes power", "stalin", True),
        ("stalin is assassinated and trotsky takes power", "trotsky", False),
        ("italian partisans shoot benito mussolini", "mussolini", True),
        ("italian partisans shoot benito mussolini", "partisans", False),
        ("a stroke killed lenin", "lenin", True),
        ("kemals death", "kemals", True),
        ("the murder of kirov shocks the city", "kirov", True),
        ("kirov dies", "kirov", True),
        ("ataturk was never found", "ataturk", False),
    ],
)
def test_a_deed_is_done_to_whom_the_verb_says(text: str, name: str, expected: bool) -> None:
    assert suffers(text.split(), DEEDS, [frozenset({name})]) is expected
