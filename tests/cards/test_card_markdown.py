"""Discord's marks as Discord shows them, and nothing that hangs or vanishes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worktime import least

from bot.cards.markdown import parse, plain
from bot.cards.marks import Kind, Mark

BOLD, ITALIC, UNDER, STRIKE = Mark.BOLD, Mark.ITALIC, Mark.UNDERLINE, Mark.STRIKE
CODE, SPOILER, NONE = Mark.CODE, Mark.SPOILER, Mark.NONE


def spans(text: str) -> list[tuple[str, Mark]]:
    (line,) = parse(text)
    return [(span.text, span.marks) for span in line.spans]


ONE_LINE = [
    ("plain words", [("plain words", NONE)]),
    ("**bold**", [("bold", BOLD)]),
    ("a *b* c", [("a ", NONE), ("b", ITALIC), (" c", NONE)]),
    ("_b_", [("b", ITALIC)]),
    ("__b__", [("b", UNDER)]),
    ("~~b~~", [("b", STRIKE)]),
    ("***both***", [("both", BOLD | ITALIC)]),
    ("**bold *and* more**", [("bold ", BOLD), ("and", BOLD | ITALIC), (" more", BOLD)]),
    ("**bold *both***", [("bold ", BOLD), ("both", BOLD | ITALIC)]),
    ("snake_case_name", [("snake_case_name", NONE)]),
    ("2 * 3 * 4", [("2 * 3 * 4", NONE)]),
    ("**never closed", [("**never closed", NONE)]),
    ("****", [("****", NONE)]),
    (r"\*not\* italic", [("*", NONE), ("not", NONE), ("*", NONE), (" italic", NONE)]),
    (r"¯\_(ツ)_/¯", [("¯", NONE), ("_", NONE), ("(ツ)_/¯", NONE)]),
    ("`**code**`", [("**code**", CODE)]),
    ("``a ` b``", [("a ` b", CODE)]),
    ("`open", [("`", NONE), ("open", NONE)]),
    ("||hidden||", [("hidden", SPOILER)]),
    ("**||both||**", [("both", BOLD | SPOILER)]),
    ("||a **b**||", [("a ", SPOILER), ("b", SPOILER | BOLD)]),
    ("`||shown||`", [("||shown||", CODE)]),
    ("||one", [("||one", NONE)]),
    ("<:samovar:123456789012345678>", [(":samovar:", NONE)]),
    ("<a:wave:1>", [(":wave:", NONE)]),
    ("<t:0:F>", [("1 January 1970, 00:00 UTC", NONE)]),
    ("<t:-1022716800>", [("5 August 1937, 00:00 UTC", NONE)]),
    ("<t:-99999999999>", [("<t:-99999999999>", NONE)]),
    ("<t:99999999999>", [("16 November 5138, 09:46 UTC", NONE)]),
    (
        "<@123> in <#45> of <@&6>",
        [("@someone", NONE), (" in ", NONE), ("#channel", NONE), (" of ", NONE), ("@role", NONE)],
    ),
    ("</soviet list:12>", [("/soviet list", NONE)]),
    ("<https://a.example/x>", [("https://a.example/x", NONE)]),
    ("[the *text*](https://a.example/x)", [("the ", UNDER), ("text", UNDER | ITALIC)]),
    ("[not](javascript:alert(1))", [("[not](javascript:alert(1))", NONE)]),
    ("<b>html</b>", [("<b>html</b>", NONE)]),
]


@pytest.mark.parametrize(("text", "expected"), ONE_LINE)
def test_a_line_is_read_as_discord_reads_it(text, expected):
    assert spans(text) == expected


def test_a_spoiler_covers_every_line_and_kind_of_line_it_runs_over():
    lines = parse("seen ||a\n> b\n- c\n```d```\ne|| seen")

    covered = [span.text for line in lines for span in line.spans if SPOILER in span.marks]
    assert "".join(covered) == "ab•\u00a0cde"
    shown = "".join(span.text for line in lines for span in line.spans if SPOILER not in span.marks)
    assert shown == "seen  seen"


def test_the_beginning_of_a_line_says_its_kind():
    lines = parse("# big\n-# small\n> said\n- item\nplain\n>>> rest\nof it")

    assert [(line.kind, "".join(span.text for span in line.spans)) for line in lines] == [
        (Kind.HEADING, "big"),
        (Kind.SMALL, "small"),
        (Kind.QUOTE, "said"),
        (Kind.ITEM, "•\u00a0item"),
        (Kind.PLAIN, "plain"),
        (Kind.QUOTE, "rest"),
        (Kind.QUOTE, "of it"),
    ]


def test_marks_run_on_over_a_line_break():
    lines = parse("**one\ntwo** three")

    assert [[(span.text, span.marks) for span in line.spans] for line in lines] == [
        [("one", BOLD)],
        [("two", BOLD), (" three", NONE)],
    ]


def test_a_fence_keeps_its_lines_as_they_are():
    lines = parse("before\n```py\nif x:\n    **y**\n```\nafter")

    assert [(line.kind, line.spans[0].text) for line in lines] == [
        (Kind.PLAIN, "before"),
        (Kind.CODE, "if x:"),
        (Kind.CODE, "    **y**"),
        (Kind.PLAIN, "after"),
    ]


def test_without_markdown_the_marks_are_letters():
    assert [span.text for line in plain("**a**\n||b||") for span in line.spans] == [
        "**a**",
        "||b||",
    ]


@given(st.text(alphabet="*_~`|<>[]()\\ \nab#->:", max_size=300))
def test_any_heap_of_marks_is_read(text):
    for line in parse(text):
        for span in line.spans:
            assert "\n" not in span.text


@given(st.text(alphabet=st.characters(categories=["L", "Nd", "Zs"]), max_size=80))
def test_words_without_marks_stay_as_they_are(text):
    assert "".join(span.text for line in parse(text) for span in line.spans) == text


@pytest.mark.parametrize(
    "sign", ["*", "_", "**a", "`", "``` ", "||", "[", "<", "~~ ", "*_", "\\", "_a "]
)
def test_four_thousand_unclosed_marks_are_read_at_once(sign):
    assert least(parse, (sign * 4000)[:4000], enough=0.5) < 0.5
