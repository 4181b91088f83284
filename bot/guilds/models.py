"""The choices of a server, by name."""

from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """What may be chosen. The values are kept in the database: never change one."""

    ADMIN_CHANNEL = "channel.admins"
    CHAPTER_CHANNEL = "channel.chapters"
    SOVIET_CHANNEL = "channel.soviet"
    ANNOUNCER_ROLE = "role.announcer"
    CARD_STYLE = "cards.style"
    TIME_ZONE = "time.zone"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The choices of one server; None where none was made. Ids are Discord's snowflakes.

    *admin_channel*: where the bot tells the admins what needs them. *chapter_channel*,
    *soviet_channel*: where announcements and motions go when nothing else is said.
    *announcer_role*: who may announce chapters besides those who manage the server. *card_style*:
    the name of a style of cards. *time_zone*: an IANA name. *language*: one of
    `bot.language.speech.LANGUAGES`, in which is written whatever stays in a channel.
    """

    guild_id: int
    admin_channel: int | None = None
    chapter_channel: int | None = None
    soviet_channel: int | None = None
    announcer_role: int | None = None
    card_style: str | None = None
    time_zone: str | None = None
    language: str | None = None
