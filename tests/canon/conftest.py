from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.canon.building.build import build
from bot.canon.library import Library

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
# Beside the checkout, or beside the folder that holds several of them.
ORIGINALS = next(
    (place for up in ROOT.parents[:2] if (place := up / "shared" / "seeds").is_dir()),
    ROOT.parent / "shared" / "seeds",
)
BUILT = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def seeds_canon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeds") / "canon.sqlite"
    build([SEEDS], path, BUILT)
    return path


@pytest.fixture(scope="session")
def originals_canon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two documents as their authors wrote them, in bare folders."""
    if not ORIGINALS.is_dir():
        pytest.skip("the two original documents are not part of the repository")
    folder = tmp_path_factory.mktemp("originals")
    for begun, work, name in (
        ("004", "red-orchestra", "timeline"),
        ("000", "red-guards", "chapter"),
    ):
        (document,) = ORIGINALS.glob(f"{begun}_*.txt")
        (folder / work).mkdir()
        (folder / work / f"{name}.txt").write_bytes(document.read_bytes())
    path = tmp_path_factory.mktemp("built") / "canon.sqlite"
    build([folder], path, BUILT)
    return path


@pytest.fixture
async def library(seeds_canon: Path) -> AsyncIterator[Library]:
    opened = await Library.open(seeds_canon)
    yield opened
    await opened.close()


@pytest.fixture
async def originals(originals_canon: Path) -> AsyncIterator[Library]:
    opened = await Library.open(originals_canon)
    yield opened
    await opened.close()
