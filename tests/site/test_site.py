"""The canon as a website: whole, without spoilers, and inert whatever the documents say."""

import json
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup

from bot.canon.building.build import build
from bot.canon.library import Library
from bot.errors import OperatorError
from bot.paths import project_folder
from bot.site.write import MARK, write_site

NOW = datetime(2026, 11, 26, tzinfo=UTC)
HOSTILE = "It was 5 < 6 & \"quoted\" > 'x' onerror=alert(1)."


@pytest.fixture(scope="session")
def serial(tmp_path_factory):
    """Three chapters, each with an entry, a name and an alias of its own."""
    folder = tmp_path_factory.mktemp("serial")
    work = folder / "seeds" / "the-serial"
    work.mkdir(parents=True)
    canon = ['title = "The Serial"\nblurb = "A story."\nurl = "https://story.example/"']
    names = []
    for chapter, bird in enumerate(("auk", "bittern", "crane"), 1):
        (work / f"{chapter}.txt").write_text(
            f"• May 190{chapter}. The {bird} lands before Duchess {bird.title()}. {HOSTILE}\n\n"
            f"• June 190{chapter}. The {bird} leaves.\n\n• July 190{chapter}. Rain.\n",
            "utf-8",
        )
        canon.append(
            f'[[document]]\nfile = "{chapter}.txt"\ntitle = "Of the {bird}"\n'
            f'format = "timeline"\nchapter = {chapter}'
        )
        names.append(
            f'[[entity]]\nname = "Duchess {bird.title()}"\nkind = "person"\nreveals = {chapter}\n'
            f'aliases = ["The {bird.title()} Queen"]\nblurb = "Keeps the {bird}."'
        )
    (work / "canon.toml").write_text("\n".join(canon), "utf-8")
    (work / "lexicon.toml").write_text("\n".join(names), "utf-8")
    build([folder / "seeds"], folder / "canon.sqlite", NOW)
    return folder / "canon.sqlite"


async def written(canon, folder):
    library = await Library.open(canon)
    try:
        return await write_site(library, folder, NOW)
    finally:
        await library.close()


def page(folder, name):
    return BeautifulSoup((folder / name).read_text("utf-8"), "html.parser")


async def test_every_work_has_a_page_and_every_entry_stands_somewhere(tmp_path):
    canon = tmp_path / "canon.sqlite"
    build([project_folder("seeds")], canon, NOW)

    told = await written(canon, tmp_path / "site")

    index = page(tmp_path / "site", "index.html")
    links = {link["href"] for link in index.select(".works a")}
    assert links == {"our-timeline.html", "red-guards.html", "red-orchestra.html"}
    files = list((tmp_path / "site" / "data").rglob("*.json"))
    entries = [entry for file in files for entry in json.loads(file.read_text())["entries"]]
    assert len(entries) == told.entries > 450
    orchestra = page(tmp_path / "site", "red-orchestra.html")
    assert len(orchestra.select("#entries .when")) == 40  # 38 entries and the introduction
    assert all(line.text.strip() for line in orchestra.select("#entries .source"))


async def test_a_page_holds_the_first_chapter_and_nothing_of_the_later(serial, tmp_path):
    await written(serial, tmp_path / "site")
    text = (tmp_path / "site" / "the-serial.html").read_text("utf-8").casefold()

    assert "the auk lands" in text
    assert "duchess auk" in text
    for later in ("bittern", "crane", "1902", "1903"):
        assert later not in text


async def test_what_a_chapter_tells_stands_in_its_own_file_alone(serial, tmp_path):
    await written(serial, tmp_path / "site")
    data = tmp_path / "site" / "data" / "the-serial"
    told = {path.stem: path.read_text("utf-8").casefold() for path in data.iterdir()}

    assert set(told) == {"1", "2", "3"}
    for chapter, birds in (("1", ("bittern", "crane")), ("2", ("crane",))):
        for bird in birds:
            assert bird not in told[chapter]
    assert "the crane queen" in told["3"]


async def test_what_documents_say_is_text_and_never_markup(serial, tmp_path):
    await written(serial, tmp_path / "site")
    soup = page(tmp_path / "site", "the-serial.html")

    assert [script.get("src") for script in soup.find_all("script")] == ["site.js"]
    assert HOSTILE in soup.select_one("#entries").get_text()
    policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert "script-src 'self'" in policy


async def test_a_site_is_written_anew_in_its_place(serial, tmp_path):
    await written(serial, tmp_path / "site")
    (tmp_path / "site" / "gone.html").write_text("old")

    await written(serial, tmp_path / "site")

    assert not (tmp_path / "site" / "gone.html").exists()
    assert (tmp_path / "site" / MARK).exists()


async def test_a_folder_with_something_else_in_it_is_left_alone(serial, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")

    with pytest.raises(OperatorError, match="no site of ours"):
        await written(serial, tmp_path / "thesis")

    assert (tmp_path / "thesis" / "chapter.txt").read_text() == "mine"


async def test_a_file_in_the_way_is_told_in_words(serial, tmp_path):
    (tmp_path / "site").write_text("a file")

    with pytest.raises(OperatorError):
        await written(serial, tmp_path / "site")
