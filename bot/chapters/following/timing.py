"""When a feed is asked again. Pure; milliseconds."""

from bot.chapters.errors import FetchError
from bot.clock import Instant
from bot.errors import BotError

_HOUR = 3_600_000
_REFUSED = 4 * _HOUR
_PERMANENT = 24 * _HOUR
_LONGEST = 6 * _HOUR
_FRESH = 6 * _HOUR
_SILENT = 60 * 24 * _HOUR
_SLOWER = 4


def after_success(
    now: Instant,
    interval: int,
    *,
    spread: float,
    expires: Instant | None = None,
    retry_after: float | None = None,
    last_news: Instant | None = None,
) -> Instant:
    """Return the next time for a feed that answered.

    *interval*: the source's least seconds. *spread*: 0 to 1, so that not all ask at once. A story
    that has been silent for two months is asked a quarter as often.
    """
    span = interval * 1000
    if last_news is not None and now - last_news > _SILENT:
        span *= _SLOWER
    at = now + span + int(span * 0.1 * spread)
    if expires is not None:
        at = max(at, min(expires, now + _FRESH))
    return Instant(max(at, now + int((retry_after or 0) * 1000)))


def after_failure(
    now: Instant, interval: int, failures: int, error: BotError, *, spread: float
) -> Instant:
    """Return the next time for a feed that failed *failures* times before in a row."""
    span = min(interval * 1000 * 2 ** min(failures, 8), _LONGEST)
    if getattr(error, "refused", False):
        span = max(span, _REFUSED)
    elif isinstance(error, FetchError) and error.permanent and failures >= 2:
        span = _PERMANENT
    wait = error.retry_after if isinstance(error, FetchError) else None
    at = now + span + int(span * 0.1 * spread)
    return Instant(max(at, now + int((wait or 0) * 1000)))
