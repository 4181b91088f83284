"""German and Russian dates, as people type them; and nothing that only looks like one."""

import pytest

from bot.canon.almanac import span_query
from bot.canon.query import parse_query
from bot.language.catalogues import load
from bot.language.speech import LANGUAGES, speaking

READ = {
    "Mai 1932": "1932-05",
    "am 19. Mai 1932": "1932-05-19",
    "März 1932": "1932-03",
    "Frühjahr 1926": "1926-21",
    "im Winter 1926/27": "1926-24",
    "Anfang 1932": "1932-01/1932-04",
    "Ende der 30er Jahre": "1937/1939",
    "1920er": "192X",
    "vor 1930": "../1929",
    "kurz vor 1930": "../1929",
    "bis 1930": "../1930",
    "nach 1930": "1931/..",
    "ab Mai 1930": "1930-05/..",
    "zwischen 1926 und 1928": "1926/1928",
    "von 1926 bis 1928": "1926/1928",
    "vom 10. bis 13. August 1932": "1932-08-10/1932-08-13",
    "zweite Hälfte der 20er": "1925/1929",
    "im Jahr 1932": "1932",
    "май 1932": "1932-05",
    "в мае 1932 года": "1932-05",
    "19 мая 1932 г.": "1932-05-19",
    "19-го мая 1932": "1932-05-19",
    "весной 1926 года": "1926-21",
    "зима 1926/27": "1926-24",
    "в начале 1932 года": "1932-01/1932-04",
    "1920-е": "192X",
    "в 1920-х годах": "192X",
    "30-е годы": "193X",
    "двадцатые": "192X",
    "до 1930 года": "../1929",
    "после 1930": "1931/..",
    "с 1930": "1930/..",
    "с 1926 по 1928": "1926/1928",
    "с 1926 до 1928": "1926/1928",
    "между 1926 и 1928": "1926/1928",
    "с 10 по 13 августа 1932": "1932-08-10/1932-08-13",
    "1926-1928 гг.": "1926/1928",
    "1920–1930 годы": "1920/1930",
    "первая половина 1932": "1932-01/1932-06",
    "1932 год": "1932",
    "novembre 1930": "1930-11",
    "le 5 mars 1932": "1932-03-05",
    "1er mai 1924": "1924-05-01",
    "15 de julio de 1936": "1936-07-15",
    "3 maja 1926": "1926-05-03",
    "20. Jahrhundert": "19XX",
    "Anfang des 20. Jahrhunderts": "1901/1934",
    "19. Jh.": "18XX",
    "XX век": "19XX",
    "начало XX века": "1901/1934",
    "XX в.": "19XX",
    "XXe siècle": "19XX",
    "siglo XIX": "18XX",
    "20th c.": "19XX",
}
MIXED = {
    "turkish war vor 1930": ("turkish war", "../1929"),
    "турецкая война до 1930": ("турецкая война", "../1929"),
    "was geschah im Mai 1932": ("was geschah", "1932-05"),
    "что случилось в мае 1932": ("что случилось", "1932-05"),
    "von papen 1932": ("von papen", "1932"),
    "die hard 1932": ("die hard", "1932"),
    "der sturmer 1932": ("der sturmer", "1932"),
}
NO_DATES = [
    "Mai",
    "Ende",
    "von papen",
    "война и мир",
    "до",
    "год",
    "um",
    "ab",
    "на западном фронте",
]


@pytest.mark.parametrize(("text", "edtf"), READ.items())
def test_a_date_is_read_whole(text, edtf):
    query = parse_query(text)

    assert query.span is not None
    assert (query.span.edtf, query.words) == (edtf, "")


@pytest.mark.parametrize(("text", "said"), MIXED.items())
def test_what_is_no_date_stays_as_it_was_spelled(text, said):
    query = parse_query(text)

    assert query.span is not None
    assert (query.words, query.span.edtf) == said


@pytest.mark.parametrize("text", NO_DATES)
def test_a_word_alone_is_no_date(text):
    query = parse_query(text)

    assert (query.words, query.span, query.anniversary, query.problem) == (text, None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("ends", "edtf"),
    [(("1924", "1926"), "1924/1926"), ((None, "1926"), "../1926"), (("1924", None), "1924/..")],
)
def test_a_span_that_is_put_into_words_is_read_back(language, ends, edtf):
    load()
    with speaking(language):
        query = parse_query(span_query(*ends))

    assert query.span is not None
    assert (query.span.edtf, query.words) == (edtf, "")
