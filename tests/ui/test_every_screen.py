"""No screen is over Discord's limits, whatever a stranger's text is made of."""

import json
import re

import pytest
from loopback.rules import faults_of_form, faults_of_new_message
from loopback.schemas import faults_of_request
from soviet_discord.builders import NASTY
from ui.screens import SCREENS, screens_of

from bot.ui.help import known_commands

TEXTS = {
    "wide": "W",
    "words": "word ",
    "nasty": NASTY,
    "escaped": "*_~|`[]<>\\",
    "emoji": "😀",
    "accents": "z\u0351\u0352\u0353\u0354\u0355",
    "right to left": "שלום ",
    "lines": "line\n",
}
MESSAGE = "/channels/{channel_id}/messages"
MENTIONS = re.compile(r"@everyone|@here")


def check(name, text, draw):
    body = draw(TEXTS[text])
    if name.startswith("form"):
        assert list(faults_of_form(body)) == [], (name, text)
        return
    assert list(faults_of_new_message(body)) == [], (name, text)
    assert list(faults_of_request("POST", MESSAGE, body)) == [], (name, text)
    words = json.dumps(body, ensure_ascii=False)
    assert not MENTIONS.search(words.replace("@\u200b", "")), (name, text)
    assert "\u202e" not in words, (name, text)
    allowed = body["allowed_mentions"]
    assert "everyone" not in allowed["parse"], (name, text)


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_with_the_longest_data_is_within_the_limits_and_harmless(name):
    for text in TEXTS:
        check(name, text, SCREENS[name])


async def test_the_help_is_within_the_limits(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)

    for name, draw in screens_of(known_commands(bot.tree)).items():
        check(name, "wide", draw)
