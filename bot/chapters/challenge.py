"""Telling a page that was meant for a browser from an answer. Pure."""

import re

_HTML = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# Not "challenge-platform": Cloudflare adds a script of that path to ordinary pages, too.
_CHALLENGE = re.compile(
    rb"_cf_chl_opt|cf-browser-verification|<title>\s*Just a moment"
    rb"|<title>\s*Attention Required! \| Cloudflare|<title>\s*DDoS-Guard"
    rb"|<title>\s*Making sure you(?:'|&#39;)re not a bot",
    re.I,
)
_HEAD = 65_536


def is_html(body: bytes) -> bool:
    """Tell whether *body* begins as a page of the web does."""
    return _HTML.match(body.removeprefix(b"\xef\xbb\xbf")[:_HEAD]) is not None


def is_challenge(body: bytes) -> bool:
    """Tell whether *body* is a page that asks a browser to prove itself, whatever its status."""
    head = body[:_HEAD]
    return is_html(head) and _CHALLENGE.search(head) is not None
