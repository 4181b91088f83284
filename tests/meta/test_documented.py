"""The documents name every command, its options, every setting and every step."""

import re
from pathlib import Path

import pytest
from discord import app_commands

from bot.__main__ import _parser
from bot.language.areas import NAME
from bot.language.catalogues import TRANSLATED, catalogues
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
COMMANDS = (ROOT / "docs/commands.md").read_text("utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")


async def _commands(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)
    return [each for each in bot.tree.walk_commands() if isinstance(each, app_commands.Command)]


async def test_every_command_is_documented_with_its_options(bot):
    for command in await _commands(bot):
        row = re.search(rf"^\| `/{command.qualified_name}\b([^`]*)`", COMMANDS, re.MULTILINE)
        assert row, f"docs/commands.md does not name /{command.qualified_name}"
        for option in command.parameters:
            named = option.display_name in row[1]
            assert named or option.display_name in {"work", "private"}, option.display_name
            if named:
                assert option.required == (f"[{option.display_name}]" not in row[1])


async def test_no_document_names_a_command_that_is_not_there(bot):
    real = {each.qualified_name for each in await _commands(bot)}
    real |= {
        message.string
        for language in TRANSLATED
        for catalogue in catalogues(language)
        for message in catalogue
        if message.context == NAME
    }
    for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for said in re.findall(r"`/([a-z]+(?: [a-z]+)?)", path.read_text("utf-8")):
            # Of `/event spring 1926` the first word is the command, of `/lore entry` both.
            assert {said, said.split()[0]} & real, f"{path.name} names /{said}"


def test_every_setting_is_documented():
    for name, field in Settings.model_fields.items():
        assert f"`{field.validation_alias}`" in OPERATING, name


@pytest.mark.parametrize(
    "command",
    [
        *("run", "sandbox", "canon build", "canon check", "canon show", "canon add"),
        "canon site",
        *("db backup", "db check", "db restore", "db copy", "--version"),
    ],
)
def test_every_step_of_the_command_line_is_documented(command):
    assert re.search(rf"^\| `{re.escape(command)}\b", OPERATING, re.MULTILINE)


def test_the_command_line_has_no_other_steps():
    steps = re.findall(r"'([a-z]+)'", str(_parser()._subparsers._group_actions[0].choices.keys()))

    assert steps == ["run", "sandbox", "canon", "db"]
