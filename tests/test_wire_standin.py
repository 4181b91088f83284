"""The stand-in for Discord bites: what a green test of the wire proves rests on this."""

import asyncio
import json
import zlib

import aiohttp
import pytest
from loopback import payloads, schemas
from loopback.rest import CALLBACK
from loopback.rules import faults_of_callback, faults_of_commands, is_name

pytest_plugins = ["loopback.fixtures"]

COMMAND = {"name": "event", "description": "Looks up", "type": 1, "options": []}


def said(**data):
    return {"type": 4, "data": {"allowed_mentions": {"parse": []}, **data}}


def embedded(**embed):
    return said(embeds=[{"type": "rich", "title": "t", **embed}])


def rows(*parts):
    return said(content="x", components=[{"type": 1, "components": list(part)} for part in parts])


def button(number=0, **changes):
    return {"type": 2, "style": 2, "label": "x", "custom_id": f"a{number}", **changes}


def menu(count=1, **changes):
    options = [{"label": "x", "value": f"v{number}", **changes} for number in range(count)]
    return {"type": 3, "custom_id": "menu", "options": options}


def choices(*pairs):
    return {"type": 8, "data": {"choices": [{"name": n, "value": v} for n, v in pairs]}}


WRONG = {
    "content too long": said(content="x" * 2001),
    "a mention nobody minds": {"type": 4, "data": {"content": "hello <@&12>"}},
    "nothing at all": said(),
    "title": embedded(title="x" * 257),
    "description": embedded(description="x" * 4097),
    "26 fields": embedded(fields=[{"name": "n", "value": "v"}] * 26),
    "field name": embedded(fields=[{"name": "x" * 257, "value": "v"}]),
    "field value": embedded(fields=[{"name": "n", "value": "x" * 1025}]),
    "empty field": embedded(fields=[{"name": "n", "value": ""}]),
    "footer": embedded(footer={"text": "x" * 2049}),
    "author": embedded(author={"name": "x" * 257}),
    "6001 together": embedded(description="x" * 4000, footer={"text": "x" * 2000}),
    "11 embeds": said(embeds=[{"title": "t"}] * 11),
    "6 rows": rows(*([button(number)] for number in range(6))),
    "6 buttons": rows([button(number) for number in range(6)]),
    "button beside menu": rows([button(), menu()]),
    "empty row": rows([]),
    "button label": rows([button(label="x" * 81)]),
    "bare button": rows([button(label="")]),
    "one id twice": rows([button(), button()]),
    "custom_id": rows([button(custom_id="x" * 101)]),
    "no custom_id": rows([button(custom_id="")]),
    "26 options": rows([menu(26)]),
    "no options": rows([menu(0)]),
    "option label": rows([menu(label="x" * 101)]),
    "option value": rows([menu(value="x" * 101)]),
    "option description": rows([menu(description="x" * 101)]),
    "one value twice": rows([menu(2, value="x")]),
    "26 choices": choices(*(("x", str(number)) for number in range(26))),
    "choice name": choices(("x" * 101, "v")),
    "empty choice": choices(("", "v")),
    "choice value": choices(("x", "v" * 101)),
    "modal": {"type": 9, "data": {}},
}

RIGHT = {
    "the longest": embedded(title="x" * 256, description="x" * 4096, author={"name": "x" * 256}),
    "the most": rows(*([button(5 * row + n) for n in range(5)] for row in range(5))),
    "a minded mention": said(content="hello <@&12>"),
    "25 choices": choices(*(("x" * 100, f"{number:0100}") for number in range(25))),
    "25 options": rows([menu(25)]),
    "a deferral": {"type": 5},
}


def option(name="query", **changes):
    return {"name": name, "description": "x", "type": 3, **changes}


LONG_CHOICE = {"name": "x", "value": "x" * 100, "name_localizations": {"ru": "x" * 100}}
WRONG_COMMANDS = {
    "upper case": [COMMAND | {"name": "Event"}],
    "blank in the name": [COMMAND | {"name": "my event"}],
    "long name": [COMMAND | {"name": "x" * 33}],
    "no description": [COMMAND | {"description": ""}],
    "long description": [COMMAND | {"description": "x" * 101}],
    "26 options": [COMMAND | {"options": [option(f"o{number}") for number in range(26)]}],
    "required last": [COMMAND | {"options": [option("a"), option("b", required=True)]}],
    "one option twice": [COMMAND | {"options": [option(), option()]}],
    "one name twice": [COMMAND, COMMAND],
    "one name twice in Russian": [
        COMMAND | {"name": name, "name_localizations": {"ru": "событие"}} for name in ("a", "b")
    ],
    "a Russian name with a blank": [COMMAND | {"name_localizations": {"ru": "моё событие"}}],
    "a long German description": [COMMAND | {"description_localizations": {"de": "x" * 101}}],
    "one option twice in German": [
        COMMAND | {"options": [option("a", name_localizations={"de": "b"}), option("b")]}
    ],
    "more than 8000 characters in Russian": [
        COMMAND
        | {"options": [option(f"o{number}", choices=[LONG_CHOICE] * 8) for number in range(5)]}
    ],
}


@pytest.mark.parametrize("payload", WRONG.values(), ids=WRONG)
def test_a_planted_fault_is_found(payload):
    assert list(faults_of_callback(payload["type"], payload.get("data") or {}))


@pytest.mark.parametrize("payload", RIGHT.values(), ids=RIGHT)
def test_what_discord_takes_is_taken(payload):
    assert list(faults_of_callback(payload["type"], payload.get("data") or {})) == []
    assert list(schemas.faults_of_request("POST", CALLBACK, payload)) == []


@pytest.mark.parametrize("commands", WRONG_COMMANDS.values(), ids=WRONG_COMMANDS)
def test_a_planted_fault_in_commands_is_found(commands):
    assert list(faults_of_commands([COMMAND])) == []
    assert list(faults_of_commands(commands))


def test_names_are_judged_as_discord_judges_them():
    assert [is_name(name) for name in ("event", "совет", "two-words_'", "ф" * 32)] == [True] * 4
    assert [is_name(name) for name in ("", "Event", "a b", "a/b", "é!", "x" * 33)] == [False] * 6


@pytest.mark.skipif(not schemas.OPENAPI.is_file(), reason="Discord's openapi.json is not here")
@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("title", "$.data.embeds[0].title"),
        ("26 fields", "$.data.embeds[0].fields"),
        ("button label", "$.data.components[0].components[0].label"),
        ("26 options", "$.data.components[0].components[0].options"),
        ("choice name", "$.data"),
    ],
)
def test_discords_own_schemas_find_them_too(name, place):
    (fault, *_) = schemas.faults_of_request("POST", CALLBACK, WRONG[name])

    assert fault.startswith(f"openapi.json, {place}: ")


def test_without_discords_description_the_rules_judge_alone(monkeypatch, tmp_path):
    schemas.forget()
    monkeypatch.setattr(schemas, "OPENAPI", tmp_path / "openapi.json")

    assert schemas.faults_of_request("POST", CALLBACK, {"type": "nonsense"}) == ()
    assert schemas.faults_of_answer("GET", "/gateway", 200, {"url": 1}) == []
    schemas.forget()


@pytest.fixture
async def phone(standin):
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {standin.token}"}) as session:
        yield session


@pytest.fixture
async def asked(standin, vera):
    """An interaction that waits for a callback; nobody is at the gateway."""
    return standin.expect(payloads.interaction(3, vera, {"custom_id": "x"}, {"id": "1"}))


async def call(phone, standin, asked, payload=None, token=None):
    token = token or asked.asked["token"]
    url = f"{standin.base}/interactions/{asked.asked['id']}/{token}/callback"
    async with phone.post(url, json=payload or said(content="hello")) as response:
        return response.status, (await response.json() or {}).get(
            "code"
        ) if response.status >= 400 else None


async def test_a_callback_counts_once_in_time_and_with_its_token(phone, standin, asked):
    assert await call(phone, standin, asked, token="another") == (404, 10062)
    assert await call(phone, standin, asked, WRONG["26 options"]) == (400, 50035)
    assert await call(phone, standin, asked) == (204, None)
    assert await call(phone, standin, asked) == (400, 40060)
    standin.deadline = -1
    assert await call(phone, standin, asked) == (404, 10062)
    assert len(standin.violations) == 1


async def test_a_wrong_token_is_refused(standin):
    async with (
        aiohttp.ClientSession(headers={"Authorization": "Bot wrong"}) as stranger,
        stranger.get(f"{standin.base}/users/@me") as response,
    ):
        assert response.status == 401


async def test_follow_ups_come_after_the_answer_and_can_be_edited_and_deleted(
    phone, standin, asked
):
    hook = f"{standin.base}/webhooks/{payloads.APPLICATION_ID}/{asked.asked['token']}"
    async with phone.post(hook, json={"content": "early"}) as response:
        assert response.status == 404

    await call(phone, standin, asked, {"type": 5})
    async with phone.patch(f"{hook}/messages/@original", json={"content": "now"}) as response:
        assert (await response.json())["content"] == "now"
    async with phone.post(f"{hook}?wait=true", json={"content": "more"}) as response:
        assert response.status == 200
    async with phone.delete(f"{hook}/messages/@original") as response:
        assert response.status == 204
    async with phone.get(f"{hook}/messages/@original") as response:
        assert (response.status, (await response.json())["code"]) == (404, 10008)
    assert [message["content"] for message in asked.followups] == ["more"]


@pytest.mark.parametrize("squeezed", [False, True])
async def test_the_gateway_speaks_plainly_or_squeezed_as_asked(phone, standin, squeezed):
    query = "?compress=zlib-stream" if squeezed else ""
    async with phone.ws_connect(standin.gateway.url + query) as line:
        opened = await line.receive()
        text = zlib.decompressobj().decompress(opened.data) if squeezed else opened.data

    assert json.loads(text)["op"] == 10


async def test_the_gateway_hangs_up_on_a_wrong_token(phone, standin):
    async with phone.ws_connect(standin.gateway.url) as line:
        await line.receive()
        await line.send_json({"op": 2, "d": {"token": "wrong"}})
        await line.receive()

    assert line.close_code == 4004


async def test_a_request_can_be_kept_waiting(phone, standin):
    held = standin.hold("GET", "/gateway")
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(phone.get(f"{standin.base}/gateway"))
        await held.met.wait()
        assert not task.done()
        held.until.set()
    task.result().close()
