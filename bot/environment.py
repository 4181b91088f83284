"""The environment and `.env`, as texts by name; what they mean, `bot.settings` knows."""

import os
import re
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from bot.errors import SettingsError


def load_environment(folder: Path) -> dict[str, str]:
    """Return what `.env` in *folder* says (nothing if there is none), overlaid by the environment.

    `$` is left as it stands, and a variable of the environment wins even when it is blank.

    Raises:
        SettingsError: the file cannot be read, is not text, or has lines that are not NAME=value.
    """
    text = _read(folder / ".env")
    if odd := _odd_lines(text):
        lines = ", ".join(str(line) for line in odd)
        raise SettingsError(f".env is not understood in line {lines}: each line is NAME=value.")
    values = dotenv_values(stream=StringIO(text), interpolate=False)
    return {name: value or "" for name, value in values.items()} | dict(os.environ)


def _read(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}.") from error
    # Looked for rather than caught: a UnicodeDecodeError carries the whole file, token and all.
    if "\0" in text or "\N{REPLACEMENT CHARACTER}" in text:
        raise SettingsError(f"{path} is not UTF-8 text (some editors save UTF-16); save it again.")
    return text


def _odd_lines(text: str) -> list[int]:
    """Return the numbers of the lines that are neither blank, nor a comment, nor NAME=value."""
    odd = []
    for binding in parse_stream(StringIO(text)):
        if binding.error or (binding.key is not None and binding.value is None):
            original = binding.original.string
            leading = original[: len(original) - len(original.lstrip())]
            odd.append(binding.original.line + len(re.findall(r"\r\n|\r|\n", leading)))
    return odd
