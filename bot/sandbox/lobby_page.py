"""The lobby's page, part by part: functions from what is known to HTML."""

from collections.abc import Collection, Iterable, Mapping
from html import escape

import discord

from bot.sandbox.annex import NAME as ANNEX
from bot.sandbox.annex import TOPICS as ANNEX_TOPICS
from bot.sandbox.menus import MENUS
from bot.sandbox.tour import STEPS, Step
from bot.sandbox.world import FORUM, GUILD_NAME, PEOPLE, TOPICS, Person

_SHOWN = 160
"""Characters of a message in the list of those that a menu can be used on."""


def hidden(token: str) -> str:
    """Return the field by which a form of ours is known."""
    return f'<input type="hidden" name="token" value="{escape(token)}">'


def form(action: str, token: str, inside: str, *, kind: str = "press", room: bool = False) -> str:
    """Return a form that posts; *room*: its answer is the room, in the room's own tab."""
    target = ' target="reading-room"' if room else ""
    return (
        f'<form method="post" action="{escape(action)}" class="{kind}"{target}>'
        f"{hidden(token)}{inside}</form>"
    )


def steps(token: str, done: Collection[str]) -> str:
    """Return the guided tour."""
    return "".join(_step(step, token, done) for step in STEPS)


def _step(step: Step, token: str, done: Collection[str]) -> str:
    # The room's composer takes a command from its menu only, so the option alone is copied.
    copy = (
        f'<button class="copy" type="button" hidden data-copy="{escape(step.text)}">Copy</button>'
        if step.text
        else ""
    )
    typed = f"<code><b>{escape(step.command)}</b> {escape(step.text)}</code>{copy}"
    watch = form(f"/tour/{step.key}", token, "<button>Do it for me</button>", kind="go", room=True)
    enter = form(
        f"/channels/{step.channel}",
        token,
        f'<button class="quiet">Open #{escape(step.channel)}</button>',
        kind="go",
        room=True,
    )
    state = " done" if step.key in done else ""
    return (
        f'<li data-step="{step.key}" class="step{state}"><h3>{escape(step.title)}</h3>'
        f'<p class="typed">{typed}</p><p>{step.remark}</p>'
        f'<div class="ways">{watch}{enter}</div></li>'
    )


def channels(token: str, here: str, *, annex: bool) -> str:
    """Return the channels of the room and, once it stands, of the annex."""
    room = _server(GUILD_NAME, TOPICS, token, here)
    return room + (_server(ANNEX, ANNEX_TOPICS, token, here) if annex else "")


def _server(name: str, topics: Mapping[str, str], token: str, here: str) -> str:
    rows = "".join(_channel(each, topic, token, here) for each, topic in topics.items())
    return f'<h3>{escape(name)}</h3><ul class="channels">{rows}</ul>'


def _channel(name: str, topic: str, token: str, here: str) -> str:
    about = f"<strong>#{escape(name)}</strong><span>{escape(topic)}</span>"
    if name == FORUM:
        return f'<li class="shut">{about}<em>a forum; nobody has posted yet</em></li>'
    current = ' aria-current="true"' if name == here else ""
    opens = form(f"/channels/{name}", token, f"<button>{about}</button>", kind="go", room=True)
    return f'<li data-channel="{escape(name)}"{current}>{opens}</li>'


def people(token: str, viewer: str) -> str:
    """Return everybody of the room, with the button to be them."""
    return "".join(_person(person, token, viewer) for person in PEOPLE)


def _person(person: Person, token: str, viewer: str) -> str:
    picture = f'<img src="/portraits/{escape(person.key)}.png" alt="" width="48" height="48">'
    about = f"<div><strong>{escape(person.name)}</strong><span>{escape(person.line)}</span></div>"
    current = ' aria-current="true"' if person.key == viewer else ""
    inside = f"<button>{picture}{about}</button>"
    be = form(f"/people/{person.key}", token, inside, kind="go", room=True)
    return f'<li data-person="{escape(person.key)}"{current}>{be}</li>'


def askers(viewer: str) -> str:
    """Return the options of whom one may be."""
    return "".join(
        f'<option value="{escape(person.key)}"{" selected" if person.key == viewer else ""}>'
        f"{escape(person.name)}</option>"
        for person in PEOPLE
    )


def quotable(said: Iterable[discord.Message]) -> str:
    """Return what a message menu can be used on, each with its menu."""
    return "".join(map(_message, said))


def _message(message: discord.Message) -> str:
    said = " ".join(message.content.split())
    buttons = "".join(
        f'<button name="use" value="{key}:{message.id}">{escape(name)}</button>'
        for key, name in MENUS.items()
    )
    name = escape(message.author.display_name)
    return f"<li><p><strong>{name}</strong> {escape(said[:_SHOWN])}</p><div>{buttons}</div></li>"


def branch(token: str, feed: str, *, annex: bool) -> str:
    """Return the way of an admin: add the bot to an empty server, or what to do there next."""
    if not annex:
        add = form(
            "/annex",
            token,
            "<button>Add Samizdat to an empty server</button>",
            kind="go",
            room=True,
        )
        return (
            "<p>Be the admin: the bot joins a server with four empty channels, by the link it"
            " prints, with the least it asks for. See how far it is to the first ping."
            f"</p>{add}"
        )
    copy = f'<button class="copy" type="button" hidden data-copy="{escape(feed)}">Copy</button>'
    return (
        "<ol>"
        "<li>In #welcome, as Nadia: <code><b>/setup</b></code>. Choose <b>#chapters</b>; a test"
        " ping is one click.</li>"
        f"<li><b>Follow a story</b>, and paste its address: <code>{escape(feed)}</code>{copy}</li>"
        "<li><b>Ring me with each chapter</b>, or choose a role.</li>"
        "<li><b>Drop the next chapter</b>, above: it rings in #chapters.</li></ol>"
    )
