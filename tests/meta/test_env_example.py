"""`.env.example` and `Settings` say the same."""

from io import StringIO
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.settings import Settings

EXAMPLE = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
FIELDS = {field.validation_alias: field for field in Settings.model_fields.values()}


@pytest.fixture
def values():
    return dotenv_values(stream=StringIO(EXAMPLE), interpolate=False)


def test_every_setting_stands_in_the_example_and_nothing_else(values):
    assert sorted(values) == sorted(FIELDS)


def test_the_example_gives_the_defaults(values):
    assert Settings.from_env(values) == Settings()


def test_only_a_setting_without_a_default_is_left_blank(values):
    without = {
        name
        for name, field in FIELDS.items()
        if field.get_default(call_default_factory=True) is None
    }

    assert {name for name, value in values.items() if not value} == without


def test_every_setting_is_explained_in_the_lines_above_it(values):
    paragraphs = [part.splitlines() for part in EXAMPLE.strip().split("\n\n")]
    explained = [lines[-1].partition("=")[0] for lines in paragraphs if "=" in lines[-1]]

    assert explained == list(values)
    assert all(line.startswith("# ") for lines in paragraphs for line in lines[:-1])
    assert all(len(lines) > 1 for lines in paragraphs)
