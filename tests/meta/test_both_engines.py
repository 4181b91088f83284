"""Whatever keeps something is proved on SQLite and on PostgreSQL, or says why on one alone.

Tests ask for `place` or `database` (tests/conftest.py), which are both; tests of services ask for
`place` beside `services`. Whoever opens a database without them stands in a list here, with why.
"""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
SHOWN = "what Discord is sent; the rows under it are the same (tests/storage)"
FILE = "about the file: its locks, its log, its backups"
ALONE = {
    "chapter_commands/conftest.py": SHOWN,
    "loopback/fixtures.py": SHOWN,
    "progress/test_commands_leak_nothing.py": SHOWN,
    "progress/test_no_leaks.py": "reads a canon; of the community it needs a number a reader",
    "soviet/closing_hour.py": "dies at SQLite's statements; tests/faults does so on both",
    "soviet/test_soviet_kills.py": "dies at SQLite's statements; tests/faults does so on both",
    "soviet/test_soviet_voting.py": "a property, hundreds of houses; the rest of it is on both",
    "storage/nursery.py": "opens what it is told",
    "storage/test_backups.py": FILE,
    "storage/test_database_failures.py": FILE,
    "storage/test_database_opening.py": FILE,
    "storage/test_migrations.py": FILE,
    "test_process.py": "how a process begins and ends",
}
"""Modules that open a database of one engine → why."""
FILES = {
    "storage/test_backups.py",
    "storage/test_database_failures.py",
    "storage/test_database_opening.py",
    "storage/test_rotation.py",
    "storage/test_sqlite_file.py",
}
"""Modules with a `place` of their own: about the file; the server's are in `test_postgres_*`."""
OPENS = re.compile(r"\b\w*(?:Database|Engine)\.open\(|\bopen_services\(")
BOTH = re.compile(r"\bplace[,):\]]|\bdatabase_url\b|\bserver\.url\(")
DISCORD = {"bot", "simcord_env", "standin", "world"}


def opens_silently(source):
    """Tell whether a module opens a database of one engine only."""
    return bool(OPENS.search(source)) and not BOTH.search(source)


def unsaid(source):
    """Return the lines before which nothing is said of why a test is for one engine."""
    lines = source.splitlines()
    return [
        line
        for number, line in enumerate(lines)
        if re.search(r"parametrize\(\"place\", \[\"\w+\"\], indirect=True\)", line)
        and "#" not in line + lines[number - 1]
    ]


def keeps_a_file(fixtures):
    """Tell whether a test of services, by the names of its fixtures, runs on a file only."""
    return "database_url" in fixtures and not {"place", *DISCORD} & set(fixtures)


def test_no_module_opens_a_database_of_one_engine_without_saying_why():
    silent = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if path != Path(__file__) and opens_silently(path.read_text("utf-8"))
    }

    assert silent == ALONE.keys()


def test_a_test_for_one_engine_says_why():
    """In a comment beside its mark or before it."""
    unsaid_in = {
        path.name: lines
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__) and (lines := unsaid(path.read_text("utf-8")))
    }

    assert unsaid_in == {}


def test_only_two_fixtures_say_where_a_database_is():
    """A `place` of its own would take a folder out of the contract."""
    defined = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if re.search(r"^def place\(", path.read_text("utf-8"), re.MULTILINE)
    }

    assert defined - FILES == {"conftest.py", "storage/conftest.py"}


def test_every_test_of_services_that_was_collected_runs_on_both(request):
    """Of the whole suite where the whole suite is run."""
    alone = {
        item.nodeid.partition("::")[0]
        for item in request.session.items
        if keeps_a_file(getattr(item, "fixturenames", ()))
    }

    assert alone == set()


def test_what_would_be_silent_is_caught():
    opening = "async with Database.open(tmp_path / 'c.sqlite', m, clock=clock) as database:"

    assert opens_silently(opening)
    assert opens_silently("async with open_services(settings, clock) as services:")
    assert not opens_silently("async with Database.open(place, migrations, clock=clock):")
    marked = '@pytest.mark.parametrize("place", ["sqlite"], indirect=True)'
    assert unsaid(f"\n{marked}") == [marked]
    assert unsaid(f"# the file\n{marked}") == []
    assert keeps_a_file(["services", "database_url", "tmp_path"])
    assert not keeps_a_file(["services", "database_url", "place"])
    assert not keeps_a_file(["services", "database_url", "simcord_env", "bot"])
