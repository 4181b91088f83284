"""A story in chapters, each with words, names, ships and dates of its own, and real history."""

import random
from dataclasses import dataclass

CHAPTERS = 5
MANY = 40
MOST = 40


@dataclass(frozen=True)
class Chapter:
    """What only one chapter tells: a word, a person, their byname, a ship by both names, a year."""

    number: int
    word: str
    person: str
    byname: str
    ship: str
    renamed: str

    @property
    def year(self):
        return 1500 + self.number

    @property
    def secrets(self):
        """Everything that shows nowhere before, folded."""
        names = (*self.person.split(), self.byname, self.word, self.ship, self.renamed)
        return [name.casefold() for name in (*names, str(self.year))]

    @property
    def text(self):
        return (
            f"• May {self.year}. {self.person} brings the {self.word} to court. It happened on "
            f"9 May {self.year}.\n\n"
            f"• June {self.year}. The {self.word} war begins, and {self.person} leads it. The fleet"
            f" takes SMS {self.ship} (renamed {self.renamed}).\n"
        )

    @property
    def document(self):
        return (
            f'[[document]]\nfile = "chapter-{self.number}.txt"\ntitle = "Of the {self.word}"\n'
            f'format = "timeline"\ntier = "chapter"\nchapter = {self.number}\n'
        )

    @property
    def entity(self):
        return (
            f'[[entity]]\nname = "{self.person}"\nkind = "person"\naliases = ["{self.byname}"]\n'
            f'blurb = "Keeper of the {self.word}."\nreveals = {self.number}\n'
        )

    @property
    def dispute(self):
        first = TOLD[0].person
        return (
            f'[[dispute]]\nabout = "{self.person}"\nhere = "{self.person} keeps the {self.word}."\n'
            f'there = "history: Nobody kept a {self.word}."\nreveals = {self.number}\n'
            # Of somebody known from the first chapter on; only the passage says when it is told.
            f'[[dispute]]\nabout = "{first}"\nhere = "{first} hears that the {self.word} war'
            f' begins, led by {self.person}."\nthere = "history: A fair opens in Paris."\n'
        )


def _chapters():
    chance = random.Random(40)
    syllables = [first + vowel for first in "bdfgjklmpqrvxyz" for vowel in "aeiou"]
    made = []
    while len(made) < MOST * 6:
        word = "".join(chance.sample(syllables, 3)) + chance.choice("bdgkmnrx")
        if all(word[:4] != other[:4] for other in made):
            made.append(word)
    names = [iter(made[at::6]) for at in range(6)]
    return tuple(
        Chapter(
            number,
            next(names[0]),
            f"{next(names[1]).title()} {next(names[2]).title()}",
            f"The {next(names[3]).title()}",
            next(names[4]).title(),
            next(names[5]).title(),
        )
        for number in range(1, MOST + 1)
    )


TOLD = _chapters()


def write_serial(folder, chapters=CHAPTERS):
    """Write the story's first *chapters* and real history into *folder*, and return it."""
    work, told = folder / "the-serial", TOLD[:chapters]
    work.mkdir(parents=True)
    for chapter in told:
        (work / f"chapter-{chapter.number}.txt").write_text(chapter.text, "utf-8")
    parts = [chapter.document for chapter in told] + [chapter.dispute for chapter in told]
    (work / "canon.toml").write_text('title = "The Serial"\n' + "".join(parts), "utf-8")
    (work / "lexicon.toml").write_text("".join(chapter.entity for chapter in told), "utf-8")
    history = folder / "history"
    history.mkdir()
    (history / "canon.toml").write_text('title = "History"\nkind = "history"\n', "utf-8")
    (history / "timeline.txt").write_text(
        "• May 1500. A fair opens in Paris.\n\n• 3 June 1550. A bridge is opened.\n", "utf-8"
    )
    return folder
