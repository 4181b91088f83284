"""Quote cards over real sockets: files with their descriptions, portraits, and hostile clients."""

import asyncio
import hashlib

import pytest
from loopback import payloads
from loopback.payloads import CHANNEL_ID, GUILD_ID

from bot.cards.errors import PaintingError
from bot.ui.controls import base36

pytest_plugins = ["loopback.fixtures"]

CARD, SAVE = "Make quote card", "Save to quote book"
MODERATOR = str(int(payloads.ORDINARY) | 1 << 13)
POLL = {
    "question": {"text": "When is the next chapter?"},
    "answers": [{"answer_id": 1, "poll_media": {"text": "Never"}}],
    "expiry": "2030-01-01T00:00:00+00:00",
    "allow_multiselect": False,
    "layout_type": 1,
}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def mod(standin):
    return standin.reader("mod", permissions=MODERATOR)


async def test_a_card_is_a_file_with_a_description_and_the_words_beside_it(
    bureau, standin, vera, ivan
):
    card = await ivan.use_menu(CARD, vera.says("Every map is a promise."))

    (attachment,) = card.message["attachments"]
    assert standin.files[attachment["id"]].startswith(PNG)
    assert attachment["filename"] == "quote-1.png"
    assert "Every map is a promise." in attachment["description"]
    assert "> Every map is a promise." in card.text
    assert not card.ephemeral


async def test_a_message_of_four_thousand_characters_is_whole_in_words(bureau, standin, vera, ivan):
    hostile = ("@everyone **x** ||y|| [a](https://b.c) <@1> `\u202e " * 100)[:4000]

    card = await ivan.use_menu(CARD, vera.says(hostile))

    (attachment,) = card.message["attachments"]
    assert len(attachment["description"]) <= 1024
    assert "@everyone" not in card.text
    assert "\u202e" not in card.text
    assert card.embed["description"].count("||") % 2 == 0
    (sent,) = standin.made("PATCH", "/messages/@original")
    assert sent.payload["allowed_mentions"] == {"parse": []}


async def test_the_portrait_comes_from_the_cdn_as_a_small_still_png(bureau, standin, vera, ivan):
    animated = "a_" + "0" * 32
    vera.person["avatar"] = animated
    path = f"avatars/{vera.person['id']}/{animated}.png"
    asked = []

    class Portraits(dict):
        def get(self, path, default=None):
            asked.append(path)
            return default

    standin.portraits = Portraits()
    card = await ivan.use_menu(CARD, vera.says("With a face."))

    assert asked == [path]
    assert card.message["attachments"]


@pytest.mark.parametrize("trouble", ["too large", "broken", "never comes"])
async def test_a_portrait_that_cannot_be_had_is_no_reason_to_fail(
    bureau, standin, vera, ivan, trouble, monkeypatch
):
    monkeypatch.setattr("bot.ui.quote_people._PORTRAIT", 0.2)
    vera.person["avatar"] = "0" * 32
    released = asyncio.Event()

    class Portraits(dict):
        def get(self, _path, _default=None):
            return {"too large": b"x" * 2_000_000}.get(trouble, b"not a picture")

    standin.portraits = Portraits()
    if trouble == "never comes":

        async def never(_http, _url):
            await released.wait()

        monkeypatch.setattr("discord.http.HTTPClient.get_from_cdn", never)
    card = await ivan.use_menu(CARD, vera.says("Without a face."))
    released.set()

    assert card.message["attachments"]


async def test_without_leave_to_attach_the_words_go_alone(bureau, standin, vera, ivan, monkeypatch):
    few = str(int(payloads.EVERYTHING) & ~(1 << 15))
    monkeypatch.setattr(payloads, "EVERYTHING", few)

    card = await ivan.use_menu(CARD, vera.says("Only words."))

    assert "> Only words." in card.text
    assert "may not attach" in card.text
    assert card.message["attachments"] == []


async def test_when_the_press_breaks_the_words_go_alone(bureau, vera, ivan, monkeypatch):
    async def broken(_painter, _scene):
        raise PaintingError

    monkeypatch.setattr("bot.cards.painter.Painter.paint", broken)

    card = await ivan.use_menu(CARD, vera.says("Ink everywhere."))

    assert "> Ink everywhere." in card.text
    assert "could not draw" in card.text


async def test_two_who_ask_at_once_get_one_card(bureau, standin, vera, ivan):
    message = vera.says("Only one.")
    mei = standin.reader("mei")

    answers = await asyncio.gather(*(each.use_menu(CARD, message) for each in (ivan, mei)))

    assert sum(len(each.message["attachments"]) for each in answers) == 1


async def test_another_style_is_put_in_the_place_of_the_first(
    bureau, standin, vera, ivan, unhurried
):
    card = await ivan.use_menu(CARD, vera.says("Restyled."))
    first = card.message["attachments"][0]["id"]

    plain = await ivan.click(card, "Plain")

    (attachment,) = plain.message["attachments"]
    assert plain.message["id"] == card.message["id"]
    assert attachment["id"] != first
    assert standin.files[attachment["id"]] != standin.files[first]
    assert "> Restyled." in plain.text


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"webhook_id": GUILD_ID}, "webhook"),
        ({"type": 7}, "Discord is not quoted"),
        ({"author": payloads.user(payloads.snowflake(), "robot", bot=True)}, "program"),
        (
            {
                "message_reference": {
                    "type": 1,
                    "message_id": GUILD_ID,
                    "channel_id": CHANNEL_ID,
                    "guild_id": GUILD_ID,
                },
                "message_snapshots": [
                    {
                        "message": {
                            "type": 0,
                            "content": "Somebody else's.",
                            "embeds": [],
                            "attachments": [],
                            "timestamp": payloads.timestamp(),
                            "edited_timestamp": None,
                            "flags": 0,
                            "components": [],
                            "mentions": [],
                            "mention_roles": [],
                        }
                    }
                ],
            },
            "forwarded",
        ),
    ],
    ids=["webhook", "system", "bot", "forward"],
)
async def test_what_is_nobodys_own_words_is_refused(bureau, vera, ivan, more, reason):
    for menu in (CARD, SAVE):
        refused = await ivan.use_menu(menu, vera.says("Words." if "type" in more else "", **more))

        assert reason in refused.text
        assert refused.ephemeral


async def test_a_message_without_words_says_what_it_is_instead(bureau, vera, ivan):
    file = {
        "id": payloads.snowflake(),
        "filename": "cat.png",
        "size": 5,
        "url": "https://cdn.discordapp.com/a/b/cat.png",
        "proxy_url": "https://cdn.discordapp.com/a/b/cat.png",
    }
    for more, reason in (
        ({"attachments": [file]}, "only a file"),
        ({"embeds": [{"type": "rich", "title": "x"}]}, "only a preview"),
        ({"poll": POLL}, "poll cannot be quoted"),
        ({}, "no words"),
    ):
        assert reason in (await ivan.use_menu(CARD, vera.says("", **more))).text


async def test_a_reply_is_quoted_as_what_it_says(bureau, vera, ivan):
    answered = {"message_id": GUILD_ID, "channel_id": CHANNEL_ID, "guild_id": GUILD_ID}
    reply = vera.says("I disagree.", type=19, message_reference=answered)

    assert "> I disagree." in (await ivan.use_menu(CARD, reply)).text


async def test_somebody_who_left_is_not_quoted(bureau, standin, vera, ivan):
    message = vera.says("Farewell.")
    del standin.members[vera.person["id"]]

    assert "has left" in (await ivan.use_menu(CARD, message)).text


@pytest.mark.parametrize("status", [500, 403, None])
async def test_a_discord_that_does_not_tell_of_members_is_no_reason_to_fail(
    bureau, standin, vera, ivan, status, no_waiting
):
    standin.fail("GET", f"/members/{vera.person['id']}", status, times=20)

    assert "> Go on." in (await ivan.use_menu(CARD, vera.says("Go on."))).text


async def test_a_channel_the_bot_cannot_read_is_quoted_all_the_same(
    bureau, standin, vera, ivan, unhurried, monkeypatch
):
    blind = str(int(payloads.EVERYTHING) & ~(1 << 10 | 1 << 16))
    monkeypatch.setattr(payloads, "EVERYTHING", blind)
    message = vera.says("Behind a curtain.")
    standin.fail("GET", f"/messages/{message['id']}", 403, times=9)

    card = await ivan.use_menu(CARD, message)
    again = await ivan.slash("quote random", private=True)

    assert card.message["attachments"]
    assert "> Behind a curtain." in again.text


async def test_one_may_quote_oneself_though_nobody_else_may(bureau, vera, ivan):
    await vera.slash("privacy quoting", choice="refuse")
    message = vera.says("I said so myself.")

    refused = await ivan.use_menu(CARD, message)
    own = await vera.use_menu(CARD, message)

    assert "rather not be quoted" in refused.text
    assert "> I said so myself." in own.text
    assert own.message["attachments"]


async def test_where_the_bot_is_no_member_there_is_no_book(bureau, standin, vera):
    guest = standin.reader("guest", place="a server without the bot")
    refused = await guest.use_menu(SAVE, vera.says("Elsewhere."))

    assert "servers I am a member of" in refused.text
    assert "servers I am a member of" in (await guest.slash("quote list")).text


async def test_a_forged_id_removes_and_answers_nothing(bureau, standin, vera, ivan, mod, unhurried):
    card = await ivan.use_menu(CARD, vera.says("Mine."))
    eve = standin.reader("eve")
    for custom_id in (
        "qd:1",
        "qd:zzzzzzzzzzzzz",
        "qd:99",
        "qs:plain:zzzzzzzzzzzzz",
        "qs:plain:99",
        "qa:1:y",
        "qa:zzzzzzzzzzzzz:y",
        "pd:1",
        f"pd:{base36(int(vera.person['id']))}",
        "qt:plain:no-such/entry",
        "qc:no-such/entry",
    ):
        refused = await eve.forge(card, custom_id)
        assert refused.ephemeral, custom_id
        assert "our fault" not in refused.text, custom_id
    for value in ("zzzzzzzzzzzzz", "", "-1", "1; DROP TABLE quote"):
        refused = await eve.forge(card, "qm:1", value)
        assert "no such quote" in refused.text

    assert "Mine." in (await vera.slash("quote list")).text
    assert card.message["id"] in standin.messages


@pytest.mark.parametrize("who", ["vera", "ivan", "mod"])
async def test_a_removed_card_is_gone_from_the_channel(bureau, standin, vera, ivan, mod, who):
    person = {"vera": vera, "ivan": ivan, "mod": mod}[who]
    card = await ivan.use_menu(CARD, vera.says("Take it down."))

    done = await person.click(card, "Remove")

    assert card.message["id"] not in standin.messages
    assert "out of the quote book" in done.followups[0]["content"]
    assert done.followups[0]["flags"] & 64


async def test_a_card_that_cannot_be_taken_down_is_told_of(bureau, standin, vera, ivan):
    await ivan.use_menu(CARD, vera.says("Stuck."))
    standin.fail("DELETE", "", 403)
    number = int((await ivan.autocomplete("quote remove", id=1)).choices[0])

    done = await ivan.slash("quote remove", id=number)

    assert "could not take down" in done.text


async def test_the_question_pings_its_author_and_nobody_else(bureau, standin, vera, ivan):
    await vera.slash("privacy quoting", choice="ask")

    question = await ivan.use_menu(CARD, vera.says("@everyone perhaps"))

    pinged = question.data["allowed_mentions"]
    assert pinged == {"parse": [], "users": [vera.person["id"]]}
    assert "perhaps" not in question.text
    agreed = await vera.click(question, "You may")
    assert agreed.message["attachments"]
    assert agreed.message["id"] == question.message["id"]


async def test_the_words_of_an_age_restricted_channel_stay_in_it(
    standin, open_bureau, vera, ivan, monkeypatch
):
    ordinary = payloads.channel
    monkeypatch.setattr(payloads, "channel", lambda *place: ordinary(*place) | {"nsfw": True})
    async with open_bureau():
        card = await ivan.use_menu(CARD, vera.says("After dark."))
        assert card.message["attachments"]
        assert "After dark." in (await vera.slash("quote list")).text
    monkeypatch.setattr(payloads, "channel", ordinary)

    async with open_bureau():
        assert "After dark." not in (await vera.slash("quote list")).text
        assert "After dark." not in (await ivan.slash("quote list", private=True)).text
    assert standin.violations == []


async def test_an_edited_message_is_told_of_and_the_book_has_what_it_said(
    bureau, standin, vera, ivan
):
    message = vera.says("Before.")
    await ivan.use_menu(SAVE, message)

    again = await ivan.use_menu(SAVE, message | {"content": "After."})

    assert "edited since" in again.text
    assert "Before." in (await ivan.slash("quote list")).text


async def test_the_picture_is_never_kept(bureau, standin, vera, ivan):
    card = await ivan.use_menu(CARD, vera.says("Nowhere on disk."))
    picture = standin.files[card.message["attachments"][0]["id"]]
    await bureau.services.database.checkpoint()

    kept = bureau.services.database.path.read_bytes()

    assert b"Nowhere on disk." in kept
    assert picture[:200] not in kept
    assert hashlib.sha256(b"Nowhere on disk.").hexdigest().encode() in kept


async def test_an_entry_becomes_a_card_for_everybody(bureau, standin, vera, ivan):
    entry = await vera.slash("event", query="june 1932", private=True)

    card = await ivan.click(entry, "Quote card")

    assert not card.ephemeral
    assert "Its three misprints become law." in card.text
    assert "Source: Annals of the Paper Republic" in card.text
    assert "misprints" in card.message["attachments"][0]["description"]


async def test_a_card_of_a_long_passage_says_what_was_asked_in_every_style(
    bureau, vera, ivan, unhurried
):
    entry = await vera.slash("event", query="bailiff boots receipt", private=True)

    card = await ivan.click(entry, "Quote card")
    plain = await ivan.click(card, "Plain")

    for each in (card, plain):
        (picture,) = each.message["attachments"]
        assert "took off his boots, and signed the receipt for her." in each.text
        assert "took off his boots" in picture["description"]
        assert "never paid a tax" not in each.text
