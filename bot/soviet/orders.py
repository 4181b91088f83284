"""Standing orders: numbered articles of a guild, with defaults and bounds. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it stands: *value* as it is written, *takes* what may be written there."""

    number: int
    key: str
    title: str
    value: str
    takes: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class Orders:
    """The articles at a version; 0 is the orders as the house came."""

    version: int
    articles: tuple[Article, ...]
