"""docs/soviet.md and the articles say the same."""

import re
from pathlib import Path

from bot.soviet.articles import STANDARD

PAGE = (Path(__file__).parents[2] / "docs/soviet.md").read_text("utf-8")


def test_the_page_lists_every_article_with_its_number_and_its_default():
    rows = re.findall(r"^\| (\d+) \| `(\w+)`[^|]*\| (\S+) \|$", PAGE, re.MULTILINE)

    assert [(int(number), key) for number, key, _ in rows] == [
        (number, standard.key) for number, standard in enumerate(STANDARD, start=1)
    ]
    defaults = {key: default for _, key, default in rows}
    for standard in STANDARD:
        assert defaults[standard.key] == standard.default.replace("0m", "0"), standard.key
