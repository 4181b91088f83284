"""Web pages saved from a browser: the article, as its readers see it."""

import html

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.canon.building.formats import read_document
from bot.canon.building.formats.html_text import render
from bot.canon.building.formats.html_tree import parse

WIKI = """<!DOCTYPE html>
<html><head><title>Timeline | Wiki</title><style>p {}</style></head><body>
<nav><ul><li>1900: Home</li></ul></nav><h1>Timeline</h1>
<div class="mw-parser-output"><aside class="portable-infobox">1901: box</aside>
<p>It was long.</p><div class="toc"><ul><li>1914</li></ul></div>
<h2><span class="mw-headline">1914</span><span class="mw-editsection">[edit]</span></h2>
<ul><li><a href="/x">9 June</a>: A<sup class="reference">[1]</sup> ship&nbsp;sails.</li>
<li><b>10 June</b> – Another.</li></ul>
<h2>1915</h2><table><tr><th>Date<th>Event<tr><td rowspan="2">May<td>Rain<tr><td>Hail</table>
</div><footer>1999: Privacy</footer></body></html>"""


def test_the_article_of_a_wiki_page_is_read_and_nothing_around_it():
    document = read_document(WIKI, "w.html", None)

    assert (document.format, document.title) == ("html", "Timeline")
    assert [(b.span and b.span.edtf, b.text) for b in document.blocks] == [
        (None, "It was long."),
        ("1914-06-09", "A ship sails."),
        ("1914-06-10", "Another."),
        ("1915-05", "Rain"),
        ("1915-05", "Hail"),
    ]
    assert document.blocks[1].line == 7


def test_lines_paragraphs_and_lists_stay_apart():
    text = render(
        parse(
            "<p>a <i>b</i><br>c</p>d<div>e</div><ul><li>f<ul><li>g</ul><li>h</ul><pre>i\n  j</pre>"
        )
    ).text

    assert text == "a b\nc\n\nd\ne\n\n• f\n  • g\n• h\n\ni\nj"


@given(st.text(alphabet="<>/='\"&;! -abpdivul\n", max_size=120))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_page_and_its_lines_are_lines_of_it(text):
    rendered = render(parse(text))

    assert len(rendered.lines) == len(rendered.places)
    assert all(1 <= place <= text.count("\n") + 1 for place in rendered.places)


@given(st.lists(st.sampled_from(["rain", "1914", "a<b", "x & y", "it"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_no_word_of_a_page_is_lost(words):

    page = "<html><body>" + "".join(f"<p>{html.escape(word)}" for word in words)

    assert render(parse(page)).text.split("\n\n") == words
