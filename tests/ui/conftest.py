"""Two canons to draw: the shipped one, and one that tries to break every frame."""

from datetime import UTC, datetime

import pytest

from bot.canon.building.build import build
from bot.paths import project_folder

NOW = datetime(2026, 11, 22, tzinfo=UTC)

HOSTILE = {
    "canon.toml": (
        'title = "[A](https://evil.example) **Work** @everyone ' + "W" * 40 + '"\n'
        'blurb = "||x|| `y` <@1>"\ncredit = "# c"\n[[document]]\nfile = "timeline.txt"\n'
        'title = "' + "T" * 250 + '"\nformat = "timeline"\n'
    ),
    "timeline.txt": "\n\n".join(
        [
            "• January 1900. @everyone @here <@&123456789012345678> wake up.",
            "• February 1900. " + "Nospaceatall" * 900 + ".",
            "• March 1900. " + "A sentence that is long. " * 600,
            "• April 1900. [free](https://evil.example) **bold** ||hidden|| \u202egnp.exe",
            "• May 1900. " + "z\u0351\u0352\u0353\u0354\u0355\u0356" * 300,
            "• June 1900. # heading\n- item\n> quote",
            "• 99 July 1900. no such day.",
            "• August 1900. " + "😀" * 1500,
            "• September 1900. שלום עולם " * 50,
        ]
    ),
    "lexicon.toml": "\n".join(
        f'[[entity]]\nname = "{"N" * 90}{number}"\naliases = ["@here{number}"]\n'
        for number in range(30)
    ),
}


@pytest.fixture(scope="session")
def shipped(tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "canon.sqlite"
    build([project_folder("seeds")], path, NOW)
    return path


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    work = folder / "seeds" / "an-unreasonably-long-folder-name-for-a-work-of-fiction"
    work.mkdir(parents=True)
    for name, text in HOSTILE.items():
        (work / name).write_text(text, "utf-8")
    build([folder / "seeds"], folder / "canon.sqlite", NOW)
    return folder / "canon.sqlite"
