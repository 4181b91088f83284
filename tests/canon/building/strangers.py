"""Documents in the shapes that people write them in, made up for these tests, and what is in them.

Beside each document of `strangers/` lies what must be read: a line for each dated entry with its
days (EDTF) and the beginning of its text. Books and forum pages are put together here.
"""

from pathlib import Path

from tests.canon.building.pages import Post, book, chapter, page, quote, spoiler

FOLDER = Path(__file__).parent / "strangers"

_LOG = (
    "<p>From the papers of the <i>Albatross</i>, found in 1951.</p>"
    "<h4>1898</h4>"
    "<p><b>2 May.</b> We leave Hollin with 43 men.</p>"
    "<p>It rains. On the 9th we are still in sight of the lighthouse.</p>"
    "<p><b>11 May:</b> Ice.</p>"
    "<p><b>Summer</b> &mdash; No land.</p>"
    "<h4>1899</h4>"
    "<p><strong>Jan&#160;3&#8211;7.</strong> The great storm; 5 men lost.</p>"
    "<p><strong>c. February</strong>: The captain stops writing.</p>"
)
_TABLE = (
    "<p>The voyages in brief:</p><table><tr><th>Left</th><th>What came of it</th></tr>"
    "<tr><td>3 March 1901</td><td>Returned without the cook</td></tr>"
    "<tr><td>1902&ndash;04</td><td>Returned without the ship</td></tr>"
    "<tr><td>Autumn 1905</td><td>Did not leave</td></tr></table>"
)
_STORY = (
    "<p>“In 1899,” said the cook, “we ate the boots.” Nobody had asked him.</p>"
    "<p>May 1901 was cold. In June of 1902, however, the boots were remembered again, and the"
    " cook walked to the harbour, where 1500 people stood in the rain.</p>"
    "<p>1901: that was all the card said.</p>"
)
_DIARY = (
    "<dl><dt>14 July 1906</dt><dd>A statue of the cook.</dd>"
    "<dt>15 July 1906</dt><dd>It is stolen.</dd></dl>"
    "<p>1907&#x2013;1911: Four statues, none of which stay.</p>"
    "<ul><li>1912: War; the statues are melted.<ul><li>the first on Monday</li>"
    "<li>the second in May</li></ul></li><li>8&nbsp;April&nbsp;1913: Peace.</li></ul>"
)
ALBATROSS = book(
    {
        "cover.xhtml": "<html><body><p>1898: a novel</p></body></html>",
        "ch1.xhtml": chapter("The Log", _LOG),
        "ch2.xhtml": chapter("The Boots", _STORY, "h1"),
        "ch3.xhtml": chapter("Voyages", _TABLE, "h2"),
        "ch4.xhtml": chapter("Statues", _DIARY),
    }
)
"""A book in four chapters: a log under years, a story without entries, a table, a diary."""

THREAD = (
    page(
        1,
        [
            Post(
                100,
                "Author99",
                "Hello everyone, this is my first timeline. I have been reading here since 2009.",
            ),
            Post(
                101,
                "Author99",
                "<b>1919</b><br />\n<br />\n<b>5 May:</b> The tram stops.<br />\n<br />\n"
                "<b>6 May:</b> The drivers meet in the depot; 1200 come.<br />\n<br />\n"
                "<b>19–21 May:</b> Three days on foot.<br />\n<br />\n"
                + spoiler("<b>22 May:</b> The mayor buys a bicycle.", "A secret")
                + "<br />\n<b>Autumn</b> – It is stolen.<br />",
                "Part One: The Tram",
            ),
            Post(
                102, "Anna", "1920: they will invent the bus. You read it here first, 3 May 2021."
            ),
            Post(
                103,
                "Bob",
                quote("<b>5 May:</b> The tram stops.", "Author99", 101) + "In 1919? Surely 1918.",
            ),
        ],
    ),
    page(
        2,
        [
            Post(
                104,
                "Author99",
                "<div style='text-align: center'><u>1920–1921</u></div>\n"
                "<ul><li>January 1920 – The depot is sold.</li>"
                "<li>1 April 1920 – It is bought back.<ul><li>at a loss</li></ul></li>"
                "<li>Spring 1921 – Buses.</li></ul>",
                "Part Two: The Depot",
            ),
            Post(
                105,
                "Author99",
                "The mayor looked at the tram. “I remember 1919,” he said, “and I did not like"
                " it.”<br />\n<br />\nMay 1922 came, and with it the trial of the thief.",
                "Part Three: The Mayor",
            ),
            Post(106, "Carl", "May 1923: please update!"),
        ],
    ),
)
"""Two pages of a forum: an opening post, three chapters, of which the last is a story; remarks."""

MANIFESTO = (
    page(
        1,
        [
            Post(
                1,
                "Autor",
                "<b>1905</b><br />\n22 января — Шествие.<br />\n<br />\n"
                "<b>Май</b> — Цусима; 5000 погибших.<br />\n<br />\n17 октября — Манифест.",
                "Глава 1",
            ),
            Post(2, "Reader", "1906: wrong!"),
            Post(
                3,
                "Autor",
                "<ul><li data-xf-list-type='ul'>1906 — Дума.</li>"
                "<li>с 1907 по 1910 — Реформы.</li></ul>",
                "Глава 2",
            ),
        ],
    ),
)
"""A thread in Russian, of short chapters."""

RETREAT = (
    page(
        1,
        [
            Post(
                1,
                "Author",
                "<table><tr><td>March 4, 1861</td><td>Oath</td></tr>"
                "<tr><td>Apr. 12, 1861</td><td>Guns, 4000 shells</td></tr></table>\n"
                "<b><u>Summer 1862</u></b>: heat<br />\n<br />\n<i>Fall &#39;62</i> - retreat",
                "One",
            ),
            Post(
                2,
                "Author",
                quote("<b>1900:</b> no", "X", 1)
                + "<b>Sept. 1863</b>&nbsp;&ndash; Peace.<br />\n<br />\n"
                "<b>1864&ndash;65.</b> Rails.",
                "Two",
            ),
        ],
    ),
)
"""Chapters of two entries, a table, a quotation that is no entry."""
