"""The catalogues say everything the source says, in every language, and nothing else."""

import ast
import asyncio
import re
from string import Formatter

import pytest

from bot.cli.languages import ROOT, commands, texts
from bot.language.areas import CHOICE, COMMANDS, DESCRIPTION, KEYWORDS, NAME
from bot.language.catalogues import FOLDER, TRANSLATED, catalogues
from bot.ui.theme import OPTION

_COMMAND_IN_TEXT = re.compile(r"`/([^`\[{]+?)[ …]*[`\[{]")
_TYPED = re.compile(r"[-_'\w]{1,32}")
"""What Discord takes as the name of a command or an option, in small letters."""


@pytest.fixture(scope="module")
def tree():
    return asyncio.run(commands())


@pytest.fixture(scope="module")
def wanted(tree):
    return texts(tree)


@pytest.fixture(scope="module")
def paths(tree):
    """What may be typed after a slash, in words: groups and commands."""
    return {tuple(each.qualified_name.split()) for each in _all(tree) if each.name.islower()}


def _all(commands):
    for command in commands:
        yield command
        yield from _all(getattr(command, "commands", ()))


def _messages(language):
    return [message for catalogue in catalogues(language) for message in catalogue if message.id]


def _key(message):
    identity = message.id
    return identity if isinstance(identity, str) else tuple(identity), message.context


def _forms(text):
    return (text,) if isinstance(text, str) else tuple(text)


def _fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_has_every_text_of_the_source_and_no_other(language, wanted):
    source = {
        area: {_key(message) for message in catalogue if message.id}
        for area, catalogue in wanted.items()
    }

    files = {path.stem for path in (FOLDER / language).glob("*.po")}
    assert files == set(source), "run make languages"
    for area, catalogue in zip(sorted(files), catalogues(language), strict=True):
        assert {_key(message) for message in catalogue if message.id} == source[area], (
            f"{language}/{area}: run make languages"
        )


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated(language):
    missing = [message.id for message in _messages(language) if not all(_forms(message.string))]

    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_what_its_text_fills_in(language):
    for message in _messages(language):
        wanted = set().union(*map(_fields, _forms(message.id)))
        for form in _forms(message.string):
            # “One chapter” needs no number; nothing else may be left out or invented.
            assert _fields(form) | {"number"} == wanted | {"number"}, form


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_keeps_the_shape_of_its_text(language):
    for message in _messages(language):
        if message.context in {NAME, DESCRIPTION, CHOICE}:
            continue
        source = _forms(message.id)[-1]
        for form in _forms(message.string):
            for sign in ("\n", "`", "**", "-# ", "<#", "<@"):
                assert form.count(sign) == source.count(sign), form
            assert form[:1].isspace() == source[:1].isspace(), form
            assert form[-1:].isspace() == source[-1:].isspace(), form


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_commands_stay_within_discords_limits(language):
    for message in _messages(language):
        text = message.string
        if message.context == NAME and message.id.islower():
            assert _TYPED.fullmatch(text.lower()), text
            assert text == text.lower(), text
        elif message.context == NAME:
            assert len(text) <= 32, text
        elif message.context in {DESCRIPTION, CHOICE}:
            assert len(text) <= OPTION, text


@pytest.mark.parametrize("language", TRANSLATED)
def test_names_that_differ_stay_different(language):
    names = {m.id: m.string for m in _messages(language) if m.context == NAME}

    assert len(set(names.values())) == len(names)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_command_is_called_by_its_name_in_that_language(language, paths):
    names = {m.id: m.string for m in _messages(language) if m.context == NAME}
    theirs = {tuple(names[word] for word in path): path for path in paths}
    for message in _messages(language):
        said = [_path(each, paths) for each in _COMMAND_IN_TEXT.findall(_forms(message.id)[-1])]
        for form in _forms(message.string):
            found = [_path(each, theirs) for each in _COMMAND_IN_TEXT.findall(form)]
            assert sorted(theirs.get(each, ("?",)) for each in found) == sorted(said), form


def _path(typed, paths):
    """Return the words of what is *typed* that call a command; the rest is what it is asked."""
    words = tuple(typed.split())
    return next((words[:end] for end in (3, 2, 1) if words[:end] in paths), words)


def test_nothing_is_said_where_it_is_not_looked_for():
    """Babel reads no call inside an f-string."""
    lost = [
        f"{path}:{call.lineno}"
        for folder in ("bot", "cogs")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]

    assert not lost


def test_the_commands_are_among_the_texts(wanted):
    assert ("event", NAME) in {_key(message) for message in wanted[COMMANDS] if message.id}
