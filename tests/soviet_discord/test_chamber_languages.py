"""A server that speaks Russian, and readers who do not all do so themselves."""

import re

import pytest
import simcord.interactions
from soviet_discord.conftest import labels, text_of
from worlds import last_request

TEXT = "Отправить автора на море."
_FREE = re.compile(r"<[@t][^>]*>|правила \w+|`\w+`")
"""What is no word: people, moments, the beginning of a hash, the code of a ballot."""


@pytest.fixture
def locales(monkeypatch):
    """Who reads Discord in which language, by id; simcord knows only English."""
    known, base = {}, simcord.interactions.base_payload

    def with_locale(backend, **given):
        record, payload = base(backend, **given)
        return record, {**payload, "locale": known.get(given["user_id"], "en-US")}

    monkeypatch.setattr(simcord.interactions, "base_payload", with_locale)
    return known


def foreign(text):
    """Return the words of *text* that are not in Cyrillic."""
    return re.findall(r"[A-Za-z]{2,}", _FREE.sub("", text))


async def test_what_everybody_sees_is_the_servers_and_what_one_sees_is_their_own(house, locales):
    locales.update({house.vera.id: "ru", house.mei.id: "ru", house.otto.id: "de"})
    message = await house.move(TEXT)
    assert "Motion № 1 · tabled" in text_of(message), "until a language is chosen"

    panel = (await house.admin.slash(house.channel, "setup")).response
    await house.admin.select(panel, ["ru"], custom_id="su:l")
    await house.later(6)
    tabled = house.seen(message)
    second = await house.otto.click(tabled, label="Поддержать")
    await house.later(6)
    opened = house.seen(message)
    receipt = await house.mei.click(opened, label="За")
    await house.until_closed()

    (verdict,) = [each for each in house.said() if "· решение" in text_of(each)]
    assert "Предложение № 1 · внесено" in text_of(tabled)
    assert labels(opened) == ["За", "Против", "Воздержание", "Мой голос"]
    assert "Unterstützt. Über Antrag Nr. 1 wird nun abgestimmt." in text_of(second.response)
    assert "Учтено: **За**." in text_of(receipt.response)
    assert f"ПРИНЯТО: {TEXT}" in text_of(verdict)
    for shown in (tabled, opened, receipt.response, verdict, house.seen(message)):
        assert foreign(text_of(shown)) == []
    sent = last_request(house.world, f"/channels/{house.channel.id}/messages").json
    (picture,) = sent["attachments"]
    assert "Предложение № 1: ПРИНЯТО" in picture["description"]
    assert foreign(picture["description"]) == []


async def test_minutes_are_the_servers_whoever_asks(house, locales):
    services, guild_id = house.services, house.world.guild.id
    await services.guilds.choose(guild_id, "language", "de", house.admin.id)
    message = await house.move(TEXT)
    await house.otto.click(message, label="Unterstützen")
    await house.later(1)
    await house.until_closed()
    locales[house.mei.id] = "ru"

    handed = (await house.mei.slash(house.channel, "soviet minutes", number="1")).response

    assert "Предложение № 1 · протокол" in text_of(handed)
    (file,) = handed.attachments
    said = (await file.read()).decode("utf-8-sig")
    assert said.startswith("OBERSTER SOWJET · PROTOKOLL ZU ANTRAG Nr. 1\n")
    assert "ERGEBNIS: ABGELEHNT (niemand hat für oder gegen etwas gestimmt)" in said
