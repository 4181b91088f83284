"""The rules of the house (ARCHITECTURE.md), read off the source with plain `ast`.

A rule is a function over (path, source) that yields the faults it finds; below them, each is shown
to bite on a planted source and to leave a decent one alone.
"""

import ast
import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "cogs", "benchmarks", "tests")
LONGEST_FUNCTION = 50
LONGEST_COMMAND = 20

# fnmatch's * crosses slashes: bot/cli/* is everything below bot/cli.
MAY_KNOW_DISCORD = (
    "cogs/*",
    "bot/ui/*",
    "bot/app.py",
    "bot/connection.py",
    "bot/sandbox/*",
    "bot/__main__.py",
    "bot/sync.py",
    "bot/delivery.py",
    "bot/language/translator.py",
    "bot/cli/*",
)
MAY_HOLD_SQL = (
    "bot/storage/*",
    "bot/*/*repository.py",
    "bot/canon/file.py",
    "bot/canon/*statements.py",
    "bot/canon/building/write.py",
)
MAY_PRINT = ("bot/__main__.py", "bot/cli/*")
MAY_READ_THE_TIME = ("bot/clock.py",)
MAY_MEASURE = ("bot/*progress.py",)

ENTRY = ("bot.__main__", "bot.cli", "bot.sandbox")
DISCORD_SIDE = (*ENTRY, "bot.app", "bot.connection", "bot.delivery", "bot.sync", "bot.ui", "cogs")
# What a module may import of ours; anything not named is forbidden.
MAY_IMPORT = {
    "bot.errors": ("bot.language.sayings",),
    "bot.clock": (),
    "bot.paths": (),
    "bot.logs": ("bot.clock",),
    "bot.environment": ("bot.errors",),
    "bot.settings": ("bot.errors", "bot.paths"),
    "bot.storage": ("bot.storage", "bot.errors", "bot.clock"),
    "bot.language": ("bot.language",),
}
# What a module must not import of ours; anything else is allowed.
MAY_NOT_IMPORT = {
    "bot.canon": (*DISCORD_SIDE, "bot.storage"),
    "bot.cards": (*DISCORD_SIDE, "bot.storage"),
    "bot.chapters": DISCORD_SIDE,
    "bot.outbox": DISCORD_SIDE,
    "bot.problems": DISCORD_SIDE,
    "bot.soviet": DISCORD_SIDE,
    "bot.quotes": DISCORD_SIDE,
    "bot.progress": DISCORD_SIDE,
    "bot.ui": (*ENTRY, "bot.storage", "cogs"),
    "bot.app": (*ENTRY, "cogs"),
    "bot.connection": (*ENTRY, "cogs"),
    "cogs": (*ENTRY, "bot.storage"),
}

SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|PRAGMA|BEGIN|WITH|SAVEPOINT|RELEASE"
    r"|ROLLBACK|COMMIT|ATTACH|DETACH|VACUUM|REINDEX|ANALYZE)\s"
)
READS_THE_TIME = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
    "discord.utils.utcnow",
    "time.time",
    "time.time_ns",
    "time.gmtime",
    "time.localtime",
}
MEASURES = {
    f"time.{name}{unit}"
    for name in ("monotonic", "perf_counter", "process_time")
    for unit in ("", "_ns")
}
BUILDS = {
    *("Settings", "from_env", "load_environment", "load_dotenv", "dotenv_values", "getenv"),
    *("Database", "Library", "Services", "Samizdat", "connect", "open", "read_text", "read_bytes"),
    *("Client", "AutoShardedClient", "Bot", "AutoShardedBot", "ClientSession", "CommandTree"),
    *("configure", "basicConfig", "setup_logging", "run"),
}

Rule = Callable[[str, str], Iterator[str]]


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in patterns)


def is_ours(path: str) -> bool:
    """Tell whether *path* is part of the program, not of its tests and benchmarks."""
    return path.startswith(("bot/", "cogs/"))


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def within(name: str, packages: tuple[str, ...]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@cache
def parsed(source: str) -> ast.Module:
    """Return the tree of *source*: each file is read once for all rules."""
    return ast.parse(source)


@cache
def nodes(source: str) -> tuple[ast.AST, ...]:
    """Return all that is in the tree of *source*."""
    return tuple(ast.walk(parsed(source)))


def imports(path: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported: `from bot import ui` gives bot.ui."""
    package = path.split("/")[:-1]
    for node in nodes(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)


def called_by(node: ast.expr) -> str:
    """Return the last name of what a call or a decorator names: `command` of a.b.command()."""
    if isinstance(node, ast.Call):
        return called_by(node.func)
    return getattr(node, "attr", getattr(node, "id", ""))


def functions(source: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in nodes(source):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def the_source_is_python(path: str, source: str) -> Iterator[str]:
    """Yield a fault for syntax that the Python that runs the suite cannot read."""
    try:
        parsed(source)
    except SyntaxError as error:
        yield f"{path}:{error.lineno} {error.msg}"


def discord_stays_at_the_edge(path: str, source: str) -> Iterator[str]:
    if not is_ours(path) or matches(path, MAY_KNOW_DISCORD):
        return
    for line, name in imports(path, source):
        if within(name, ("discord",)):
            yield f"{path}:{line} imports {name}"


def imports_keep_their_direction(path: str, source: str) -> Iterator[str]:
    module = module_of(path)
    allowed = [MAY_IMPORT[key] for key in MAY_IMPORT if within(module, (key,))]
    forbidden = [MAY_NOT_IMPORT[key] for key in MAY_NOT_IMPORT if within(module, (key,))]
    for line, name in imports(path, source):
        strange = allowed and within(name, ("bot", "cogs")) and not within(name, allowed[0])
        if strange or (forbidden and within(name, forbidden[0])):
            yield f"{path}:{line} imports {name}"
        if within(module, ("cogs",)) and "repository." in f"{name}.":
            yield f"{path}:{line} imports {name}: a cog asks a service"


def nothing_of_the_tests_is_imported(path: str, source: str) -> Iterator[str]:
    if not is_ours(path):
        return
    for line, name in imports(path, source):
        if within(name, ("tests", "conftest", "worlds", "pytest", "hypothesis")):
            yield f"{path}:{line} imports {name}"


def sql_lives_in_repositories(path: str, source: str) -> Iterator[str]:
    if not is_ours(path) or matches(path, MAY_HOLD_SQL):
        return
    # A text that stands alone as a statement is a docstring.
    alone = {id(node.value) for node in nodes(source) if isinstance(node, ast.Expr)}
    texts = (node for node in nodes(source) if isinstance(node, ast.Constant))
    for text in texts:
        if isinstance(text.value, str) and id(text) not in alone and SQL.match(text.value):
            yield f"{path}:{text.lineno} holds SQL"


def no_cycle_is_dodged(path: str, source: str) -> Iterator[str]:
    for node in nodes(source):
        names = {getattr(node, "id", ""), getattr(node, "attr", ""), getattr(node, "name", "")}
        if "TYPE_CHECKING" in names:
            yield f"{path}:{node.lineno} uses TYPE_CHECKING"


def no_cog_is_looked_up(path: str, source: str) -> Iterator[str]:
    for node in nodes(source):
        if isinstance(node, ast.Attribute) and node.attr == "get_cog":
            yield f"{path}:{node.lineno} uses get_cog: services come through the constructor"


def functions_are_short(path: str, source: str) -> Iterator[str]:
    for function in functions(source):
        if length(function) > LONGEST_FUNCTION:
            yield f"{path}:{function.lineno} {function.name} has {length(function)} lines"


def commands_are_thin(path: str, source: str) -> Iterator[str]:
    if not path.startswith("cogs/"):
        return
    for function in functions(source):
        decorators = {called_by(decorator) for decorator in function.decorator_list}
        if decorators & {"command", "context_menu"} and length(function) > LONGEST_COMMAND:
            yield f"{path}:{function.lineno} /{function.name} has {length(function)} lines"


def full_names(path: str, source: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything used, whatever it was imported as."""
    known: dict[str, str] = {}
    for node in nodes(source):
        if isinstance(node, ast.Import):
            known |= {a.asname: a.name for a in node.names if a.asname}
        elif isinstance(node, ast.ImportFrom):
            known |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
    for node in nodes(source):
        if isinstance(node, ast.Attribute | ast.Name):
            first, dot, rest = ast.unparse(node).partition(".")
            yield node.lineno, f"{known.get(first, first)}{dot}{rest}"


def the_clock_alone_reads_the_time(path: str, source: str) -> Iterator[str]:
    if not is_ours(path) or matches(path, MAY_READ_THE_TIME):
        return
    forbidden = READS_THE_TIME if matches(path, MAY_MEASURE) else READS_THE_TIME | MEASURES
    for line, name in full_names(path, source):
        if name in forbidden or name.endswith(".utcnow"):
            yield f"{path}:{line} reads {name}"


def only_the_command_line_prints(path: str, source: str) -> Iterator[str]:
    if not is_ours(path) or matches(path, MAY_PRINT):
        return
    for node in nodes(source):
        if isinstance(node, ast.Name) and node.id == "print":
            yield f"{path}:{node.lineno} prints"


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what runs when the module is imported: of functions the decorators and defaults."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        children = [*node.decorator_list, node.args]
    elif isinstance(node, ast.Lambda):
        children = [node.args]
    elif isinstance(node, ast.If) and ast.unparse(node.test).startswith("__name__ =="):
        children = node.orelse
    else:
        children = ast.iter_child_nodes(node)
    yield node
    for child in children:
        yield from at_import(child)


def nothing_is_built_at_import(path: str, source: str) -> Iterator[str]:
    if not is_ours(path):
        return
    for node in at_import(parsed(source)):
        if isinstance(node, ast.Call) and called_by(node) in BUILDS:
            yield f"{path}:{node.lineno} calls {called_by(node)} at import"


RULES: tuple[Rule, ...] = (
    the_source_is_python,
    discord_stays_at_the_edge,
    imports_keep_their_direction,
    nothing_of_the_tests_is_imported,
    sql_lives_in_repositories,
    no_cycle_is_dodged,
    no_cog_is_looked_up,
    functions_are_short,
    commands_are_thin,
    the_clock_alone_reads_the_time,
    only_the_command_line_prints,
    nothing_is_built_at_import,
)


@pytest.fixture(scope="module")
def sources():
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def test_the_whole_program_is_read(sources):
    assert {"bot/errors.py", "bot/clock.py", "cogs/__init__.py"} <= set(sources)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_program_keeps_the_rule(rule, sources):
    # Told of once, by its own rule; the others cannot read such a file.
    broken = {path for path in sources if any(the_source_is_python(path, sources[path]))}
    looked_at = sources.keys() - (broken if rule is not the_source_is_python else set())

    assert [fault for path in sorted(looked_at) for fault in rule(path, sources[path])] == []


def lines_of(count: int, head: str = "def work(self):") -> str:
    return "\n".join([*head.splitlines(), *["    x = 1"] * (count - 1)])


BITES = [
    (the_source_is_python, "bot/app.py", "def f(:"),
    (discord_stays_at_the_edge, "bot/canon/library.py", "import discord"),
    (discord_stays_at_the_edge, "bot/soviet/rules.py", "from discord.ext import commands"),
    (discord_stays_at_the_edge, "bot/errors.py", "def f():\n    import discord.utils as u"),
    (imports_keep_their_direction, "bot/errors.py", "import bot.clock"),
    (imports_keep_their_direction, "bot/clock.py", "from bot.errors import BotError"),
    (imports_keep_their_direction, "bot/settings.py", "from bot.storage.database import Database"),
    (imports_keep_their_direction, "bot/storage/database.py", "from bot.canon import models"),
    (imports_keep_their_direction, "bot/storage/database.py", "from ..soviet import rules"),
    (imports_keep_their_direction, "bot/storage/__init__.py", "from .. import soviet"),
    (imports_keep_their_direction, "bot/canon/library.py", "from bot import storage"),
    (imports_keep_their_direction, "bot/canon/building/plan.py", "from bot.ui.theme import RED"),
    (imports_keep_their_direction, "bot/canon/names.py", "import cogs.lore"),
    (imports_keep_their_direction, "bot/soviet/service.py", "from bot.app import Samizdat"),
    (imports_keep_their_direction, "bot/ui/lore.py", "from cogs.lore import Lore"),
    (imports_keep_their_direction, "bot/app.py", "import cogs"),
    (imports_keep_their_direction, "cogs/lore.py", "from bot.storage import database"),
    (imports_keep_their_direction, "cogs/lore.py", "from bot.soviet.repository import Motions"),
    (imports_keep_their_direction, "cogs/lore.py", "from bot.soviet import repository"),
    (imports_keep_their_direction, "cogs/lore.py", "from bot.soviet import motion_repository"),
    (nothing_of_the_tests_is_imported, "bot/sandbox/world.py", "from tests.worlds import world"),
    (nothing_of_the_tests_is_imported, "cogs/lore.py", "import pytest"),
    (sql_lives_in_repositories, "bot/soviet/service.py", 'x = "SELECT 1"'),
    (sql_lives_in_repositories, "cogs/lore.py", 'x = """\n    UPDATE motion SET a = 1\n"""'),
    (sql_lives_in_repositories, "bot/app.py", 'x = f"DELETE FROM {table}"'),
    (sql_lives_in_repositories, "bot/canon/names.py", 'run("PRAGMA user_version")'),
    (no_cycle_is_dodged, "bot/app.py", "from typing import TYPE_CHECKING"),
    (no_cycle_is_dodged, "bot/app.py", "import typing\nif typing.TYPE_CHECKING:\n    import x"),
    (no_cog_is_looked_up, "cogs/lore.py", 'bot.get_cog("Quotes")'),
    (functions_are_short, "bot/app.py", lines_of(51)),
    (functions_are_short, "tests/test_app.py", lines_of(51, "async def work(self):")),
    (commands_are_thin, "cogs/lore.py", lines_of(21, "@app_commands.command()\nasync def a(s):")),
    (commands_are_thin, "cogs/lore.py", lines_of(21, "@lore.command(name='a')\nasync def a(s):")),
    (commands_are_thin, "cogs/lore.py", lines_of(21, "@app_commands.context_menu\ndef a(s):")),
    (the_clock_alone_reads_the_time, "bot/app.py", "import datetime\ndatetime.datetime.now()"),
    (
        the_clock_alone_reads_the_time,
        "bot/app.py",
        "from datetime import datetime as d\nd.now(UTC)",
    ),
    (the_clock_alone_reads_the_time, "bot/app.py", "from datetime import date\ndate.today()"),
    (the_clock_alone_reads_the_time, "bot/app.py", "import time as t\nf(default=t.time)"),
    (the_clock_alone_reads_the_time, "cogs/lore.py", "from time import time\ntime()"),
    (the_clock_alone_reads_the_time, "cogs/lore.py", "import discord\ndiscord.utils.utcnow()"),
    (the_clock_alone_reads_the_time, "bot/app.py", "import time\ntime.monotonic()"),
    (the_clock_alone_reads_the_time, "bot/app.py", "from time import perf_counter\nperf_counter()"),
    (the_clock_alone_reads_the_time, "bot/progress.py", "import time\ntime.time()"),
    (only_the_command_line_prints, "bot/app.py", "print(1)"),
    (only_the_command_line_prints, "cogs/lore.py", "def f():\n    print(1)"),
    (nothing_is_built_at_import, "bot/app.py", "settings = Settings()"),
    (nothing_is_built_at_import, "bot/app.py", "import discord\nclient = discord.Client()"),
    (nothing_is_built_at_import, "bot/app.py", "class A:\n    db = Database('x')"),
    (
        nothing_is_built_at_import,
        "bot/app.py",
        "try:\n    x = Path('x').read_text()\nfinally: pass",
    ),
    (nothing_is_built_at_import, "bot/app.py", "def f(settings=Settings()):\n    pass"),
    (nothing_is_built_at_import, "bot/app.py", "def f(*, x=Library()):\n    pass"),
    (nothing_is_built_at_import, "bot/app.py", "@wrap(Settings())\ndef f(): ..."),
]

LEAVES_ALONE = [
    (the_source_is_python, "bot/app.py", "x = 1"),
    (discord_stays_at_the_edge, "cogs/lore.py", "import discord"),
    (discord_stays_at_the_edge, "bot/ui/lore.py", "import discord"),
    (discord_stays_at_the_edge, "bot/cli/run.py", "import discord"),
    (discord_stays_at_the_edge, "bot/canon/names.py", "import discordant"),
    (discord_stays_at_the_edge, "tests/test_app.py", "import discord"),
    (imports_keep_their_direction, "bot/storage/migrate.py", "from .database import Database"),
    (imports_keep_their_direction, "bot/storage/migrate.py", "from bot.errors import StorageError"),
    (imports_keep_their_direction, "bot/settings.py", "from bot.paths import project_folder"),
    (imports_keep_their_direction, "bot/canon/library.py", "from bot.canon import models"),
    (imports_keep_their_direction, "bot/soviet/repository.py", "from bot.storage import database"),
    (imports_keep_their_direction, "cogs/lore.py", "from bot.ui import lore\nimport bot.app"),
    (imports_keep_their_direction, "bot/__main__.py", "import bot.storage, bot.app, cogs"),
    (nothing_of_the_tests_is_imported, "tests/test_app.py", "import pytest, worlds"),
    (sql_lives_in_repositories, "bot/quotes/repository.py", 'x = "SELECT 1"'),
    (sql_lives_in_repositories, "bot/soviet/ballot_repository.py", 'x = "SELECT 1"'),
    (sql_lives_in_repositories, "bot/canon/statements.py", 'x = "WITH a AS (SELECT 1)"'),
    (sql_lives_in_repositories, "bot/app.py", '"""SELECT is a word."""'),
    (sql_lives_in_repositories, "bot/app.py", 'x = "Select a work"\ny = "UPDATED"'),
    (functions_are_short, "bot/app.py", lines_of(50)),
    (
        commands_are_thin,
        "cogs/lore.py",
        lines_of(20, "@app_commands.command()\nasync def a(s):"),
    ),
    (commands_are_thin, "cogs/lore.py", lines_of(30)),
    (
        the_clock_alone_reads_the_time,
        "bot/clock.py",
        "from datetime import datetime\ndatetime.now()",
    ),
    (the_clock_alone_reads_the_time, "bot/app.py", "self._clock.now()\nloop.time()\nevent.time"),
    (
        the_clock_alone_reads_the_time,
        "bot/canon/building/progress.py",
        "import time\ntime.monotonic()",
    ),
    (the_clock_alone_reads_the_time, "benchmarks/load.py", "import time\ntime.perf_counter()"),
    (only_the_command_line_prints, "bot/__main__.py", "print(1)"),
    (only_the_command_line_prints, "bot/cli/canon.py", "print(1)"),
    (nothing_is_built_at_import, "bot/app.py", "def f():\n    return Settings()"),
    (nothing_is_built_at_import, "bot/app.py", "make = lambda: Settings()"),
    (nothing_is_built_at_import, "bot/app.py", "class A(Settings):\n    x = re.compile('a')"),
    (nothing_is_built_at_import, "bot/__main__.py", "if __name__ == '__main__':\n    run()"),
]


@pytest.mark.parametrize(("rule", "path", "source"), BITES)
def test_a_rule_reports_a_planted_fault(rule, path, source):
    assert len(set(rule(path, source))) == 1


@pytest.mark.parametrize(("rule", "path", "source"), LEAVES_ALONE)
def test_a_rule_leaves_decent_source_alone(rule, path, source):
    assert list(rule(path, source)) == []


def test_every_rule_is_shown_to_bite():
    assert {rule for rule, _, _ in BITES} == set(RULES)
