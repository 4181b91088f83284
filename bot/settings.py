"""What the operator can set: read from the environment and `.env`, all faults told at once.

No value is ever repeated in a fault: a token pasted into the wrong line would be printed with it.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import unquote

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot.errors import SettingsError
from bot.paths import project_folder

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LogFormat = Literal["text", "json"]

# token68 of RFC 9110, §11.2: all that may follow "Bot " in the Authorization header.
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
_HOST = re.compile(r"(?!.*\.\d+$)[a-z0-9_-]+(\.[a-z0-9_-]+)+")

# A shorter one would be struck out of ordinary words.
_LEAST_PASSWORD = 6

KNOWN_FEED_HOSTS = (
    "alternatehistory.com",
    "spacebattles.com",
    "sufficientvelocity.com",
    "questionablequesting.com",
    "archiveofourown.org",
    "royalroad.com",
    "fandom.com",
    "wordpress.com",
    "blogspot.com",
)
"""Where alternate history is published; each name stands for every host below it as well."""


def _clean_token(secret: SecretStr) -> SecretStr:
    # Copied out of an Authorization header it still wears the scheme; no token contains a blank.
    token = secret.get_secret_value().strip().removeprefix("Bot ").lstrip()
    if not _TOKEN.fullmatch(token):
        raise ValueError(
            "holds characters that no token has (white space, quotes, brackets or the like);"
            " copy it again from the Developer Portal: your application, Bot, Reset Token"
        )
    return SecretStr(token)


def _clean_database_url(secret: SecretStr) -> SecretStr:
    if not re.match(r"postgres(ql)?://", secret.get_secret_value()):
        raise ValueError(
            "must be postgresql://user:password@host:port/database (left out, the database is a"
            " SQLite file in DATA_DIR)"
        )
    return secret


def _clean_site(address: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", address) or len(address) > 200:
        raise ValueError("must be the address of a website, with https:// or http:// before it")
    return address.rstrip("/")


def _expand(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError("begins with ~ but there is no such home folder") from error


def _shipped_if_absent(folder: Path) -> Path:
    """Return *folder*, or the seeds that came with the program for a `seeds` that is not here."""
    shipped = folder == Path("seeds") and not folder.is_dir()
    return project_folder("seeds") if shipped else folder


def _split(separator: str) -> BeforeValidator:
    """Return what turns a text into its parts, without blank ones; anything else stays."""

    def split(value: object) -> object:
        if not isinstance(value, str):
            return value
        return [part.strip() for part in value.split(separator) if part.strip()]

    return BeforeValidator(split)


def _clean_hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Return *hosts* in small letters, `*.example.org` as `example.org`, which means the same."""
    clean = tuple(host.lower().removeprefix("*.").strip(".") for host in hosts)
    if not all(host == "*" or _HOST.fullmatch(host) for host in clean):
        raise ValueError(
            "must name hosts only, without https:// and paths, joined by commas, for example"
            " royalroad.com,blog.example.org; * allows any"
        )
    return clean


def _clean_contact(contact: str) -> str:
    if not re.fullmatch(r"[!-'*-~]{3,100}", contact):
        raise ValueError("must be one mail address or one address of a page, without blanks")
    return contact


_Folder = Annotated[Path, AfterValidator(_expand)]
_SeedFolder = Annotated[_Folder, AfterValidator(_shipped_if_absent)]
_DatabaseUrl = Annotated[SecretStr, AfterValidator(_clean_database_url)]
_Token = Annotated[SecretStr, AfterValidator(_clean_token)]
# Ids grew to 17 digits in the first months of Discord, and SQLite's integers end at 63 bits.
_Snowflake = Annotated[int, Field(ge=10**16, lt=2**63)]


class Settings(BaseModel):
    """Every setting. *description* ends the sentence "NAME must be …" when a value is refused."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", hide_input_in_errors=True, validate_by_name=True
    )

    token: _Token | None = Field(
        default=None, validation_alias="DISCORD_TOKEN", description="the bot's token"
    )
    data_dir: _Folder = Field(
        default=Path("data"), validation_alias="DATA_DIR", description="the path of a folder"
    )
    database_url: _DatabaseUrl | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="postgresql://user:password@host:port/database",
    )
    seeds_dirs: Annotated[tuple[_SeedFolder, ...], _split(os.pathsep), Field(min_length=1)] = Field(
        default_factory=lambda: (_shipped_if_absent(Path("seeds")),),
        validation_alias="SEEDS_DIR",
        description=f"the path of a folder, or several joined by “{os.pathsep}”",
    )
    log_level: Annotated[LogLevel, BeforeValidator(str.upper)] = Field(
        default="INFO",
        validation_alias="LOG_LEVEL",
        description="DEBUG, INFO, WARNING, ERROR or CRITICAL",
    )
    log_format: Annotated[LogFormat, BeforeValidator(str.lower)] = Field(
        default="text", validation_alias="LOG_FORMAT", description="text or json"
    )
    dev_guild_id: _Snowflake | None = Field(
        default=None,
        validation_alias="DEV_GUILD_ID",
        description="the id of a server (17 to 19 digits: Developer Mode, Copy Server ID)",
    )
    shard_count: Annotated[int, Field(ge=1)] | None = Field(
        default=None, validation_alias="SHARD_COUNT", description="a whole number, 1 or more"
    )
    shard_ids: Annotated[tuple[int, ...], _split(",")] | None = Field(
        default=None,
        validation_alias="SHARD_IDS",
        description="whole numbers joined by commas, for example 0,1",
    )

    feed_hosts: Annotated[
        tuple[str, ...], _split(","), Field(min_length=1), AfterValidator(_clean_hosts)
    ] = Field(
        default=KNOWN_FEED_HOSTS,
        validation_alias="FEED_HOSTS",
        description="names of hosts joined by commas, or * for any",
    )
    feed_allow_loopback: bool = Field(
        default=False, validation_alias="FEED_ALLOW_LOOPBACK", description="0 or 1"
    )
    contact: Annotated[str, AfterValidator(_clean_contact)] | None = Field(
        default=None,
        validation_alias="CONTACT",
        description="one mail address or one address of a page",
    )
    site_url: Annotated[str, AfterValidator(_clean_site)] | None = Field(
        default=None,
        validation_alias="SITE_URL",
        description="the address of a website, with https:// or http:// before it",
    )
    discord_api: Annotated[str, AfterValidator(_clean_site)] | None = Field(
        default=None,
        validation_alias="DISCORD_API",
        description="the address of a proxy for Discord's REST API, with https:// or http://",
    )
    health_port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None,
        validation_alias="HEALTH_PORT",
        description="a port from 1 to 65535",
    )

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must never be told: the token, the address of the database, and its password."""
        known = tuple(secret for secret in (self.token, self.database_url) if secret is not None)
        if self.database_url is None:
            return known
        login = self.database_url.get_secret_value().partition("://")[2].rpartition("@")[0]
        password = login.partition(":")[2]
        forms = {form for form in (password, unquote(password)) if len(form) >= _LEAST_PASSWORD}
        return (*known, *map(SecretStr, sorted(forms)))

    def page_of(self, work: str) -> str | None:
        """Return the address of a work's page on the website, None without SITE_URL."""
        return None if self.site_url is None else f"{self.site_url}/{work}.html"

    @field_validator("shard_ids")
    @classmethod
    def _shards_exist(
        cls, ids: tuple[int, ...] | None, info: ValidationInfo
    ) -> tuple[int, ...] | None:
        if ids is None:
            return None
        if not ids or min(ids) < 0 or len(set(ids)) < len(ids):
            raise ValueError("must name each shard once, from 0, joined by commas, for example 0,1")
        # A SHARD_COUNT that is itself at fault is absent here, and is told of on its own.
        count = info.data.get("shard_count", max(ids) + 1)
        if count is None:
            raise ValueError("needs SHARD_COUNT, the number of shards of all processes together")
        if max(ids) >= count:
            raise ValueError(f"must hold only numbers below SHARD_COUNT, so 0 to {count - 1}")
        return ids

    @classmethod
    def from_env(cls, mapping: Mapping[str, str]) -> Self:
        """Return the settings that *mapping* (variable → text) holds; a blank text counts as unset.

        Raises:
            SettingsError: one line for each variable at fault; no line repeats a value.
        """
        given = {name: text.strip() for name, text in mapping.items() if text.strip()}
        try:
            return cls.model_validate(given, by_alias=True, by_name=False)
        except ValidationError as error:
            faults = cls._sentences(error)
        # Raised out here, for pydantic's error carries every value and would be chained to ours.
        raise SettingsError("\n".join(faults))

    @classmethod
    def _sentences(cls, error: ValidationError) -> list[str]:
        wanted = {field.validation_alias: field.description for field in cls.model_fields.values()}
        sentences: dict[str, str] = {}
        for fault in error.errors(include_url=False, include_input=False):
            name = str(fault["loc"][0])
            reason = fault.get("ctx", {}).get("error") or f"must be {wanted[name]}"
            sentences.setdefault(name, f"{name} {reason}.")
        return list(sentences.values())
