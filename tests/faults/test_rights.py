"""Promise 10: what somebody may not do is refused when it is done, and changes nothing.

Every command that Discord was told, and every button and menu that is registered, sent as no honest
client would: by an ordinary member, from a private message, and by the admin of another server.
A command or control that is added is in these tables by itself; one that lets ordinary members
change something must be named in OPEN.
"""

import itertools
import logging

import pytest
from faults.harness.every_command import interaction, is_admins, leaves
from faults.harness.every_control import BUTTON, CHANNELS, STRINGS, controls, forged, form
from faults.harness.stock import CONTROLS, OPEN_CONTROLS, SAID, SHOWING, name_of, of_server, stock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loopback.payloads import EVERYTHING, GUILD_ID, ORDINARY

pytest_plugins = ["loopback.fixtures"]

OPEN = {
    *("lore progress", "subscribe", "unsubscribe"),
    *("Make quote card", "Save to quote book", "privacy quoting"),
    *("soviet motion", "soviet orders", "soviet delegate"),
}
"""Commands by which everybody changes what is their own."""
OWNERS = {"status"}
"""Commands of whoever runs the bot: not even admins of servers may."""

NOBODYS = {"quote_showing"}
"""Tables that gain rows by what everybody may do, and know nobody: where our messages are."""
FOREIGN = "a server without the bot"
STRANGERS = [
    ("ordinary", ORDINARY, "lounge"),
    ("private", ORDINARY, "a private message"),
    ("foreign", EVERYTHING, FOREIGN),
]


@pytest.fixture
async def stocked(bureau):
    await bureau.services.duties.stop()  # what is sent meanwhile would look like a change
    await stock(bureau)
    return bureau


@pytest.fixture
def strangers(standin):
    return [standin.reader(name, may, place) for name, may, place in STRANGERS]


def kept(before, after):
    """Tell whether nothing was taken away, and nothing added to the server of the others."""
    return all(
        set(rows) <= set(after[name])
        and not any(GUILD_ID in row for row in set(after[name]) - set(rows))
        for name, rows in before.items()
    )


async def told(standin, asked):
    """Return what whoever asked gets to read, and whether others see it."""
    answer = await (await standin.ask(asked)).whole()
    seen = answer.followups[-1] if answer.followups else answer.message or {}
    words = seen.get("content") or seen.get("embeds") or seen.get("components") or ""
    return str(words), bool(seen.get("flags", 0) & 64)


async def test_commands_of_admins_are_refused_in_words_and_change_nothing(
    stocked, standin, strangers, tmp_path, journal
):
    before, refused = of_server(tmp_path), []

    for leaf, stranger in itertools.product(leaves(standin), strangers):
        words, _, command = leaf
        if not is_admins(command):
            continue
        said, hidden = await told(standin, interaction(stranger, leaf, SAID))
        if stranger.place == FOREIGN:  # where they may do it, to a server of their own
            continue
        assert said, (words, stranger.place)
        assert hidden, (words, stranger.place)
        refused.append(said)

    assert kept(before, of_server(tmp_path))
    assert len(refused) > 20
    assert journal.at(logging.WARNING) == []
    nadia, sentences = standin.reader("nadia", EVERYTHING), set(refused)
    for leaf in leaves(standin):
        if is_admins(leaf[2]) and leaf[0] not in OWNERS:
            said, _ = await told(standin, interaction(nadia, leaf, SAID))
            assert said not in sentences or not said, f"/{leaf[0]} refuses those who may"


async def test_other_commands_change_nothing_of_the_server_and_nothing_of_others(
    stocked, standin, strangers, tmp_path, journal
):
    before = of_server(tmp_path)

    for leaf, stranger in itertools.product(leaves(standin), strangers):
        if not is_admins(leaf[2]) and leaf[0] not in OPEN:
            await told(standin, interaction(stranger, leaf, SAID))
            after = of_server(tmp_path)
            assert kept(before, after), (leaf[0], stranger.place)
            assert after == before or stranger.place == FOREIGN, leaf[0]

    assert journal.at(logging.WARNING) == []


async def test_what_is_everybodys_to_change_changes_their_own_only(
    stocked, standin, strangers, tmp_path
):
    before = of_server(tmp_path)

    for leaf, stranger in itertools.product(leaves(standin), strangers):
        if leaf[0] in OPEN:
            await told(standin, interaction(stranger, leaf, SAID))

    after, own = of_server(tmp_path), {stranger.person["id"] for stranger in strangers}
    for name, rows in after.items():
        gained, lost = set(rows) - set(before[name]), set(before[name]) - set(rows)
        assert not lost, name
        if name in NOBODYS:
            continue
        assert [row for row in gained if not any(number in row for number in own)] == [], name


FORMS = ("so:f:e:1", "so:f:w:2", "so:f:e:zzzzzzzzzzzzz", "so:f:w:0")
KINDS = (BUTTON, STRINGS, CHANNELS)


async def test_real_ids_of_the_server_do_nothing_in_the_hands_of_strangers(
    stocked, standin, strangers, tmp_path, journal
):
    items = controls(stocked)

    for custom_id in CONTROLS:
        (item,) = [item for template, item in items.items() if template.fullmatch(custom_id)]
        for stranger, kind in itertools.product(strangers, KINDS):
            if name_of(item) in OPEN_CONTROLS and stranger.place == "lounge":
                continue
            before = of_server(tmp_path)
            said, hidden = await told(standin, forged(stranger, custom_id, kind))
            assert said, (custom_id, stranger.place, kind)
            after = of_server(tmp_path)
            assert kept(before, after), (custom_id, stranger.place, kind)
            assert (hidden and after == before) or stranger.place == FOREIGN, (custom_id, kind)

    assert journal.at(logging.WARNING) == []


async def test_forms_of_the_chamber_are_refused_outside_of_its_server(
    stocked, standin, strangers, tmp_path, journal
):
    before = of_server(tmp_path)

    for custom_id, stranger in itertools.product(FORMS, strangers):
        if stranger.place == "lounge":
            continue
        said, hidden = await told(standin, form(stranger, custom_id))
        assert said, (custom_id, stranger.place)
        assert hidden, (custom_id, stranger.place)

    assert of_server(tmp_path) == before
    assert journal.at(logging.WARNING) == []


async def test_every_control_is_tried_with_a_real_id_or_is_known_to_show_only(stocked):
    tried = {
        name_of(item)
        for template, item in controls(stocked).items()
        if any(template.fullmatch(custom_id) for custom_id in CONTROLS)
    }

    assert {name_of(item) for item in controls(stocked).values()} == tried | SHOWING


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
async def test_forged_ids_are_answered_in_words_and_change_nothing(
    stocked, standin, strangers, tmp_path, journal, data
):
    before = of_server(tmp_path)
    template = data.draw(st.sampled_from(sorted(controls(stocked), key=str)))
    custom_id = data.draw(st.from_regex(template, fullmatch=True).map(lambda made: made[:100]))
    stranger = data.draw(st.sampled_from(strangers))
    values = data.draw(st.lists(st.text(max_size=100), min_size=1, max_size=3))

    asked = forged(stranger, custom_id, data.draw(st.sampled_from(KINDS)), values)
    if template.fullmatch(custom_id) and custom_id in str(asked):
        answer = await (await standin.ask(asked)).whole()
        assert answer.kind or answer.refusals

    after = of_server(tmp_path)
    assert kept(before, after)
    assert after == before or stranger.place == FOREIGN
    assert journal.at(logging.WARNING) == []


async def test_no_id_is_of_two_controls(bureau):
    templates = list(controls(bureau))
    beginnings = [template.pattern.partition(":")[0] for template in templates]

    # Each begins with letters of its own and is matched whole: no text fits two of them.
    for template, beginning in zip(templates, beginnings, strict=True):
        assert beginning.isalpha(), template.pattern
    assert len(templates) > 10
    rest = {}
    for template, beginning in zip(templates, beginnings, strict=True):
        rest.setdefault(beginning, []).append(template)
    for same in rest.values():
        for one, other in itertools.combinations(same, 2):
            assert told_apart(one.pattern, other.pattern), (one.pattern, other.pattern)


def told_apart(one, other):
    """Tell whether two templates differ in a part that both spell out: `su:c:…`, `su:r`."""
    for a, b in zip(one.split(":"), other.split(":"), strict=False):
        if a.isalnum() and b.isalnum() and a != b:
            return True
    return False


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_no_text_that_fits_a_template_fits_another(registered, data):
    made = data.draw(st.from_regex(data.draw(st.sampled_from(registered)), fullmatch=True))

    assert sum(bool(template.fullmatch(made)) for template in registered) == 1


@pytest.fixture(scope="module")
def registered():
    """The templates of every control there is, by walking the classes."""
    from bot.ui import controls as base  # noqa: PLC0415
    from cogs import EXTENSIONS  # noqa: PLC0415

    for extension in EXTENSIONS:
        __import__(extension)

    def below(kind):
        for each in kind.__subclasses__():
            yield each
            yield from below(each)

    made = {each.__discord_ui_compiled_template__ for each in below(base.Control)}
    return sorted((each for each in made if each.pattern != "(?!)"), key=str)
