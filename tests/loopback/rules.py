"""Discord's limits, checked: each function yields in words what is wrong with a payload.

From Discord's documentation (resources/message, interactions/application-commands, components).
"""

import re
import unicodedata

from loopback.layouts import MENUS, faults_of_layout, is_layout, parts_of

MENTION = re.compile(r"@everyone|@here|<@[!&]?\d+>")
ROW, BUTTON, MENU = 1, 2, 3
LINK = 5
COMMAND = 1
GROUPING = {1, 2}  # the option types "subcommand" and "subcommand group"


def faults_of_callback(kind, data):
    """Yield the faults of an interaction callback of type *kind*."""
    if kind == 8:
        yield from faults_of_choices(data.get("choices"))
    elif kind == 4:
        yield from faults_of_new_message(data)
    elif kind == 7:
        yield from faults_of_message(data)
    elif kind == 9:
        yield from faults_of_form(data)
    elif kind not in {5, 6}:
        yield f"this bot has no business with a callback of type {kind}"


def faults_of_new_message(data):
    if not any(data.get(part) for part in ("content", "embeds", "components", "attachments")):
        yield "Cannot send an empty message"
    yield from faults_of_message(data)


def faults_of_message(data):
    if is_layout(data):
        yield from faults_of_layout(data)
        parts = [part for part, _ in parts_of(data.get("components") or [])]
        yield from _faults_of_parts([part for part in parts if part["type"] in {BUTTON, *MENUS}])
        return
    content = data.get("content") or ""
    yield from _length("content", content, 0, 2000)
    if MENTION.search(content) and data.get("allowed_mentions") is None:
        yield "content mentions somebody, and no allowed_mentions says who may be pinged"
    embeds = data.get("embeds") or []
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds, 10 at most"
    for embed in embeds:
        yield from _faults_of_embed(embed)
    if (size := sum(map(_size, embeds))) > 6000:
        yield f"embeds have {size} characters together, 6000 at most"
    yield from _faults_of_rows(data.get("components") or [])


def faults_of_form(data):
    yield from _length("form title", data.get("title") or "", 1, 45)
    yield from _length("custom_id", data.get("custom_id") or "", 1, 100)
    rows = data.get("components") or []
    if not 1 <= len(rows) <= 5:
        yield f"a form of {len(rows)} rows, 1 to 5 it must have"
    for field in (part for row in rows for part in row.get("components") or [row["component"]]):
        yield from _length("custom_id", field.get("custom_id") or "", 1, 100)
        yield from _length("field label", field.get("label"), 1, 45)
        yield from _length("field value", field.get("value"), 0, field.get("max_length") or 4000)


def faults_of_choices(choices):
    if not isinstance(choices, list):
        yield "choices are required"
        return
    if len(choices) > 25:
        yield f"{len(choices)} choices, 25 at most"
    for choice in choices:
        for name in _said(choice, "name"):
            yield from _length("choice name", name, 1, 100)
        yield from _length("choice value", str(choice["value"]), 1, 100)


def faults_of_commands(commands):
    """Yield the faults of a bulk upsert."""
    typed = [each for each in commands if each.get("type", COMMAND) == COMMAND]
    if _has_twins(typed) or _has_twins([each for each in commands if each not in typed]):
        yield "two commands have one name"
    if len(typed) > 100:
        yield "more than 100 commands"
    for command in commands:
        if command.get("type", COMMAND) == COMMAND:
            yield from _faults_of_named(command)
        else:
            for name in _said(command, "name"):
                yield from _length("menu name", name, 1, 32)
        if (size := _command_size(command)) > 8000:
            yield f"/{command['name']} has {size} characters, 8000 at most"


def _faults_of_embed(embed):
    yield from _length("embed title", embed.get("title"), 0, 256)
    yield from _length("embed description", embed.get("description"), 0, 4096)
    yield from _length("embed footer", (embed.get("footer") or {}).get("text"), 0, 2048)
    yield from _length("embed author", (embed.get("author") or {}).get("name"), 0, 256)
    fields = embed.get("fields") or []
    if len(fields) > 25:
        yield f"{len(fields)} embed fields, 25 at most"
    for field in fields:
        yield from _length("field name", field.get("name", ""), 1, 256)
        yield from _length("field value", field.get("value", ""), 1, 1024)
    shown = ("title", "description", "author", "footer", "image", "thumbnail")
    if not fields and not any(embed.get(part) for part in shown):
        yield "an empty embed"


def _size(embed):
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)


def _faults_of_rows(rows):
    if len(rows) > 5:
        yield f"{len(rows)} rows, 5 at most"
    for row in rows:
        parts = row.get("components") or []
        if row.get("type") != ROW or not parts:
            yield "an empty row, or a component outside a row"
        kinds = [part["type"] for part in parts]
        if len(kinds) > 5 or (MENUS & set(kinds) and len(kinds) > 1):
            yield f"a row holds 5 buttons or 1 menu, not components of types {kinds}"
    yield from _faults_of_parts([part for row in rows for part in row.get("components") or []])


def _faults_of_parts(parts):
    for part in parts:
        yield from _faults_of_menu(part) if part["type"] in MENUS else _faults_of_button(part)
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    if len(set(ids)) < len(ids):
        yield f"custom_id cannot be duplicated: {sorted(ids)}"


def _faults_of_button(part):
    yield from _length("button label", part.get("label"), 0, 80)
    if not part.get("label") and not part.get("emoji"):
        yield "a button without label and emoji"
    if part.get("style") == LINK:
        if not part.get("url") or "custom_id" in part:
            yield "a link button has a url and no custom_id"
    else:
        yield from _length("custom_id", part.get("custom_id", ""), 1, 100)


def _faults_of_menu(part):
    options = part.get("options") or []
    yield from _length("custom_id", part.get("custom_id", ""), 1, 100)
    yield from _length("placeholder", part.get("placeholder"), 0, 150)
    if part["type"] == MENU and not 1 <= len(options) <= 25:
        yield f"a menu of {len(options)} options, 1 to 25 it must have"
    for option in options:
        yield from _length("option label", option["label"], 1, 100)
        yield from _length("option value", option["value"], 1, 100)
        yield from _length("option description", option.get("description"), 0, 100)
    values = [option["value"] for option in options]
    if len(set(values)) < len(values):
        yield f"two options have one value: {sorted(values)}"


def _faults_of_named(part):
    """Yield the faults of a command or an option and of what is below it."""
    name, options = part["name"], part.get("options") or []
    for called in _said(part, "name"):
        if not is_name(called):
            yield f"“{called}” is no name of a command or an option"
    for description in _said(part, "description") or [""]:
        yield from _length(f"description of {name}", description, 1, 100)
    if len(options) > 25:
        yield f"{name} has {len(options)} options, 25 at most"
    wanted = [option.get("required", False) for option in options]
    if wanted != sorted(wanted, reverse=True):
        yield f"{name}: required options come first"
    if _has_twins(options):
        yield f"{name}: two options have one name"
    if len({option["type"] in GROUPING for option in options}) > 1:
        yield f"{name}: subcommands and options side by side"
    if part.get("choices"):
        yield from faults_of_choices(part["choices"])
        if part.get("autocomplete"):
            yield f"{name}: either choices or autocomplete"
    for option in options:
        yield from _faults_of_named(option)


def is_name(name):
    """Tell whether Discord takes *name*: ^[-_'\\p{L}\\p{N}]{1,32}$ in lower case."""
    letters = all(char in "-_'" or unicodedata.category(char)[0] in "LN" for char in name)
    return letters and 1 <= len(name) <= 32 and name == name.lower()


def _said(part, key):
    """Return the text of a part in all languages."""
    texts = [part.get(key), *(part.get(f"{key}_localizations") or {}).values()]
    return [text for text in texts if text is not None]


def _has_twins(parts):
    """Tell whether two parts go by one name, in English or in another language."""
    languages = {None}.union(*(part.get("name_localizations") or {} for part in parts))
    for language in languages:
        names = [
            (part.get("name_localizations") or {}).get(language, part["name"]) for part in parts
        ]
        if len(set(names)) < len(names):
            return True
    return False


def _command_size(part):
    """Return how much Discord counts of a part: of each text its longest localisation."""
    size = sum(max(map(len, _said(part, key)), default=0) for key in ("name", "description"))
    for choice in part.get("choices") or []:
        size += max(map(len, _said(choice, "name"))) + len(str(choice["value"]))
    return size + sum(map(_command_size, part.get("options") or []))


def _length(what, text, least, most):
    if text is not None and not least <= len(text) <= most:
        yield f"{what} has {len(text)} characters, {least} to {most} it must have"
