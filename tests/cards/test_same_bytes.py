"""The same scene is the same bytes: in any order, in any thread, in another process."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from benchmarks.card_checks import hashes
from benchmarks.card_strain import golden_scenes
from benchmarks.sample_scenes import timeline, verdicts
from bot.cards.studio import open_studio


@pytest.fixture(scope="module")
def scenes():
    return [*golden_scenes()[:12], *verdicts().values(), timeline()]


@pytest.fixture(scope="module")
def golden(scenes):
    return hashes(open_studio(), scenes)


def test_in_any_order(scenes, golden):
    assert hashes(open_studio(), scenes[::-1])[::-1] == golden


def test_in_any_thread(scenes, golden):
    studio = open_studio()
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda scene: hashes(studio, [scene])[0], scenes))

    assert drawn == golden


@pytest.mark.parametrize("host_fonts", [True, False])
def test_in_a_fresh_process_with_and_without_the_fonts_of_the_host(golden, tmp_path, host_fonts):
    empty = tmp_path / "fonts.conf"
    empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    environment = dict(os.environ) if host_fonts else {**os.environ, "FONTCONFIG_FILE": str(empty)}
    program = (
        "from benchmarks.card_checks import hashes\n"
        "from benchmarks.card_strain import golden_scenes\n"
        "from bot.cards.studio import open_studio\n"
        "print(*hashes(open_studio(), golden_scenes()[:12]))"
    )
    drawn = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
        env=environment,
    )

    assert drawn.stdout.split() == golden[:12]


def test_every_scene_is_another_picture(golden):
    assert len(set(golden)) == len(golden)
