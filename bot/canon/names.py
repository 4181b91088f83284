"""How names and words are compared: the same way for what is indexed and for what is asked.

SQLite's tokenizer folds é and ü but leaves ł, ø, đ, ı, ß, æ and þ as they are, splits "U.S.S.R."
into letters and "O'Brien" into two words; so text is folded here first, and only then indexed.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ŋ": "n",
        "ħ": "h",
        "ŧ": "t",
    }
)
# Names of this period are typed in Russian as well: ALA-LC, as far as plain letters go. NFKD has
# already taken й, ё and ї apart.
_CYRILLIC = str.maketrans(
    "абвгґдезиіклмнопрстуфыэ", "abvggdeziiklmnoprstufye", "ъь"
) | str.maketrans(
    {
        "є": "ie",
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "shch",
        "ю": "iu",
        "я": "ia",
    }
)
_APOSTROPHES = frozenset("’'ʼʻ`‘")
_ACRONYM = re.compile(r"\b(?:\w\.){2,}(?=\W|$)|\b(?:\w\.)+\w\b")
_INNER_DOT = re.compile(r"\.\w")
"""What every acronym holds, and few texts do."""
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MOST_LETTERS = 10_000


class _Letters(dict[int, str]):
    """What each character becomes, as `str.translate` asks for it: found out once.

    Letters and figures, a blank for any other mark, and the two marks that may stand inside a word.
    """

    def __missing__(self, code: int) -> str:
        folded = _letter(chr(code))
        if len(self) < _MOST_LETTERS:
            self[code] = folded
        return folded


def _letter(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char).casefold()
    plain = "".join(each for each in plain if not unicodedata.combining(each))
    plain = plain.translate(_LETTERS).translate(_CYRILLIC).lower()
    kept = (each for each in plain if each not in _APOSTROPHES)
    return "".join(each if each.isalnum() or each in ",." else " " for each in kept)


_FOLDED = _Letters()


def fold(text: str) -> str:
    """Return *text* as lower-case words with single blanks: no accents, punctuation or dashes.

    Linear in the length of *text*; folding what is folded changes nothing.
    """
    text = text.translate(_FOLDED)
    if "," in text:
        text = _THOUSANDS.sub("", text).replace(",", " ")
    if "." in text:
        if _INNER_DOT.search(text):
            text = _ACRONYM.sub(lambda match: match.group().replace(".", ""), text)
        text = text.replace(".", " ")
    return " ".join(text.split())


def tokens(text: str) -> list[str]:
    """Return the folded words of *text*, in order."""
    return fold(text).split()


def name_key(text: str) -> str:
    """Return what two spellings of one name share: folded, without a leading article."""
    folded = fold(text)
    return folded.removeprefix("the ") or folded


def slug(text: str, length: int) -> str:
    """Return *text* as lower-case ASCII words joined by hyphens, at most *length* characters.

    A text that was cut ends in four characters of its own hash, so that two long texts with the
    same beginning stay apart; one without any ASCII letter is its hash alone.
    """
    ascii_words = re.findall(r"[a-z0-9]+", fold(text).encode("ascii", "ignore").decode())
    whole = "-".join(ascii_words)
    if whole and len(whole) <= length:
        return whole
    digest = short_hash(fold(text) or text, 4)
    kept = whole[: length - 5].rsplit("-", 1)[0] if whole else ""
    return f"{kept}-{digest}" if kept else short_hash(text, min(length, 12))


def short_hash(text: str, length: int) -> str:
    """Return *length* hexadecimal characters that stand for *text*, the same on every machine."""
    return blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()[:length]


# Spelling habits of transliteration: what sounds alike is written alike. Order matters.
_SOUNDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"^(cz|tz)", "ts"),
        (r"tz", "ts"),
        (r"sch|sh", "s"),
        (r"tch|tsch|cz", "ch"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"ck|cq|q(u)?", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"w", "v"),
        (r"(iy|ij|yi|ii|yy|ie)$", "i"),
        (r"[yj]", "i"),
        (r"ou", "u"),
        (r"(?<!^)(.)\1+", r"\1"),
    )
)


def light_stem(word: str) -> str:
    """Return a folded *word* without its plural or verb ending.

    Deliberately weak: a real stemmer merges communism, commune and community.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, to, least in (
        ("ies", "y", 5),
        ("ied", "y", 5),
        ("sses", "ss", 5),
        ("ing", "", 7),
        ("ed", "", 6),
        ("es", "", 5),
    ):
        if word.endswith(ending) and len(word) >= least:
            return (word[: -len(ending)] + to).removesuffix("e")
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


@lru_cache(maxsize=100_000)
def variant_key(word: str) -> str:
    """Return what the usual spellings and endings of one folded word share.

    Trotzky and Trotsky, Tegetthof and Tegetthoff, czar and tsar, invades and invading.
    """
    key = light_stem(word)
    if not key.isalpha() or len(set(key)) == 1:
        return key
    for pattern, to in _SOUNDS:
        key = pattern.sub(to, key)
    return key
