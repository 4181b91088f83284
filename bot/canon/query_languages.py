"""The date words of other languages, each by the English word the grammar knows it by.

They are understood whatever language the reader has: a list may be paged by somebody else. Only
words that stand in no English question are here (no `die`, no `am`), all folded: `маи` is май.
"""

from types import MappingProxyType
from typing import Final

_WORDS = {
    "january": (
        "januar janner январь января январе janvier enero gennaio janeiro januari styczen "
        "stycznia styczniu січень січня січні"
    ),
    "february": (
        "februar feber февраль февраля феврале fevrier febrero febbraio fevereiro februari "
        "luty lutego lutym лютии лютого"
    ),
    "march": "marz март марта марте mars marzo maart marca marcu березень березня",
    "april": "апрель апреля апреле avril abril aprile kwiecien kwietnia kwietniu квітень квітня",
    "may": "mai маи мая мае mayo maggio maio mei maja maju травень травня",
    "june": "juni июнь июня июне juin junio giugno junho czerwiec czerwca czerwcu червень червня",
    "july": "juli июль июля июле juillet julio luglio julho lipiec lipca lipcu липень липня",
    "august": (
        "август августа августе aout agosto augustus sierpien sierpnia sierpniu серпень серпня"
    ),
    "september": (
        "сентябрь сентября сентябре septembre septiembre setembro settembre wrzesien wrzesnia "
        "wrzesniu вересень вересня"
    ),
    "october": (
        "oktober октябрь октября октябре octobre octubre ottobre outubro pazdziernik "
        "pazdziernika pazdzierniku жовтень жовтня"
    ),
    "november": (
        "ноябрь ноября ноябре novembre noviembre novembro listopad listopada listopadzie "
        "листопад листопада"
    ),
    "december": (
        "dezember декабрь декабря декабре decembre diciembre dicembre dezembro grudzien "
        "grudnia grudniu грудень грудня"
    ),
    "spring": "fruhling fruhjahr весна весны весну весне веснои printemps primavera wiosna wiosny",
    "summer": "sommer лето лета лету летом ete verano lato lata latem",
    "autumn": "herbst осень осени осенью automne otono autunno jesien jesieni jesienia",
    "winter": "зима зимы зиму зиме зимои hiver invierno inverno zima zimy",
    "early": "anfang начало начала начале началу inizio comienzos poczatek poczatku",
    "mid": "mitte середина середины середине середину",
    "late": "ende конец конца конце концу koniec konca koncu",
    "twenties": "zwanziger двадцатые двадцатых",
    "thirties": "dreissiger тридцатые тридцатых",
    "forties": "vierziger сороковые сороковых",
    "first": "erste ersten первая первои первую",
    "second": "zweite zweiten вторая второи вторую",
    "half": "halfte половина половины половине половину",
    "the": "der den dem des le la el il",
    "of": "de del di du",
    "in": "im в во en nel w we",
    "on": "на",
    "year": "jahr roku rok annee ano",
    # After a year, as in “1932 AD”; as a word of its own it would count years.
    "ad": "год года году годом г гг годы годов годах годам",
    "years": "jahre jahren",
    "century": (
        "jahrhundert век века веке jahrhunderts jahrhunderten jh jhd jhdt siecle siglo secolo "
        "seculo wiek wieku eeuw столетие столетия столетии століття вік"
    ),
    "before": "vor раньше ранее avant antes prima przed",
    "until": "bis по jusque hasta fino",
    "after": "nach после позже позднее apres despues dopo po",
    "since": "seit ab начиная depuis desde",
    "from": "von vom с со от",
    "between": "zwischen между entre miedzy",
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
