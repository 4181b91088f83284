"""docs/promises.md names tests, steps and benchmarks that are there, and counts rightly."""

import re
from pathlib import Path

import pytest
from faults.harness.every import EVERY

ROOT = Path(__file__).parents[2]
PROMISES = (ROOT / "docs/promises.md").read_text("utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PROMISES.splitlines()
    if re.match(r"\| \d", line)
]


def test_each_of_the_fifteen_has_a_row():
    assert [int(row[0]) for row in ROWS] == list(range(1, 16))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_promise_has_a_figure_a_command_and_tests_that_are_there(row):
    _number, promise, figure, shown_by, held_by = row
    tests = re.findall(r"`(tests/[\w/]+\.py)`", held_by)

    assert promise
    assert figure
    assert re.search(r"`(make|python -m) ", shown_by)
    assert tests
    assert [name for name in tests if not (ROOT / name).is_file()] == []


def test_every_step_and_benchmark_is_there():
    steps = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)

    assert set(re.findall(r"`make ([a-z-]+)`", PROMISES)) <= set(steps)
    for name in re.findall(r"`python -m benchmarks\.(\w+)`", PROMISES):
        assert (ROOT / f"benchmarks/{name}.py").is_file(), name


def test_every_file_of_faults_is_named():
    files = {path.name for path in (ROOT / "tests/faults").glob("test_*.py")}

    assert [name for name in files if f"tests/faults/{name}" not in PROMISES] == []


def test_the_number_of_operations_is_that_of_the_list():
    assert set(re.findall(r"(\d+) operations", PROMISES)) == {str(len(EVERY))}
    assert len({operation.name for operation in EVERY}) == len(EVERY)
