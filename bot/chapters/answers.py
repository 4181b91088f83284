"""What an HTTP answer says besides its body: what it means, when to come back. Pure."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from yarl import URL

from bot.chapters.errors import (
    BusyError,
    FetchError,
    GoneError,
    RedirectError,
    RefusedError,
    SiteError,
)
from bot.clock import Instant, instant
from bot.language.sayings import Saying
from bot.language.speech import mark

_LONGEST_WAIT = timedelta(days=7)
_LONGEST_FRESH = timedelta(days=1)
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,10})", re.I)
_VALIDATOR = re.compile(r"[ -~]{1,500}")

CHALLENGED = mark(
    "The site asks for a browser (a challenge page), so its chapters cannot be followed."
    " Announce them by hand: /chapter announce."
)


def validator(header: str | None) -> str | None:
    """Return an ETag or Last-Modified exactly as it came, or None if it cannot be sent back."""
    return header if header and _VALIDATOR.fullmatch(header) else None


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds (7 days at most) of `Retry-After`, given as a number or as a date."""
    told = headers.get("Retry-After", "").strip()
    if re.fullmatch(r"\d{1,10}", told):
        seconds = float(told)
    elif at := _date(told):
        seconds = math.ceil(max(0.0, (at - now).total_seconds()))
    else:
        return None
    return min(seconds, _LONGEST_WAIT.total_seconds())


def expires(headers: Mapping[str, str], now: datetime) -> Instant | None:
    """Return until when the answer is fresh (a day at most), by `Cache-Control` or `Expires`."""
    control = headers.get("Cache-Control", "")
    if re.search(r"no-cache|no-store", control, re.I):
        return None
    if age := _MAX_AGE.search(control):
        until = now + min(timedelta(seconds=int(age[1])), _LONGEST_FRESH)
    else:
        told = _date(headers.get("Expires", ""))
        until = min(told, now + _LONGEST_FRESH) if told else now
    return instant(until) if until > now else None


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def failure(status: int, headers: Mapping[str, str], now: datetime) -> FetchError:
    """Return the error of a *status* that brings no list of chapters."""
    wait = retry_after(headers, now)
    by_cloudflare = "cloudflare" in headers.get("Server", "").lower()
    if "challenge" in headers.get("cf-mitigated", "").lower() or (status == 403 and by_cloudflare):
        return RefusedError(CHALLENGED, wait)
    if status in {401, 403, 407, 451}:
        return RefusedError(
            Saying(
                "The site refuses us (status {status}): it may want an account, or no scripted"
                " readers. Announce its chapters by hand: /chapter announce.",
                status=status,
            ),
            wait,
        )
    if status in {404, 410}:
        return GoneError(
            Saying(
                "There is nothing at this address any more (status {status})."
                " If the story has moved, add its new address.",
                status=status,
            )
        )
    if status in {429, 503}:
        asked = Saying(
            "The site asks for patience (status {status}). We try again later.", status=status
        )
        return BusyError(asked, wait)
    trouble = Saying(
        "The site has trouble of its own (status {status}). We try again later.", status=status
    )
    return SiteError(trouble, wait)


def sent_on(url: URL, location: str) -> str:
    """Return where *location* leads from *url*; not yet checked as an address of its own.

    Raises:
        RedirectError: it gives up https, or leads nowhere.
        ValueError: it is no address.
    """
    target = url.join(URL(location))
    if not location or (url.scheme == "https" and target.scheme != "https"):
        raise RedirectError(mark("The site sends us on to an address that is not safe to fetch."))
    return str(target)


def charset(headers: Mapping[str, str]) -> str | None:
    """Return the charset that the Content-Type names, or None."""
    for part in headers.get("Content-Type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'")[:40] or None
    return None
