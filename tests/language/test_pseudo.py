"""The language for tests finds what was forgotten, and nothing else."""

import pytest
from language.pseudo import forgotten, pseudo

from bot.language.speech import say, say_in, say_many


def test_what_is_said_is_not_forgotten():
    with pseudo():
        said = [
            say("Motion"),
            say("Motion № {number} of {who}", number=4, who="Vera"),
            say_in("motion", "open"),
            say_many("{number} vote", "{number} votes", 2),
        ]

    assert said[1] == "⟦Motion № ⟧4⟦ of ⟧Vera"
    assert forgotten(said, written=["Vera"]) == []


@pytest.mark.parametrize(
    "forget",
    [
        lambda: {"title": "Motion"},
        lambda: {"fields": [{"name": "⟦x⟧", "value": "tabled"}]},
        lambda: {"label": "Second", "value": "x"},
        lambda: say("It is {state}.", state="open"),
    ],
)
def test_what_is_not_said_is_found(forget):
    with pseudo():
        assert forgotten(forget())


def test_what_nobody_reads_need_not_be_said():
    shown = {"custom_id": "so:v", "options": [{"label": "⟦Open⟧", "value": "open"}]}

    assert forgotten(shown) == []
    assert forgotten("<@41> <t:1790000000:R> <https://discord.com/x> ⟦cut off…") == []
