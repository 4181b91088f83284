"""What the log shows, and what must never stand in it."""

import base64
import json
import logging
import re
import subprocess
import sys
import timeit
import warnings
from urllib.parse import quote

import pytest
from pydantic import SecretStr

from bot import logs

# Put together here, so that no scanner of repositories takes them for leaked ones.
SIGNATURE = "abcdefghijklmnopqrstuvwxyz0123456789AB"
OURS = ".".join(["MTIzNDU2Nzg5MDEyMzQ1Njc4", "GkYx2z", SIGNATURE])
NOT_OURS = ".".join(["ODc2NTQzMjEwOTg3NjU0MzIx", "YWbAAA", "zyxwvutsrqponmlkjihgfedcba9"])
INTERACTION = base64.b64encode(b"interaction:1148866425050456067:abcdefg").decode()
PASSWORD = 'a+b/c d"e\\f'
FORMATS = ["text", "json"]


@pytest.fixture(autouse=True)
def logging_as_it_was(monkeypatch):
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in ("discord", "aiosqlite")}
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, earlier in levels.items():
        logging.getLogger(name).setLevel(earlier)
    logging.captureWarnings(capture=False)


@pytest.fixture
def written(capsys):
    """Configure the log, let it be written to, and return what came out."""

    def run(log_format, act, *, level="DEBUG"):
        logs.configure(level, log_format, [SecretStr(OURS), PASSWORD])
        act(logging.getLogger("bot.app"))
        captured = capsys.readouterr()
        assert captured.out == ""
        return captured.err

    return run


def fail(cause: str) -> None:
    try:
        _ = {}[cause]
    except KeyError as error:
        raise ValueError(f"because of {cause}") from error


def log_a_failure(log: logging.Logger, cause: str, **extra: object) -> None:
    try:
        fail(cause)
    except ValueError:
        log.exception("failed", extra=extra)


def test_a_line_of_text_tells_time_level_logger_message_and_extras(written):
    line = written(
        "text", lambda log: log.info("sent %d of %d", 2, 3, extra={"reference": "A7", "guild": 5})
    )

    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO bot\.app: sent 2 of 3"
        r" reference='A7' guild=5\n",
        line,
    )


def test_a_line_of_json_tells_the_same_as_one_object(written):
    extra = {"reference": "A7", "guild": 5, "took": 0.5, "share": float("nan"), "level": "mine"}

    line = written("json", lambda log: log.warning("жил %s", "был", extra=extra))

    entry = json.loads(line)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry.pop("time"))
    assert entry == {
        "level": "WARNING",
        "logger": "bot.app",
        "message": "жил был",
        "reference": "A7",
        "guild": 5,
        "took": 0.5,
        "share": "nan",
    }


def test_the_time_is_that_of_the_record_in_utc():
    record = logging.makeLogRecord({"msg": "x", "created": 1956528000.678, "levelname": "INFO"})

    line = logs.JsonFormatter(logs.Redactor([])).format(record)

    assert json.loads(line)["time"] == "2032-01-01T00:00:00.678Z"


def test_a_failure_in_json_is_one_line_that_holds_the_whole_chain(written):
    lines = written("json", lambda log: log_a_failure(log, "rust", reference="A7")).splitlines()

    assert len(lines) == 1
    entry = json.loads(lines[0])
    assert entry["reference"] == "A7"
    assert "KeyError: 'rust'" in entry["exception"]
    assert entry["exception"].endswith("ValueError: because of rust")


def test_a_failure_in_text_is_set_in_below_its_line(written):
    head, *below = written("text", lambda log: log_a_failure(log, "rust")).splitlines()

    assert head.endswith("ERROR bot.app: failed")
    assert below[-1] == "  | ValueError: because of rust"
    assert all(line.startswith("  | ") for line in below)


def test_a_stack_asked_for_is_shown(written):
    assert "test_a_stack_asked_for" in written("text", lambda log: log.info("x", stack_info=True))


@pytest.mark.parametrize("log_format", FORMATS)
@pytest.mark.parametrize(
    "secret",
    [
        OURS,
        quote(OURS, safe=""),
        SIGNATURE,
        PASSWORD,
        quote(PASSWORD, safe=""),
        NOT_OURS,
        INTERACTION,
    ],
)
@pytest.mark.parametrize(
    "act",
    [
        lambda log, secret: log.info(secret),
        lambda log, secret: log.info("token %s", secret),
        lambda log, secret: log.info("token %(t)s", {"t": secret}),
        lambda log, secret: log.info("x", extra={"reference": secret, "more": [1, secret]}),
        log_a_failure,
        lambda log, secret: log.info("x", exc_info=ValueError(secret), stack_info=True),
        lambda log, secret: logging.getLogger("discord.http").error("Bot %s", secret),
        lambda log, secret: logging.getLogger("aiosqlite").warning("x=%s", secret),
        lambda log, secret: log.info("%d", secret),
        lambda log, secret: warnings.warn(secret, stacklevel=1),
    ],
    ids=[
        "message",
        "argument",
        "named argument",
        "extra",
        "chained exception",
        "exception and stack",
        "discord.py",
        "aiosqlite",
        "a record that cannot be formatted",
        "warning",
    ],
)
@pytest.mark.filterwarnings("always")
def test_a_secret_appears_nowhere(written, log_format, secret, act):
    out = written(log_format, lambda log: act(log, secret))

    assert out != ""
    assert secret not in out
    assert json.dumps(secret)[1:-1] not in out
    assert SIGNATURE not in out


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"POST /api/v10/webhooks/123/{'x' * 20}?wait=true", "/webhooks/123/[secret]?wait=true"),
        ("/webhooks/123/abc-DEF_1/messages/@original", "/webhooks/123/[secret]/messages/@original"),
        ("/interactions/123/abc-DEF_1/callback", "/interactions/123/[secret]/callback"),
        ("u=%2Fwebhooks%2F123%2Fabc%2Fslack", "u=%2Fwebhooks%2F123%2F[secret]%2Fslack"),
        ("{'token': 'abc', 'id': 1}", "{'token': '[secret]', 'id': 1}"),
        (r'"{\"token\": \"abc\"}"', r'"{\"token\": \"[secret]\"}"'),
        (f"Authorization: Bot {NOT_OURS}", "Authorization: Bot [secret]"),
        (f"t%3D{NOT_OURS}&x", "t%3D[secret]&x"),
    ],
)
def test_what_has_the_shape_of_a_credential_is_struck_out(text, shown):
    assert logs.Redactor([])(text).endswith(shown)


@pytest.mark.parametrize(
    "text",
    [
        "the Moscow Metropolitan.Museum.of revolutionary-history-and-all-that",
        "https://discord.com/api/v10/channels/1148866425050456067/messages",
        "the webhooks of 1932",
        "4e1243bd22c66e76c2ba9eddc1f91394e57f9f83",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert logs.Redactor([OURS])(text) == text


def test_blank_secrets_strike_nothing_out():
    assert logs.Redactor(["", "  ", SecretStr("")])("as it stands") == "as it stands"


def test_a_secret_that_begins_another_leaves_nothing_of_it_standing():
    assert logs.Redactor(["abcdef", "abcdefghij"])("abcdefghij") == "[secret]"


@pytest.mark.parametrize("mark", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("log_format", FORMATS)
def test_no_reader_can_forge_a_line(written, log_format, mark):
    forged = "2032-01-01T00:00:00.000Z INFO bot.app: all is well"
    text = f"a story{mark}{forged}"

    def act(log):
        log.info("added %s", text, extra={"title": text})
        log_a_failure(log, text)

    lines = written(log_format, act).splitlines()

    assert not [line for line in lines if line.startswith(forged)]
    assert len([line for line in lines if not line.startswith("  | ")]) == 2


def test_terminal_codes_and_bidi_controls_and_half_characters_are_escaped(written):
    line = written("text", lambda log: log.info("\x1b[2J \u202eevil \ud800 — жил"))

    assert line.endswith("\\x1b[2J \\u202eevil \\ud800 — жил\n")


def test_a_record_that_cannot_be_formatted_is_told_of_by_its_place(written):
    line = written("text", lambda log: log.info("%d", "word"))

    assert re.search(r"ERROR bot\.logs: a record of .*test_logs\.py:\d+ could not be written", line)


def test_a_closed_stream_stops_nobody():
    logs.configure("INFO", "text", [])
    root = logging.getLogger()
    root.handlers[0].stream = closed = open(__file__, encoding="utf-8")  # noqa: PTH123, SIM115
    closed.close()

    root.info("into the void")

    assert closed.closed


def test_the_level_is_kept_and_libraries_never_tell_what_readers_did(written):
    def act(log):
        log.debug("ours")
        for name in ("aiosqlite", "discord.gateway", "discord.http"):
            logging.getLogger(name).debug("voted aye")
            logging.getLogger(name).info("connected")

    at_debug = written("text", act, level="DEBUG")
    at_error = written("text", act, level="ERROR")

    assert "ours" in at_debug
    assert "voted" not in at_debug
    assert at_debug.count("connected") == 3
    assert at_error == ""


def test_configuring_twice_writes_each_line_once_and_only_through_the_new_handler(written):
    logging.getLogger().addHandler(logging.StreamHandler(sys.stderr))

    written("text", lambda log: log.info("first"))
    line = written("json", lambda log: log.info("second"))

    assert len(line.splitlines()) == 1
    assert json.loads(line)["message"] == "second"


def test_an_error_nobody_caught_is_logged_too_and_shows_no_secret():
    program = (
        "from bot.logs import configure\n"
        f"configure('INFO', 'json', [{OURS!r}])\n"
        f"raise RuntimeError('login with {OURS} failed')\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    entry = json.loads(done.stderr)
    assert done.returncode == 1
    assert entry["level"] == "CRITICAL"
    assert "login with [secret] failed" in entry["exception"]
    assert OURS not in done.stdout + done.stderr


def test_control_c_is_not_an_error_of_ours(written):
    interrupt = KeyboardInterrupt()

    out = written("json", lambda _: sys.excepthook(KeyboardInterrupt, interrupt, None))

    assert out.strip() == "KeyboardInterrupt"


@pytest.mark.parametrize(
    "unit",
    [
        "M",
        "MNO-",
        "M" * 28 + ".",
        "webhooks/1/",
        "webhooks/1",
        "'token':",
        "'token': ",
        "%2F",
        "\n",
    ],
)
def test_a_text_of_6000_characters_is_written_within_50_milliseconds(unit):
    formatter = logs.TextFormatter(logs.Redactor([OURS, PASSWORD]))
    record = logging.makeLogRecord({"msg": (unit * 6000)[:6000], "levelname": "INFO"})

    fastest = min(timeit.repeat(lambda: formatter.format(record), number=1, repeat=3))

    assert fastest <= 0.05
