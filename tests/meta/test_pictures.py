"""The documents as a site: every link leads somewhere, every command has its picture."""

import re
from pathlib import Path

import pytest
from discord import app_commands

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
IMAGES = DOCS / "images"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])

LINK = re.compile(r"(!?)\[([^\]]*)\]\(<?([^)\s>]+)>?\)")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
KIB = 1024
ART = {"avatar.png", "banner.png"}
"""For the bot's profile; on no page."""


def links_of(page):
    """Yield (is a picture, its words, where it leads) of each link that stays in the repository."""
    for bang, words, target in LINK.findall(CODE.sub("", page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:", target):
            yield bool(bang), words, target


def anchors_of(page):
    """Return the anchors of the headings of *page*, as sites make them."""
    headings = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere_and_every_picture_says_what_it_shows(page):
    for is_picture, words, target in links_of(page):
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{page.name}: {target}"
        assert words.strip(), f"{page.name}: {target} has no words"
        assert not is_picture or found.suffix in {".png", ".webp"}
        if anchor:
            assert anchor in anchors_of(found), f"{page.name}: {target}"


def test_every_page_is_reached_from_the_index():
    reached, todo = set(), [DOCS / "README.md"]
    while todo:
        page = todo.pop()
        reached.add(page)
        for is_picture, _, target in links_of(page):
            found = (page.parent / target.partition("#")[0]).resolve()
            if not is_picture and found.suffix == ".md" and found not in reached:
                todo.append(found)

    assert set(DOCS.glob("*.md")) <= reached


async def test_every_command_and_message_menu_has_its_picture(bot):
    for extension in bot._wanted_extensions:
        await bot.load_extension(extension)
    text = (DOCS / "commands.md").read_text("utf-8")
    commands = [each for each in bot.tree.walk_commands() if isinstance(each, app_commands.Command)]
    names = [each.qualified_name for each in commands]
    names += [each.name for each in bot.tree.get_commands() if not hasattr(each, "description")]

    for name in names:
        picture = f"images/{name.lower().replace(' ', '-')}.webp"
        assert f"]({picture})" in text, f"docs/commands.md has no {picture}"
    assert len(names) > 50


def test_every_picture_is_on_a_page_and_small():
    shown = {
        (page.parent / target).resolve().name
        for page in PAGES
        for is_picture, _, target in links_of(page)
        if is_picture
    }
    files = list(IMAGES.iterdir())

    assert {each.name for each in files} - ART <= shown
    for each in files:
        # A sheet of many cards is many pictures.
        most = 200 if each.name.startswith("cards-") else 100
        assert each.stat().st_size <= most * KIB, each.name
    assert sum(each.stat().st_size for each in files) <= 6 * KIB * KIB
