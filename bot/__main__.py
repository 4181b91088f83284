"""The command line. `python -m bot` runs the bot; nothing is built at import."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

from bot import logs
from bot.clock import Clock, UtcClock
from bot.environment import load_environment
from bot.errors import OperatorError
from bot.settings import Settings
from bot.version import program_version

OPERATOR_FAULT = 2
"""Exit code when the operator has to change something; the sentence says what."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; what the operator must mend is said in words."""
    options = _parser().parse_args(arguments)
    try:
        settings = Settings.from_env(load_environment(Path.cwd()))
        logs.configure(settings.log_level, settings.log_format, settings.secrets)
        command = _command(options.command or "run")
        return command(options, settings, UtcClock())
    except OperatorError as error:
        print(error, file=sys.stderr)
        return OPERATOR_FAULT
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output (`| head`) has gone: nothing is left to say, and nobody to tell.
        sys.stderr.close()
        return 0


def _command(name: str) -> Callable[[Namespace, Settings, Clock], int]:
    """Return the function of one command; imported late, so that `--version` needs no Discord."""
    from bot.cli import canon, database, run, sandbox  # noqa: PLC0415

    return {
        "run": run.run,
        "sandbox": sandbox.sandbox,
        "canon build": canon.canon_build,
        "canon check": canon.canon_check,
        "canon show": canon.canon_show,
        "canon add": canon.canon_add,
        "canon site": canon.canon_site,
        "db backup": database.db_backup,
        "db check": database.db_check,
        "db restore": database.db_restore,
        "db copy": database.db_copy,
    }[name]


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="samizdat", description="A Discord bot for alternate history.")
    version = program_version() or "of this checkout"
    parser.add_argument("--version", action="version", version=f"samizdat {version}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add(commands, "run", "run the bot (what happens without a command)")
    sandbox = _add(commands, "sandbox", "try the bot in the browser, without Discord")
    sandbox.add_argument("--port", type=int, default=8780, help="of the lobby page (8780)")
    sandbox.add_argument("--no-browser", action="store_true", help="only print the address")

    canon = commands.add_parser("canon", help="build and inspect the canon")
    steps = canon.add_subparsers(required=True, metavar="STEP")
    _add(steps, "build", "build the canon from the seeds", "canon ")
    _add(steps, "check", "say what a build would change, and every fault", "canon ")
    show = _add(steps, "show", "answer a query as /event would", "canon ")
    show.add_argument("query", nargs="+", help="a date, words, or both")
    show.add_argument("--work", help="only this work")
    add = _add(steps, "add", "add a document of your own and build", "canon ")
    add.add_argument("file", nargs="+", help="the document, or all pages of a thread")
    add.add_argument("--work", required=True, help="the work it belongs to")
    add.add_argument("--title", help="its title")
    add.add_argument("--chapter", type=_chapter, default=0, help="its chapter, for spoilers")
    site = _add(steps, "site", "write the canon as a website", "canon ")
    site.add_argument("folder", help="where to; made if it is not there")

    db = commands.add_parser("db", help="look after the community database")
    duties = db.add_subparsers(required=True, metavar="DUTY")
    backup = _add(duties, "backup", "copy it, also while the bot runs", "db ")
    backup.add_argument("folder", nargs="?", help="where to (DATA_DIR/backups)")
    check = _add(duties, "check", "say everything that is wrong with it", "db ")
    check.add_argument("file", nargs="?", help="a backup to check instead")
    restore = _add(duties, "restore", "put a backup in its place", "db ")
    restore.add_argument("file", help="the backup")
    copy = _add(duties, "copy", "move the community to the other engine", "db ")
    copy.add_argument("engine", choices=("postgresql", "sqlite"), help="where to")
    parser.set_defaults(command=None)
    return parser


def _add(commands, name: str, text: str, prefix: str = "") -> ArgumentParser:  # type: ignore[no-untyped-def] # noqa: ANN001
    parser: ArgumentParser = commands.add_parser(name, help=text, description=text.capitalize())
    parser.set_defaults(command=f"{prefix}{name}")
    return parser


def _chapter(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
