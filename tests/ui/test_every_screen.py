"""No screen is over Discord's limits, whatever a stranger's text is made of."""

import json
import re

import pytest
from loopback.layouts import parts_of
from loopback.rules import faults_of_form, faults_of_new_message
from loopback.schemas import faults_of_request
from soviet_discord.builders import NASTY
from ui.screens import SCREENS, screens_of

from bot.language.catalogues import TRANSLATED, load
from bot.language.speech import speaking
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


def read_as_markdown(body):
    """Return what Discord looks through for mentions and marks."""
    embeds = body.get("embeds") or []
    fields = [field["value"] for embed in embeds for field in embed.get("fields") or []]
    texts = [part.get("content") for part, _ in parts_of(body.get("components") or [])]
    described = [embed.get("description") for embed in embeds]
    return "\n".join(filter(None, [body.get("content"), *described, *fields, *texts]))


def check(name, text, draw):
    body = draw(TEXTS[text])
    if name.startswith("form"):
        assert list(faults_of_form(body)) == [], (name, text)
        return
    assert list(faults_of_new_message(body)) == [], (name, text)
    assert list(faults_of_request("POST", MESSAGE, body)) == [], (name, text)
    assert not MENTIONS.search(read_as_markdown(body)), (name, text)
    assert "\u202e" not in json.dumps(body, ensure_ascii=False), (name, text)
    allowed = body["allowed_mentions"]
    assert "everyone" not in allowed["parse"], (name, text)


@pytest.mark.parametrize("name", SCREENS)
async def test_a_screen_with_the_longest_data_is_within_the_limits_and_harmless(name):
    for text in TEXTS:
        check(name, text, SCREENS[name])


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", SCREENS)
async def test_no_language_makes_a_screen_too_large(name, language):
    load()
    with speaking(language):
        check(name, "wide", SCREENS[name])


async def test_the_help_is_within_the_limits(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)

    for name, draw in screens_of(known_commands(bot.tree)).items():
        check(name, "wide", draw)
