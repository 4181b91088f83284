"""What a document is taken for when nobody says: timelines of every shape, and no story for one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon.building.formats import read_document
from tests.canon.building.timelines import FLAT

P = "He went to the window and looked out. It rained on the yards, and the clerks stood idle."
Q = "Nobody had told him what the harbour was for, and he did not ask until much later."

TIMELINES = [
    "• May 1900. War.\n\n• 19 June 1900. Peace.\n",
    "• May 1900. War.",
    "1914: War.\n1915: Peace.",
    "1914 – War\n1918 – Peace\n",
    "- 9 June 1914: A\n- 10 June 1914: B\n",
    "1914\n- 9 June: A\n- 10 June: B\n",
    "== 1914 ==\n* 9 June: A\n",
    "June 28, 1914: The shot.\nJuly 28, 1914: War.",
    "*1932: Jan 5 – A\n*1932: Feb 5 – B",
    "A Short History\n\n1914: War.\n1918: Peace.",
    f"{P}\n\n• May 1900. War.\n\n• 19 June 1900. Peace.\n",
    "in 1399, A dies\nin 1400, B dies\nin 1401, C dies",
    "| 1914 | War |\n| 1918 | Peace |\n",
    "1914\tWar\n1915\tPeace\n",
    "May 1914. War.\nJune 1914. Peace.\nJuly 1914. More.\n",
    "1914 Archduke shot\n1915 Gas\n1916 Somme\n1917 Revolution\n",
    "**1914** War\n\n**1915** Peace\n",
    "1900s\n1903\nMay: A\nJune: B\n",
    "28 June 1914: a",
    "c. 1200: A\nc. 1300: B",
    "Spring 1921: A\nSummer 1921: B",
    "1914-06-28 A\n1914-07-28 B",
    "5. Mai 1914: A\n6. Juni 1914: B",
    "5 мая 1914: A\n6 июня 1914 г. – B",
    "1. 1914: A\n2. 1915: B",
    "1914:\nIt rains.\n\n1915:\nIt goes on.\n",
    "{|\n! Date !! Event\n|-\n| 1 May 1932 || A\n|-\n| 2 May 1932 || B\n|}",
]

STORIES = [
    P,
    f"In 1914, the war began. {P}\n\n{Q}\n\nIn 1915, it went on. {P}\n\n{Q}",
    f"In 1914, the war began. {P}\n\nIn 1915, it went on. {P}",
    f"In May 1914, it began.\n\n{P}\n\nIn 1916, {Q}\n\nThen in 1917 he died.\n\nIn 1918, peace.",
    f"19 May 1924\n\n{P}\n\n{Q}\n\n{P}\n\n20 May 1924\n\n{Q}\n\n{P}\n\n{Q}",
    f"Berlin, 19 May 1924\n\nDear Anna,\n\n{P}\n\nYours, Paul",
    f"1984\n\nIt was a bright cold day in April. {P}\n\n{Q}\n\n{P}",
    f"May 1924 was a hard month. {P}\n\nJune 1924 was worse. {P}\n\nJuly 1924 was the end. {P}",
    f"1914 was the year. {P}\n1915 was the next. {P}\n1916 saw the end. {P}",
    f"March came in with rain. {P}\n\nMay followed. {P}\n\nAugust: the heat. {P}",
    f"Chapter 1: 1914\n\n{P}\n\n{Q}\n\nChapter 2: 1915\n\n{P}\n\n{Q}",
    f"On 5 May 1914, he left. {P}\n\n{Q}\n\nBy June 1914, he was back. {P}\n\n{Q}\n\n"
    f"After 1915: nothing. {P}",
    "- Bread\n- Milk\n- 12 eggs\n",
    f"{P}\n\n• one thing\n• two things\n• 1914: the third\n\n{Q}\n\n{P}",
    f"“1914?” he said.\n\n“1915,” she said.\n\n“1916!”\n\n{P}",
    f"1500 men marched. {P}\n\n2000 stayed. {P}\n\n1200 fled. {P}",
]


@pytest.mark.parametrize("text", TIMELINES)
def test_a_timeline_however_short_is_one(text):
    document = read_document(text, "t.txt", None)

    assert document.format == "timeline"
    assert any(block.span is not None for block in document.blocks)


@pytest.mark.parametrize("text", STORIES)
def test_a_story_that_tells_of_dates_is_none(text):
    assert read_document(text, "s.txt", None).format == "prose"


SENTENCES = st.sampled_from(
    [
        P,
        Q,
        "In 1914 it rained.",
        "It was May 1924.",
        "By 1915, all was over.",
        "The year 1916 came.",
    ]
)
PARAGRAPHS = st.lists(SENTENCES, min_size=2, max_size=5).map(" ".join)


@given(st.lists(PARAGRAPHS, min_size=3, max_size=12))
@settings(max_examples=150, deadline=None)
def test_paragraphs_that_mention_dates_are_no_timeline_while_most_begin_otherwise(paragraphs):
    begun = sum(text.startswith(("In 1914", "By 1915")) for text in paragraphs)

    if 2 * begun < len(paragraphs):
        assert read_document("\n\n".join(paragraphs), "s.txt", None).format == "prose"


@given(FLAT, st.integers(1, 2))
@settings(max_examples=60, deadline=None)
def test_the_first_one_or_two_entries_of_a_list_are_enough(told, count):
    text = "\n\n".join(f"• {entry.written}: {entry.text}" for entry in told[:count])

    assert read_document(text, "t.txt", None).format == "timeline"
