"""The lobby without a browser: who may press its buttons, and what they do."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import unused_port
from worlds import write_seeds

from bot.errors import OperatorError
from bot.sandbox import house, run
from bot.sandbox.annex import NAME as ANNEX
from bot.sandbox.clock import SandboxClock
from bot.sandbox.lobby import Lobby
from bot.sandbox.menus import messages
from bot.sandbox.portraits import draw_portraits
from bot.sandbox.stage import Stage
from bot.sandbox.world import PEOPLE
from bot.settings import Settings

JSON = {"Accept": "application/json"}


class StandingClock:
    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


@dataclass
class Visit:
    """Somebody at the lobby, and what is behind it."""

    stage: Stage
    wall: StandingClock
    session: ClientSession
    address: str
    token: str

    async def get(self, path: str, **options):
        options = {"allow_redirects": False, **options}
        return await self.session.get(self.address + path, **options)

    async def press(self, path: str, *, token: str | None = None, **options):
        data = {"token": self.token if token is None else token}
        options = {"allow_redirects": False, "headers": JSON, **options}
        return await self.session.post(self.address + path, data=data, **options)


@asynccontextmanager
async def visiting(folder: Path) -> AsyncIterator[Visit]:
    seeds = write_seeds(folder / "seeds")
    settings = Settings(data_dir=folder / "data", seeds_dirs=(seeds,))
    wall = StandingClock(datetime(2031, 5, 1, 12, 0, tzinfo=UTC))
    port = unused_port()
    async with house.open_world(wall) as world:
        clock = SandboxClock(world.env)
        stage = Stage(
            world, draw_portraits(), lambda: house.open_bot(settings, clock), wall=wall, port=0
        )
        async with aclosing(stage), ClientSession() as session:
            await stage.start()
            async with house.served(Lobby(stage, port).application(), port) as address:
                page = await (await session.get(address)).text()
                token = re.search(r'name="token" value="([^"]+)"', page)[1]
                yield Visit(stage, wall, session, address, token)


@pytest.fixture
async def visit(tmp_path) -> AsyncIterator[Visit]:
    opened: asyncio.Future[Visit] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def stay() -> None:
        async with visiting(tmp_path) as inside:
            opened.set_result(inside)
            await over.wait()

    # A task of its own: simcord must be left in the context in which it was entered.
    staying = asyncio.create_task(stay())
    await asyncio.wait({opened, staying}, return_when=asyncio.FIRST_COMPLETED)
    if opened.done():
        yield opened.result()
    over.set()
    await staying


async def test_the_page_says_what_it_is_and_what_day_it_is(visit):
    page = await (await visit.get("")).text()

    assert "a simulated Discord" in page
    assert "this is not" in page
    assert "12:00" in page
    assert "Thursday, 1 May 2031" in page
    assert all(person.name in page for person in PEOPLE)


async def test_every_command_on_the_page_can_be_typed_in_the_room(visit):
    page = await (await visit.get("")).text()
    world = visit.stage.world

    shown = set(re.findall(r"<code><b>/([^<]+)</b>", page))
    accepted = set(world.admin.available_commands(world.channels["lounge"]))

    assert shown
    assert shown <= accepted


async def test_a_name_that_is_not_ours_is_refused(visit):
    foreign = await visit.get("", headers={"Host": "lobby.example:8780"})
    ours = await visit.get("", headers={"Host": visit.address.split("/")[2]})

    assert (foreign.status, ours.status) == (403, 200)


async def test_a_press_without_the_token_or_from_another_site_is_refused(visit):
    before = visit.stage.now()

    answers = [
        await visit.press("skip/hour", token=""),
        await visit.press("skip/hour", token="x" * 32),
        await visit.press("skip/hour", token="ü"),
        await visit.press("skip/hour", headers={"Origin": "http://example.com"}),
        await visit.get("skip/hour"),
    ]

    assert [answer.status for answer in answers] == [403, 403, 403, 403, 405]
    assert visit.stage.now() == before


async def test_an_hour_can_be_skipped_with_and_without_a_script(visit):
    before = visit.stage.now()

    scripted = await visit.press("skip/hour")
    plain = await visit.press("skip/hour", headers={})

    assert (await scripted.json())["notice"] == "An hour has passed."
    assert (plain.status, plain.headers["Location"]) == (303, "/")
    assert "An hour has passed." in await (await visit.get("")).text()
    assert visit.stage.now() - before == timedelta(hours=2)


async def test_the_message_menu_makes_a_card_once(visit):
    message = messages(visit.stage)[0]
    page = await (await visit.get("")).text()
    assert f'value="card:{message.id}"' in page
    assert message.content in page

    data = {"token": visit.token, "who": "vera", "use": f"card:{message.id}"}
    made = await visit.session.post(visit.address + "menu", data=data, headers=JSON)
    again = await visit.session.post(visit.address + "menu", data=data, headers=JSON)

    assert (await made.json())["notice"] == "The card hangs in the room."
    assert (await again.json())["notice"].startswith("Only Vera sees: That message has its card")
    card = visit.stage.world.channels["lounge"].last_message
    assert card.attachments


@pytest.mark.parametrize(
    "data",
    [
        {"who": "vera", "use": "card:1"},
        {"who": "nobody", "use": "card:0"},
        {"who": "vera", "use": "ban:0"},
        {"who": "vera", "use": "card:x"},
        {"who": "vera"},
    ],
)
async def test_the_message_menu_knows_only_what_is_on_the_page(visit, data):
    data = {"token": visit.token, **data}

    refused = await visit.session.post(visit.address + "menu", data=data, headers=JSON)

    assert refused.status == 404


async def test_choosing_a_channel_leads_to_its_own_address(visit):
    lounge = (await visit.get("room")).headers["Location"]

    soviet = await visit.press("channels/soviet")
    unknown = await visit.press("channels/cellar")
    forum = await visit.press("channels/library")

    assert (soviet.status, unknown.status, forum.status) == (303, 404, 404)
    assert soviet.headers["Location"] != lounge
    assert (await visit.get("room")).headers["Location"] == soviet.headers["Location"]


async def test_a_link_of_the_room_leads_on_but_not_from_another_site(visit):
    room = (await visit.get("room")).headers["Location"]

    walked = await visit.get("room/soviet")
    lured = await visit.get("room/spoilers", headers={"Sec-Fetch-Site": "cross-site"})

    assert (walked.status, lured.status) == (302, 403)
    assert walked.headers["Location"] != room
    assert visit.stage.channel == "soviet"


async def test_whoever_one_becomes_looks_at_the_room_first(visit):
    became = await visit.press("people/otto")
    nobody = await visit.press("people/nobody")

    assert (became.status, nobody.status) == (303, 404)
    assert visit.stage.people[0].name == "otto"
    assert {each.name for each in visit.stage.people} == {person.key for person in PEOPLE}


async def test_the_room_is_dressed_as_a_chat_that_leads_back(visit):
    async with visit.session.get((await visit.get("room")).headers["Location"]) as answer:
        page = await answer.text()

    assert "<title>#lounge · The Reading Room</title>" in page
    assert 'href="/">← Lobby</a>' in page
    assert "A simulated Discord, by simcord" in page
    assert all(f'href="/room/{name}"' in page for name in ("announcements", "soviet", "spoilers"))
    assert "SimCord</strong>" not in page
    style = (await visit.get("room")).headers["Location"].partition("#")[0] + "preview.css"
    async with visit.session.get(style) as answer:
        assert "the room as a chat" in await answer.text()


@pytest.mark.parametrize("step", ["ask", "vote", "quote"])
async def test_a_step_of_the_tour_is_done_and_marked(visit, step):
    before = (await (await visit.get("now")).json())["done"]

    led = await visit.press(f"tour/{step}")

    after = await (await visit.get("now")).json()
    assert before == []
    assert led.status == 303
    assert after["done"] == [step]
    assert after["progress"] == "1 of 5 done"
    assert f'data-step="{step}" class="step done"' in await (await visit.get("")).text()


async def test_pulling_the_plug_keeps_the_votes_and_brings_the_verdict(visit):
    assert (await visit.press("tour/sleep")).status == 404

    await visit.press("tour/verdict")

    told = await (await visit.get("now")).json()
    assert told["done"] == ["verdict", "vote"]
    assert "Carried" in str(visit.stage.world.channels["soviet"].last_message.embeds[0].to_dict())


async def test_the_annex_is_greeted_and_empty_and_its_admin_may_set_it_up(visit):
    founded = await visit.press("annex")
    again = await visit.press("annex")
    await visit.press("skip/hour")

    assert (founded.status, again.status) == (303, 303)
    annex = visit.stage.annex
    assert (annex.guild.name, visit.stage.people[0].name) == (ANNEX, "nadia")
    (welcome,) = annex.channels["welcome"].history()
    assert welcome.embeds[0].title == "The bureau has opened a branch here"
    panel = await annex.admin.slash(annex.channels["welcome"], "setup")
    assert panel.response.ephemeral
    assert not visit.stage.world.env.errors


async def test_a_room_that_was_closed_from_within_opens_again(visit):
    first = (await visit.get("room")).headers["Location"]

    await visit.stage._preview.close()  # "End preview session"
    again = (await visit.get("room")).headers["Location"]

    assert again != first
    async with visit.session.get(again) as page:
        assert page.status == 200


async def test_old_buttons_answer_after_a_restart(visit):
    world = visit.stage.world
    vera, lounge = world.readers["vera"], world.channels["lounge"]
    old = world.env.bot
    asked = await vera.slash(lounge, "event", query="inkwell")

    answer = await visit.press("restart")
    turned = await vera.click(asked.response, label=_forward(asked.response))

    assert answer.status == 200
    assert world.env.bot is not old
    assert old.is_closed()
    assert turned.acknowledged
    assert "Harbour War" in (lounge.last_message.embeds[0].title or "")
    assert not world.env.errors


def _forward(response) -> str:
    labels = [button["label"] for row in response.components for button in row["components"]]
    return next(label for label in labels if label.endswith("▶"))


class Page:
    """A tab with the room in it, by what it sends."""

    def __init__(self, visit: Visit, address: str) -> None:
        self._session = visit.session
        self._address, _, capability = address.partition("#")
        self._headers = {"X-Simcord-Capability": capability}
        self._sequence = 0
        self._context: dict[str, object] = {}

    async def open(self, reader_id: int) -> None:
        payload = await self._post("pages", {"viewer_id": str(reader_id)})
        self._headers["X-Simcord-Context"] = payload["context"]["id"]
        self._context = {
            "generation": payload["context"]["generation"],
            "bot_generation": payload["botGeneration"],
        }

    async def act(self, kind: str):
        self._sequence += 1
        request = {"sequence": self._sequence, "request_id": f"request-{self._sequence}"}
        return await self._post(
            "action", {"protocol_version": 3, "kind": kind, **request, **self._context}
        )

    async def texts(self) -> str:
        url = f"{self._address}api/state"
        async with self._session.get(url, headers=self._headers) as answer:
            return await answer.text()

    async def _post(self, path: str, body: dict[str, object]):
        url = f"{self._address}api/{path}"
        async with self._session.post(url, json=body, headers=self._headers) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()


async def test_what_a_visitor_does_waits_for_the_clock_instead_of_being_refused(visit):
    page = Page(visit, (await visit.get("room")).headers["Location"])
    await page.open(visit.stage.world.readers["vera"].id)
    visit.wall.moment += timedelta(minutes=30)

    ticking = asyncio.create_task(visit.stage.tick())
    await asyncio.sleep(0)
    receipt = await page.act("refresh")
    await ticking

    assert receipt["rejected"] is False


async def test_the_room_shows_what_the_bot_does_but_not_under_the_hands_of_a_visitor(visit):
    world = visit.stage.world
    page = Page(visit, (await visit.get("room")).headers["Location"])
    await page.open(world.readers["vera"].id)
    await page.act("refresh")
    await world.env.bot.get_channel(world.channels["lounge"].id).send("Something of my own accord")

    visit.wall.moment += timedelta(seconds=1)
    await visit.stage.tick()
    soon = await page.texts()
    visit.wall.moment += timedelta(seconds=3)
    await visit.stage.tick()

    assert "Something of my own accord" not in soon
    assert "Something of my own accord" in await page.texts()


def test_a_taken_port_gives_way_to_the_next(monkeypatch):
    taken = {9000, 9002}

    def bind(port):
        if port in taken:
            raise OSError

    monkeypatch.setattr(run, "_try_to_bind", bind)

    assert run.free_pair(9000) == 9003
    assert run.free_pair(9100) == 9100


def test_when_no_port_is_free_the_operator_is_told(monkeypatch):
    def bind(_port):
        raise OSError

    monkeypatch.setattr(run, "_try_to_bind", bind)

    with pytest.raises(OperatorError, match="--port"):
        run.free_pair(9000)


async def test_without_the_extra_the_operator_is_told_what_to_install(monkeypatch):
    monkeypatch.setattr(run, "find_spec", lambda _name: None)

    with pytest.raises(OperatorError, match=r"pip install 'samizdat\[sandbox\]'"):
        await run.run_sandbox(Settings(), port=9000, open_browser=False, say=str)
