"""What the fetcher makes of the answers of a site, over real sockets."""

import asyncio

import pytest
from aiohttp import web
from yarl import URL

from bot.chapters.errors import (
    BadUrlError,
    BusyError,
    GoneError,
    HostNotAllowedError,
    RedirectError,
    RefusedError,
    SiteError,
    TooSlowError,
    UnreachableError,
)
from bot.chapters.fetch import Fetcher, FetchRules, sent_on, user_agent
from bot.clock import instant
from bot.settings import Settings
from tests.chapters.farm import Fault

CHALLENGE = (
    b"<!DOCTYPE html><html lang='en-US'><head><title>Just a moment...</title></head>"
    b"<body><script>window._cf_chl_opt={cvId:'3'};</script></body></html>"
)
SECRET = b"the root password is swordfish"


@pytest.fixture
def feed(farm):
    return farm.plant("wordpress", chapters=1).address


async def refusal(fetcher, url):
    with pytest.raises(Exception) as raised:  # noqa: PT011
        await fetcher.fetch(url)
    return raised.value


@pytest.mark.parametrize(
    ("status", "error", "permanent", "refused"),
    [
        (410, GoneError, True, False),
        (404, GoneError, True, False),
        (403, RefusedError, False, True),
        (401, RefusedError, False, True),
        (451, RefusedError, False, True),
        (429, BusyError, False, False),
        (503, BusyError, False, False),
        (500, SiteError, False, False),
        (502, SiteError, False, False),
        (418, SiteError, False, False),
        (204, SiteError, False, False),
        (206, SiteError, False, False),
        (300, SiteError, False, False),
    ],
)
async def test_a_status_that_brings_nothing_says_whether_to_ask_again(
    farm, fetcher, feed, status, error, permanent, refused
):
    farm.trouble(Fault(status=status, retry_after="120"))

    raised = await refusal(fetcher, feed)

    assert type(raised) is error
    assert (raised.permanent, raised.refused) == (permanent, refused)
    if status != 404 and error in {BusyError, RefusedError, SiteError}:
        assert raised.retry_after == 120
    assert (await fetcher.fetch(feed)).status == 200


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("0", 0),
        ("3600", 3600),
        ("Fri, 01 May 2026 12:10:00 GMT", 600),
        ("Fri, 01 May 2026 11:00:00 GMT", 0),
        ("99999999999999", None),
        ("9999999999", 7 * 86_400),
        ("-5", None),
        ("soon", None),
        ("Fri, 99 May 99999", None),
    ],
)
async def test_how_long_to_stay_away_is_a_number_or_a_date(farm, fetcher, feed, told, seconds):
    farm.trouble(Fault(status=429, retry_after=told))

    assert (await refusal(fetcher, feed)).retry_after == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "MAX-AGE=600"}, 600),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "max-age=999999999"}, 86_400),
        ({"Expires": "Fri, 01 May 2026 12:05:00 GMT"}, 300),
        ({"Expires": "0"}, None),
        ({"Expires": "Fri, 01 May 2020 12:05:00 GMT"}, None),
    ],
)
async def test_until_when_an_answer_is_fresh(farm, fetcher, still_clock, headers, seconds):
    async def answer(_request):
        return web.Response(text="x", headers=headers)

    farm.serve("/x", answer)

    fetched = await fetcher.fetch(f"{farm.origin}/x")

    now = instant(still_clock.now())
    assert fetched.expires == (None if seconds is None else now + seconds * 1000)


async def test_a_challenge_is_told_as_one_whatever_its_status(farm, fetcher, feed):
    async def mitigated(_request):
        return web.Response(status=503, headers={"cf-mitigated": "challenge"}, body=SECRET)

    async def blocked(_request):
        return web.Response(status=403, headers={"Server": "cloudflare"}, body=SECRET)

    farm.serve("/mitigated", mitigated)
    farm.serve("/blocked", blocked)
    farm.trouble(Fault(body=CHALLENGE))

    raised = [
        await refusal(fetcher, url)
        for url in (feed, f"{farm.origin}/mitigated", f"{farm.origin}/blocked")
    ]

    assert all(isinstance(error, RefusedError) for error in raised)
    assert all("/chapter announce" in str(error) for error in raised)
    assert all("challenge" in str(error) for error in raised)


async def test_an_ordinary_page_behind_cloudflare_is_no_challenge(farm, fetcher, feed):
    page = b"<!DOCTYPE html><html><script src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'>"
    farm.trouble(Fault(body=page))

    assert (await fetcher.fetch(feed)).body == page


async def test_no_error_repeats_what_the_site_said(farm, fetcher):
    for status in (400, 403, 404, 429, 500, 503):

        async def answer(_request, status=status):
            return web.Response(status=status, body=SECRET, reason="swordfish")

        farm.serve("/secret", answer)

        assert "swordfish" not in str(await refusal(fetcher, f"{farm.origin}/secret"))


async def test_nothing_new_is_no_answer_to_who_did_not_ask(farm, fetcher, feed):
    farm.trouble(Fault(status=304))

    assert isinstance(await refusal(fetcher, feed), SiteError)


@pytest.mark.parametrize("told", ['W/"a b"', '"x', "é", "x" * 501])
async def test_what_cannot_be_sent_back_is_not_kept(farm, fetcher, told):
    async def answer(_request):
        return web.Response(text="x", headers={"ETag": told})

    farm.serve("/x", answer)

    fetched = await fetcher.fetch(f"{farm.origin}/x")
    await fetcher.fetch(f"{farm.origin}/x", fetched.etag)

    assert fetched.etag == (told if told in {'W/"a b"', '"x'} else None)
    assert farm.requests[1].headers.get("If-None-Match") == fetched.etag


async def test_a_header_cannot_be_smuggled_in_by_what_was_kept(farm, fetcher, feed):
    await fetcher.fetch(feed, 'x"\r\nX-Evil: 1', "y\nX-Evil: 1")

    assert "X-Evil" not in farm.requests[0].headers


async def test_the_bot_says_who_it_is_and_brings_no_cookies(farm, fetcher):
    async def answer(_request):
        return web.Response(text="x", headers={"Set-Cookie": "a=b"})

    farm.serve("/x", answer)
    for _ in range(2):
        await fetcher.fetch(f"{farm.origin}/x")

    assert farm.requests[1].headers["User-Agent"] == user_agent("mail@example.org")
    assert "mail@example.org" in user_agent("mail@example.org")
    assert user_agent(None).startswith("Samizdat/")
    assert not {"Cookie", "Authorization", "Referer"} & set(farm.requests[1].headers)


async def test_redirects_are_followed_to_where_they_end(farm, fetcher, feed):
    async def moved(_request):
        raise web.HTTPMovedPermanently(URL(feed).raw_path)

    farm.serve("/old", moved)

    fetched = await fetcher.fetch(f"{farm.origin}/old")

    assert (fetched.final_url, fetched.status) == (feed, 200)


async def test_redirects_without_end_are_given_up(farm, fetcher):
    async def moved(request):
        number = int(request.query["n"]) + 1
        raise web.HTTPFound(f"/round?n={number}")

    farm.serve("/round", moved)

    assert isinstance(await refusal(fetcher, f"{farm.origin}/round?n=0"), RedirectError)
    assert len(farm.requests) == 6


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://169.254.169.254/latest/meta-data/", RedirectError),
        ("http://10.0.0.1/", RedirectError),
        ("http://0x7f.1/", RedirectError),
        ("file:///etc/passwd", RedirectError),
        ("gopher://example.org/", RedirectError),
        ("http://me:pw@example.org/", RedirectError),
        ("http://example.org:22/", RedirectError),
        ("http://[bad", RedirectError),
        ("", RedirectError),
        ("https://elsewhere.example/", HostNotAllowedError),
    ],
)
async def test_a_redirect_is_checked_like_an_address_of_its_own(farm, fetcher, location, error):
    async def moved(_request):
        return web.Response(status=302, headers={"Location": location})

    farm.serve("/x", moved)

    assert type(await refusal(fetcher, f"{farm.origin}/x")) is error


def test_a_redirect_never_gives_up_https():
    assert sent_on(URL("http://a.org/x"), "https://a.org/") == "https://a.org/"
    assert sent_on(URL("https://a.org/x"), "/y") == "https://a.org/y"
    with pytest.raises(RedirectError):
        sent_on(URL("https://a.org/x"), "http://a.org/y")


@pytest.mark.parametrize(
    ("hosts", "host", "admitted"),
    [
        (("example.org",), "example.org", True),
        (("example.org",), "blog.example.org", True),
        (("example.org",), "badexample.org", False),
        (("example.org",), "example.org.evil.example", False),
        (("*",), "anything.example", True),
        (("example.org",), "localhost", False),
        (("*",), "example.org.", True),
    ],
)
def test_a_host_is_admitted_by_its_name_or_one_above_it(hosts, host, admitted):
    assert FetchRules(hosts).admit(host) is admitted


def test_the_rules_are_those_of_the_settings():
    settings = Settings(feed_hosts=("example.org",), feed_allow_loopback=True)

    assert FetchRules.of(settings) == FetchRules(("example.org",), allow_loopback=True)


async def test_a_host_that_the_operator_did_not_allow_is_named_and_not_asked(fetcher):
    raised = await refusal(fetcher, "https://elsewhere.example/feed")

    assert isinstance(raised, HostNotAllowedError)
    assert "“elsewhere.example”" in str(raised)


async def test_this_machine_is_not_asked_unless_that_is_allowed(farm, still_clock, feed):
    async with Fetcher(FetchRules(("*",)), still_clock) as fetcher:
        raised = await refusal(fetcher, feed)

    assert isinstance(raised, BadUrlError)
    assert farm.requests == []


async def test_reading_this_machine_is_shouted_about(still_clock, caplog):
    async with Fetcher(FetchRules(("*",), allow_loopback=True), still_clock):
        assert "FEED_ALLOW_LOOPBACK IS ON" in caplog.text


async def test_a_connection_that_breaks_is_worth_another_try(farm, fetcher, feed):
    farm.trouble(Fault(keep=50, reset=True))

    raised = await refusal(fetcher, feed)

    assert isinstance(raised, UnreachableError)
    assert not raised.permanent
    assert (await fetcher.fetch(feed)).status == 200


async def test_a_name_is_looked_up_by_the_system(farm, fetcher, feed):
    fetched = await fetcher.fetch(feed.replace("127.0.0.1", "localhost"))

    assert fetched.status == 200


async def test_a_name_that_nobody_has_is_worth_another_try(still_clock):
    async with Fetcher(FetchRules(("*",)), still_clock) as fetcher:
        raised = await refusal(fetcher, "http://nobody.invalid/")

    assert isinstance(raised, UnreachableError)
    assert not raised.permanent


async def test_a_port_where_nobody_listens_is_worth_another_try(farm, fetcher):
    port = farm.port
    await farm.__aexit__()

    assert isinstance(await refusal(fetcher, f"http://127.0.0.1:{port}/"), UnreachableError)


async def test_a_site_that_thinks_too_long_is_left(farm, still_clock, feed):
    farm.trouble(Fault(delay=30), times=1)
    rules = FetchRules((), allow_loopback=True, seconds=0.2)

    async with Fetcher(rules, still_clock) as fetcher:
        assert isinstance(await refusal(fetcher, feed), TooSlowError)


async def test_a_caller_that_is_cancelled_leaves_the_host_free(farm, fetcher, feed):
    farm.trouble(Fault(delay=30))
    waiting = asyncio.create_task(fetcher.fetch(feed))
    await farm.asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert (await fetcher.fetch(feed)).status == 200
