"""The words the date grammar knows, all folded: rules as data.

Those of other languages come as their English ones (`query_languages`). The Russian `до` alone is
two of them, “before” and “to”, and stands here.
"""

from bot.canon import dates
from bot.canon.query_languages import ENGLISH
from bot.canon.query_spans import Bound

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Four digits between these are a year; three digits are one only after “year”, “AD” or “in”."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _numbered(words: str, first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), first)}


def _bounds(phrases: dict[Bound, str]) -> tuple[tuple[tuple[str, ...], Bound], ...]:
    pairs = ((tuple(x.split()), bound) for bound, text in phrases.items() for x in text.split("|"))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


MONTHS = {
    **{name: number for number, name in enumerate(dates.MONTHS) if name},
    **{name[:3]: number for number, name in enumerate(dates.MONTHS) if name},
    "sept": 9,
    "febr": 2,
    "febuary": 2,
    "feburary": 2,
}

SEASONS = dates.SEASONS
WINTER = SEASONS["winter"]

PARTS = {"early": 0, "mid": 1, "middle": 1, "late": 2}
"""Which third, said directly: “early 1938”."""

EDGES = {"beginning": 0, "start": 0, "middle": 1, "end": 2, "close": 2}
"""Which third, said with “of”: “the end of 1938”."""

ORDINALS = _numbered(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
    first=1,
)
FRACTIONS = _numbered("half third quarter", first=2)

TENS = _numbered("twenties thirties forties fifties sixties seventies eighties nineties", first=2)
CENTURIES = {"eighteen": 1800, "nineteen": 1900}
TEENS = _numbered(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", first=10
)
SINGLE_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", first=2)
DIGITS = _numbered("one two three four five six seven eight nine", first=1)
ROMAN = _numbered("i ii iii iv v vi vii viii ix x xi xii", first=1)
"""Months as they are numbered in Poland, Hungary or Russia: 19.V.1924."""
ROMAN_CENTURIES = {
    f"{numeral}{ending}": number
    for numeral, number in _numbered(
        "ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi", first=2
    ).items()
    for ending in ("", "e", "eme", "ieme", "th")
}
"""As centuries are numbered in France, Russia or Poland: XXe siècle."""
CENTURY_WORDS = _set("century centuries cent")
COUNTS = _numbered("one two three four five six seven eight nine ten", first=1) | {
    "couple": 2,
    "few": 3,
}
OPENING_PARTS, CLOSING_PARTS = _set("first opening"), _set("last final closing")
"""“the last months of 1924”."""
STRETCHES = {"months": 3, "weeks": 2, "days": 7}
"""Of “the last months” so many, where nobody says how many."""
FEASTS = _set("christmas xmas easter new")
AGES = _set("his her their my your our its whose")
"""“in her thirties” is an age."""

UNITS = _set(
    "ton tons tonne tonnes t kg g lb lbs pounds mm cm m km metre metres meter meters kilometres "
    "kilometers mile miles yard yards feet ft foot inch inches knots hp acres hectares litres "
    "liters barrels degrees men women soldiers sailors troops paratroopers division divisions "
    "brigades battalions regiments corps roubles rubles dollars marks francs lire lira pesetas "
    "yen years months weeks days day hours minutes seconds times words pages percent per bc bce bp "
    "am pm hundred thousand million millions billion dozen"
)
"""A number before one of these counts it: “1932 tons” is no year."""

THINGS = _set(
    "armies tanks guns rifles planes aircraft airplanes aeroplanes ships bombs shells copies "
    "recruits conscripts volunteers bayonets horses dead wounded casualties prisoners refugees "
    "settlers peasants workers people persons families houses villages votes seats"
)
"""So does a small or a round one before these: “1200 tanks”, but “1932 tanks” are of that year."""

LABELS = _set(
    "no nr num number chapter chap ch page pages pp article section room unit model mod type "
    "pattern mark mk object project operation hill version vol volume area"
)
"""A number after one of these is its name: “chapter 12”, “Model 1891”."""

GLUE = _set(
    "in during on of at the throughout within for as sometime toward towards year years date dated"
)
"""Words that belong to the date they stand before."""

WEEKDAYS = _set(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)

NEARLY = _set("just shortly soon immediately long")
"""Words that belong to “before” and “after”."""

ABOUT = _set("c ca circa approximately approx roughly around about ~ ≈ ∼")
TOPICS = _set("me us what how all anything something info more know read learn story stories")
"""After these “about” names a topic: “tell me about 1932”."""

BOUNDS = _bounds(
    {
        Bound.BEFORE: "before|prior to|earlier than|pre|до",
        Bound.UNTIL: "until|till|til|up to|up until|by|no later than|not later than|not after",
        Bound.AFTER: "after|later than|post",
        Bound.SINCE: "since|ever since|from|no earlier than|not earlier than|not before",
    }
)
"""What stands before a date and cuts time at it, longest first."""

TRAILING_BOUNDS = _bounds(
    {
        Bound.SINCE: "+|onward|onwards|or later|and later|and onward|and onwards",
        Bound.UNTIL: "or earlier|and earlier|or before",
    }
)
TRAILING_STARTS = frozenset(phrase[0] for phrase, _ in TRAILING_BOUNDS)
"""What stands after a date and cuts time at it."""

JOINERS = _set("to until till til through thru upto до")
"""Words between the two ends of a range; a dash, a slash or `..` does as well."""

ALSO = _set("and or but & ,")
"""What stands between two dates and says no more than that."""

HANGING = JOINERS | ALSO | GLUE | frozenset({"between", "before", "after", "since", "from", "by"})
"""Words that ask for nothing once the date they stood by is taken out."""
HANGING |= frozenset(word for word, plain in ENGLISH.items() if plain in HANGING | {"ad", "the"})
HANGING |= _set("am г. гг.")

PRESENT = _set("present now today")
"""The far end of “from 1926 to the present”."""

ERA_NOUNS = _set("period era years age")
"""Words that may follow an era's name and mean nothing more."""

BOUND_STARTS = frozenset(phrase[0] for phrase, _ in BOUNDS)
STARTS = (
    frozenset({"between", "last", "ad", "week"})
    | BOUND_STARTS
    | ABOUT
    | GLUE
    | NEARLY
    | WEEKDAYS
    | MONTHS.keys()
    | SEASONS.keys()
    | PARTS.keys()
    | EDGES.keys()
    | ORDINALS.keys()
    | TENS.keys()
    | CENTURIES.keys()
    | ROMAN.keys()
    | ROMAN_CENTURIES.keys()
    | CENTURY_WORDS
    | OPENING_PARTS
    | CLOSING_PARTS
    | FEASTS
)
"""Every word a date may begin with; the grammar looks at no other."""

ANCHORS = frozenset(CENTURY_WORDS | TENS.keys() | CENTURIES.keys())
ANCHORS |= frozenset(numeral for numeral in ROMAN_CENTURIES if numeral[1:2] in {"i", "v", "x"})
"""No date is without a digit, the name of an era, or one of these."""
