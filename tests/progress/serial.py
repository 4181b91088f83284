"""A story of five chapters, each with words, names and dates of its own, and real history."""

CHAPTERS = 5
# One word, name, alias and year that only chapter N tells.
WORDS = ("aardvark", "bobolink", "cormorant", "dromedary", "echidna")
PEOPLE = ("Quillon Marsh", "Zenobia Trask", "Ulrich Vantongeren", "Ottoline Beck", "Ignace Prowse")
SECRETS = ("The Lamplighter", "The Cartographer", "The Ferryman", "The Glazier", "The Beekeeper")
YEARS = (1901, 1902, 1903, 1904, 1905)


def chapter_text(number):
    word, person, year = WORDS[number], PEOPLE[number], YEARS[number]
    return (
        f"• May {year}. {person} brings the {word} to court. It happened on 9 May {year}.\n\n"
        f"• June {year}. The {word} war begins, and {person} leads it.\n"
    )


def write_serial(folder):
    work = folder / "the-serial"
    work.mkdir(parents=True)
    canon = ['title = "The Serial"']
    lexicon = []
    for number in range(CHAPTERS):
        (work / f"chapter-{number + 1}.txt").write_text(chapter_text(number), "utf-8")
        canon.append(
            f'[[document]]\nfile = "chapter-{number + 1}.txt"\ntitle = "Of {WORDS[number]}s"\n'
            f'format = "timeline"\ntier = "chapter"\nchapter = {number + 1}'
        )
        lexicon.append(
            f'[[entity]]\nname = "{PEOPLE[number]}"\nkind = "person"\n'
            f'aliases = ["{SECRETS[number]}"]\nblurb = "Keeper of the {WORDS[number]}."\n'
            f"reveals = {number + 1}"
        )
    (work / "canon.toml").write_text("\n".join(canon), "utf-8")
    (work / "lexicon.toml").write_text("\n".join(lexicon), "utf-8")
    history = folder / "history"
    history.mkdir()
    (history / "canon.toml").write_text('title = "History"\nkind = "history"\n', "utf-8")
    (history / "timeline.txt").write_text(
        "• May 1900. A fair opens in Paris.\n\n• 3 June 1906. A bridge is opened.\n", "utf-8"
    )
    return folder
