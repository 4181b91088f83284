"""A reader of the website: looks something up, and says how far they have read."""

import asyncio
import functools
import http.server
import threading

import pytest
from journeys.visitor import MARKS, expect

from tests.journeys.test_sandbox_journey import browser  # noqa: F401
from tests.site.test_site import serial, written  # noqa: F401

pytestmark = MARKS


@pytest.fixture
def site(serial, tmp_path):  # noqa: F811
    """The address of the site of the serial."""
    asyncio.run(written(serial, tmp_path / "site"))
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=tmp_path / "site")
    handler.log_message = lambda *_: None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_reader_looks_up_and_reads_on(site, browser):  # noqa: F811
    page = browser.new_page(viewport={"width": 390, "height": 844})
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    page.goto(site)
    page.get_by_role("link", name="The Serial").first.click()
    expect(page.locator("#entries > li")).to_have_count(3)
    expect(page.locator("body")).not_to_contain_text("bittern")

    page.get_by_label("Look up").fill("auk queen")
    expect(page.locator("#found")).to_have_text("1 entry, 1 name")

    page.get_by_label("Look up").fill("")
    page.get_by_label("I have read to chapter").select_option("2")
    expect(page.locator("#entries > li")).to_have_count(6)
    expect(page.locator("#entities")).to_contain_text("also The Bittern Queen")
    expect(page.locator("body")).not_to_contain_text("crane")

    page.reload()
    expect(page.locator("#entries > li")).to_have_count(6)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults == []


def test_who_types_before_the_page_is_ready_is_answered(site, browser):  # noqa: F811
    page = browser.new_page()

    def hold(_script):
        """Let the page wait for its script: `unroute` sends it on."""

    page.route("**/site.js", hold)
    page.goto(f"{site}the-serial.html", wait_until="commit")
    page.get_by_label("Look up").fill("auk queen")
    page.unroute("**/site.js")

    expect(page.locator("#found")).to_have_text("1 entry, 1 name")


def test_the_whole_archive_fits_a_phone(site, browser, tmp_path):  # noqa: F811
    phone = browser.new_page(viewport={"width": 320, "height": 640})

    for name in ("index.html", "the-serial.html"):
        phone.goto(site + name)
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
