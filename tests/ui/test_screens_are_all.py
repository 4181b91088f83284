"""Whatever the bot shows is among the screens that are held to Discord's limits.

A builder is a function of `bot/ui` that returns what is shown, or a class of what is shown. It is
drawn by `tests/ui/screens.py`, or by a builder that is; or it stands below with the reason.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHOWN = {"Reply", "Screen", "Embed", "View", "Post", "Json", "Form", "LayoutView", "Modal"}
SHOWN |= {"LastingForm"}
FOLDER = "bot/ui"

ELSEWHERE = {
    "bot.ui.chapter_card.ChapterComposer.thread": "the name of a thread, no message",
    "bot.ui.lore_controls.answered": "asks, and shows an entry or a list",
    "bot.ui.lore_controls.reply_to": "shows an entry or a list",
    "bot.ui.quote_lists.listed": "asks, and shows `page_embed` and its menu, or `standings_embed`",
    "bot.ui.soviet.amendments.amendments": "asks, and shows `amendments_screen`",
    "bot.ui.soviet.business.business": "asks, and shows `business_screen`",
    "bot.ui.soviet.business.older": "asks, and shows `older_screen`",
    "bot.ui.soviet.business.shown": "asks, and shows `motion_screen`",
    "bot.ui.soviet.lists.said": "a sentence of ours, alone",
    "bot.ui.soviet.screen.Screen.reply": "says what `Screen.body` says",
}


def last_word(node):
    """Return the last word of an annotation or a base: `discord.Embed` → Embed."""
    match node:
        case ast.Attribute():
            return node.attr
        case ast.Name():
            return node.id
        case ast.Constant() if isinstance(node.value, str):
            return last_word(ast.parse(node.value, mode="eval").body)
        case ast.Subscript():
            return last_word(node.value)
        case ast.BinOp():
            return last_word(node.left)
    return ""


class Module:
    """What a module defines and, of each definition, which names of others it uses."""

    def __init__(self, name, source):
        self.name = name
        self.tree = ast.parse(source)
        self.imported = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for each in node.names:
                    self.imported[each.asname or each.name] = f"{node.module}.{each.name}"
        self.own = {
            node.name
            for node in self.tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }

    def uses(self, node):
        """Yield the whole names of what *node* mentions; of a method it calls, `.method`."""
        called = {id(each.func) for each in ast.walk(node) if isinstance(each, ast.Call)}
        for each in ast.walk(node):
            if isinstance(each, ast.Name) and each.id in self.imported:
                yield self.imported[each.id]
            elif isinstance(each, ast.Name) and each.id in self.own:
                yield f"{self.name}.{each.id}"
            elif isinstance(each, ast.Attribute):
                of = each.value.id if isinstance(each.value, ast.Name) else ""
                if of in self.imported:
                    yield f"{self.imported[of]}.{each.attr}"
                if id(each) in called:
                    yield f".{each.attr}"

    def definitions(self):
        """Yield (whole name, node, whether it builds something) of functions, methods, classes."""
        for node in self.tree.body:
            if isinstance(node, ast.ClassDef):
                builds = any(last_word(base) in SHOWN for base in node.bases)
                yield f"{self.name}.{node.name}", node, builds
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef):
                        builds = last_word(inner.returns) in SHOWN
                        yield f"{self.name}.{node.name}.{inner.name}", inner, builds
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{self.name}.{node.name}", node, last_word(node.returns) in SHOWN


def made_by(node):
    """Return what runs when *node* is called: of a class, how it is made."""
    if not isinstance(node, ast.ClassDef):
        return node
    made = [each for each in node.body if getattr(each, "name", "") == "__init__"]
    return ast.Module([*node.bases, *made], [])


def not_drawn(modules, screens):
    """Return the builders of *modules* that nothing in *screens* draws."""
    builders, uses = set(), {}
    for module in modules:
        for name, node, builds in module.definitions():
            uses[name] = set(module.uses(made_by(node)))
            if builds and not name.rpartition(".")[2].startswith("_"):
                builders.add(name)
    methods = {name for name in uses if name.split(".")[-2][0].isupper()}
    drawn, waiting = set(), list(screens.uses(screens.tree))
    while waiting:
        named = waiting.pop()
        found = {named} if named in uses else set()
        if named.startswith("."):
            found = {name for name in methods if name.endswith(named)}
        for each in found - drawn:
            drawn.add(each)
            waiting += uses[each]
    return builders - drawn


def modules_of(folder):
    for path in sorted((ROOT / folder).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield Module(name, path.read_text("utf-8"))


def screens():
    return Module("ui.screens", (ROOT / "tests/ui/screens.py").read_text("utf-8"))


def test_every_screen_is_drawn_at_its_longest_or_named_with_the_reason():
    assert not_drawn(modules_of(FOLDER), screens()) == set(ELSEWHERE)


def test_a_screen_that_was_forgotten_is_noticed():
    source = (
        "import discord\n"
        "class Box:\n"
        "    def card(self) -> discord.Embed: return made()\n"
        "    def lid(self) -> discord.Embed: ...\n"
        "def made() -> discord.Embed: return _part()\n"
        "def _part() -> discord.Embed: ...\n"
        "def forgotten() -> 'Reply | None': ...\n"
        "class Window(discord.ui.Modal): ...\n"
        "def words() -> str: ...\n"
    )
    drawn = Module("ui.screens", "from bot.ui.box import Box\nBox().card()")

    missing = not_drawn([Module("bot.ui.box", source)], drawn)

    assert missing == {"bot.ui.box.Box.lid", "bot.ui.box.forgotten", "bot.ui.box.Window"}
