"""Every command, every control, wherever and whatever: nothing sent breaks a rule of Discord's."""

import asyncio
import logging

import pytest
from loopback.payloads import PLACES
from loopback.punctuality import late

from bot.paths import project_folder

pytest_plugins = ["loopback.fixtures"]

SLASH = 1
TEXT = 3
SUBCOMMANDS = {1, 2}
ODD = [
    "1932",
    "?",
    " ",
    "x" * 6000,
    "@everyone <@&1100000000000000002> <@1>",
    "\x00\x07\u202e\N{ZERO WIDTH SPACE}",
    "\"*(') OR NEAR -x: ^a",
    "paper-republic/~ · ¶1 ·",
    "¶99999999999 · a · b · c",
    "٣٢ 0000-00-00 99999..0",
    "\N{FAMILY}\u0301\u0301\u0301\u0301\u0301",
    "```[x](https://example.org)``` ||s||",
]


def leaves(standin):
    """Yield words and options of every command that Discord was told and that needs only texts."""

    def below(part, words):
        options = part.get("options") or []
        if any(option["type"] in SUBCOMMANDS for option in options):
            for option in options:
                yield from below(option, f"{words} {option['name']}")
        elif all(option["type"] == TEXT for option in options if option.get("required")):
            yield words, options

    for some in standin.commands.values():
        for command in (each for each in some if each["type"] == SLASH):
            yield from below(command, command["name"])


async def explored(reader, answer):
    """Use every control under *answer* once; return what each brought."""
    brought = [await reader.click(answer, label) for label in answer.buttons]
    return brought + [await reader.choose(answer, value) for value in answer.options]


async def test_every_command_answers_odd_texts_in_words(bureau, standin, vera, journal):
    for text in ODD:
        for words, options in leaves(standin):
            texts = [option for option in options if option["type"] == TEXT]
            everywhere = {option["name"]: text for option in texts}
            needed = {option["name"]: text for option in texts if option.get("required")}

            assert (await vera.slash(words, **everywhere)).text, (words, text)
            assert (await vera.slash(words, **needed)).text, (words, text)
    assert journal.at(logging.WARNING) == []


async def test_every_option_completes_odd_texts(bureau, standin, vera, journal):
    for text in ODD:
        for words, options in leaves(standin):
            for option in options:
                if option.get("autocomplete"):
                    await vera.autocomplete(words, **{option["name"]: text})
    assert journal.at(logging.WARNING) == []


async def test_every_lookup_can_be_had_in_private(bureau, standin, vera, unhurried):
    await vera.use_menu("Save to quote book", vera.says("Marta Velikov reads proofs."))
    for words, options in leaves(standin):
        if "private" in {option["name"] for option in options}:
            needed = [option["name"] for option in options if option.get("required")]
            given = dict.fromkeys(needed, "Marta Velikov")

            assert (await vera.slash(words, **given, private=True)).ephemeral
            public = await vera.slash(words, **given)
            # A refusal is private in any case.
            assert not public.ephemeral or not public.message["embeds"]


@pytest.mark.parametrize("place", PLACES)
async def test_it_answers_wherever_it_is_asked(bureau, standin, place):
    anna = standin.reader("anna", place=place)

    answer = await anna.slash("event", query="1932")
    entry = await anna.choose(answer, answer.options[0])

    assert entry.in_place
    assert (await anna.click(entry, "↩ List")).embed == answer.embed
    assert (await anna.slash("help")).ephemeral
    assert (await anna.autocomplete("event", query="19")).choices


async def test_a_name_stands_once_on_its_card_and_leads_back_to_its_list(bureau, vera):
    card = await vera.slash("lore entry", name="Marta Velikov")
    entry = await vera.choose(card, card.options[0])
    listed = await vera.click(entry, "↩ List")

    assert (card.embed["title"], card.embed["author"]["name"]) == (
        "Marta Velikov",
        "person · The Paper Republic",
    )
    assert listed.embed == (await vera.slash("event", query="Marta Velikov")).embed


async def test_the_seeds_that_come_with_the_program_are_shown_within_discords_limits(
    standin, open_bureau, vera, ivan, journal
):
    queries = "stalin | 1919..1945 | turkish war before 1933 | the"
    async with open_bureau(seeds=project_folder("seeds")):
        for words, options in leaves(standin):
            texts = [option["name"] for option in options if option.get("required")]
            for query in queries.split(" | "):
                page = await vera.slash(words, **dict.fromkeys(texts, query))
                for brought in await explored(vera, page):
                    await asyncio.gather(*(ivan.click(brought, each) for each in brought.buttons))
                if not texts:
                    break
        for end in range(1, 8):
            await vera.autocomplete("event", query="stalin 1924"[:end])

    assert standin.violations == []
    assert journal.at(logging.ERROR) == []
    assert late(standin) == []
