"""The log: one line a record, as text or JSON, on standard error, with every secret struck out.

Two promises. No credential reaches a line, whoever logged it and wherever it stood: message,
arguments, extras, exception or stack. And no reader can forge a line: what is not printable is
escaped, and the lines of a traceback are set in behind a bar.
"""

import json
import logging
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from math import isfinite
from types import TracebackType
from urllib.parse import quote

from pydantic import SecretStr

from bot.clock import Instant, moment

_STRUCK_OUT = "[secret]"

# A part of a token that is long enough to be one, and no word of an ordinary message.
_LEAST_PART = 16

# What credentials of Discord look like, for those nobody handed to `configure`: they live for
# minutes (interactions) or belong to somebody else.
_SHAPES = (
    # A bot's token: its id in base64 (a digit first, hence M, N or O), a time, an HMAC.
    (re.compile(r"[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}", re.ASCII), _STRUCK_OUT),
    # An interaction's token: "interaction:" in base64, and more.
    (re.compile(r"aW50ZXJhY3Rpb246[\w=-]*", re.ASCII), _STRUCK_OUT),
    # …/webhooks/<id>/<token> and …/interactions/<id>/<token>/callback, also inside a query.
    (
        re.compile(
            r"((?:webhooks|interactions)(?:/|%2F)\d+(?:/|%2F))(?:(?!%2F)[\w.~%+=-])+",
            re.ASCII | re.IGNORECASE,
        ),
        rf"\g<1>{_STRUCK_OUT}",
    ),
    # A payload as discord.py prints it: 'token': '…'.
    (
        re.compile(r"""(\\?["']token\\?["']:\s*\\?["'])[^"'\\]+""", re.IGNORECASE),
        rf"\g<1>{_STRUCK_OUT}",
    ),
)

# Below INFO these print what readers sent and every value written, secret ballots among them.
_INDISCREET = ("aiosqlite", "discord")

# What every record has; anything else on one was given as `extra`.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class Redactor:
    """Strikes the given secrets, and all that has the shape of a Discord credential, from text."""

    def __init__(self, secrets: Sequence[SecretStr | str]) -> None:
        plain = [s.get_secret_value() if isinstance(s, SecretStr) else s for s in secrets]
        forms = {form for secret in plain if secret.strip() for form in _forms(secret.strip())}
        # The longest first: a secret that begins another must not leave the rest of it standing.
        ordered = sorted(forms, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def __call__(self, text: str) -> str:
        """Return *text* with `[secret]` in place of each secret."""
        if self._known:
            text = self._known.sub(_STRUCK_OUT, text)
        for shape, replacement in _SHAPES:
            text = shape.sub(replacement, text)
        return text


def _forms(secret: str) -> set[str]:
    """Return how *secret* may appear: whole, the part of a token that signs, each also in a URL."""
    signature = secret.rpartition(".")[2]
    parts = {signature} if len(signature) >= _LEAST_PART else set()
    return {form for part in {secret, *parts} for form in (part, quote(part, safe=""))}


class TextFormatter(logging.Formatter):
    """`2032-01-31T12:00:00.000Z WARNING bot.app: message key='value'`, tracebacks set in below."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of *record*, and one more for each line of its traceback."""
        message = self._redact(record.getMessage())
        extras = [f" {name}={value!r}" for name, value in _extras(record, self._redact).items()]
        head = f"{_time(record)} {record.levelname} {record.name}: {message}{''.join(extras)}"
        below = self._redact(_traceback(self, record)).split("\n")
        return "\n".join([_printable(head), *(f"  | {_printable(line)}" for line in below if line)])


class JsonFormatter(logging.Formatter):
    """One object a line: time, level, logger, message, extras such as reference, exception."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return *record* as one line of ASCII, so that no reader of it sees a second line."""
        entry: dict[str, object] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self._redact(record.getMessage()),
        }
        if below := self._redact(_traceback(self, record)):
            entry["exception"] = below
        for name, value in _extras(record, self._redact).items():
            entry.setdefault(name, value)
        return json.dumps(entry)


_FORMATTERS: dict[str, Callable[[Redactor], logging.Formatter]] = {
    "text": TextFormatter,
    "json": JsonFormatter,
}


class _Handler(logging.StreamHandler):  # type: ignore[type-arg]  # not generic when it runs
    """Standard error; a record that cannot be written is told of without what it held."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Say where the record came from; logging's own report prints its arguments as they are."""
        logger = logging.getLogger(__name__)
        place = f"{record.pathname}:{record.lineno}"
        sentence = "a record of %s could not be written"
        lost = logger.makeRecord(__name__, logging.ERROR, __file__, 0, sentence, (place,), None)
        with suppress(OSError, ValueError):  # the stream itself is full, or closed
            self.stream.write(self.format(lost) + self.terminator)
            self.flush()


def configure(level: str, log_format: str, secrets: Sequence[SecretStr | str]) -> None:
    """Send every record, warning and uncaught exception to standard error; safe to call again.

    *level* is a name such as INFO, *log_format* `text` or `json`. Handlers that others gave to the
    root logger are taken away, since they would print secrets; so discord.py must not be let add
    its own (`log_handler=None`).
    """
    handler = _Handler(sys.stderr)
    handler.setFormatter(_FORMATTERS[log_format](Redactor(secrets)))
    root = logging.getLogger()
    for other in list(root.handlers):
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _INDISCREET:
        logging.getLogger(name).setLevel(max(root.level, logging.INFO))
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, traceback)
        return
    fault = (kind, error, traceback)
    logging.getLogger(__name__).critical("stopped by an error nobody caught", exc_info=fault)


def _time(record: logging.LogRecord) -> str:
    written = moment(Instant(int(record.created * 1000)))
    return written.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _extras(record: logging.LogRecord, redact: Redactor) -> dict[str, object]:
    """Return what was given as `extra`: numbers, truth values and None as they are, else text."""
    given = {name: value for name, value in vars(record).items() if name not in _USUAL}
    return {
        name: value if _is_plain(value) else redact(str(value)) for name, value in given.items()
    }


def _is_plain(value: object) -> bool:
    # JSON has no word for NaN and the infinities.
    return value is None or isinstance(value, int) or (isinstance(value, float) and isfinite(value))


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    """Return the text of the record's exception and stack, or an empty one."""
    fault = formatter.formatException(record.exc_info) if record.exc_info else record.exc_text
    return "\n".join(text for text in (fault, record.stack_info) if text)


def _printable(text: str) -> str:
    """Return *text* with line breaks, terminal codes, bidi controls and their like escaped."""
    if text.isprintable():
        return text
    escaped = (c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
    return "".join(escaped)
