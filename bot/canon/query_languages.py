"""The date words of German and Russian, each by the English word the grammar knows it by.

They are understood whatever language the reader has: a list may be paged by somebody else. Only
words that stand in no English question are here (no `die`, no `am`), all folded: `маи` is май.
"""

from types import MappingProxyType
from typing import Final

_WORDS = {
    "january": "januar janner январь января январе",
    "february": "februar feber февраль февраля феврале",
    "march": "marz март марта марте",
    "april": "апрель апреля апреле",
    "may": "mai маи мая мае",
    "june": "juni июнь июня июне",
    "july": "juli июль июля июле",
    "august": "август августа августе",
    "september": "сентябрь сентября сентябре",
    "october": "oktober октябрь октября октябре",
    "november": "ноябрь ноября ноябре",
    "december": "dezember декабрь декабря декабре",
    "spring": "fruhling fruhjahr весна весны весну весне веснои",
    "summer": "sommer лето лета лету летом",
    "autumn": "herbst осень осени осенью",
    "winter": "зима зимы зиму зиме зимои",
    "early": "anfang начало начала начале началу",
    "mid": "mitte середина середины середине середину",
    "late": "ende конец конца конце концу",
    "twenties": "zwanziger двадцатые двадцатых",
    "thirties": "dreissiger тридцатые тридцатых",
    "forties": "vierziger сороковые сороковых",
    "first": "erste ersten первая первои первую",
    "second": "zweite zweiten вторая второи вторую",
    "half": "halfte половина половины половине половину",
    "the": "der den dem des",
    "in": "im в во",
    "on": "на",
    "year": "jahr",
    # After a year, as in “1932 AD”; as a word of its own it would count years.
    "ad": "год года году годом г гг годы годов годах годам",
    "years": "jahre jahren",
    "century": "jahrhundert век века веке",
    "before": "vor раньше ранее",
    "until": "bis по",
    "after": "nach после позже позднее",
    "since": "seit ab начиная",
    "from": "von vom с со от",
    "between": "zwischen между",
    "and": "und и",
    "shortly": "kurz незадолго вскоре сразу",
    "circa": "um etwa ungefahr около примерно приблизительно",
}
ENGLISH: Final = MappingProxyType(
    {word: english for english, text in _WORDS.items() for word in text.split()}
)
"""Folded foreign word → folded English word."""


def english(word: str) -> str:
    """Return the English word for a folded *word* of a date, or *word* itself."""
    return ENGLISH.get(word, word)
