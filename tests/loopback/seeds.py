"""Small seeds for the wire: an almanac of few entries, one of many, and a chapter."""

_ALMANAC = """\
title = "The Paper Republic"
author = "The tests"
blurb = "A small country that is run by its printers."

[[document]]
file = "timeline.txt"
title = "Annals of the Paper Republic"
format = "timeline"
tier = "timeline"
"""

_ANNALS = """\
The country that the printers made is young; this is what its almanac remembers.

• March 1931. The Printers' Strike begins in Novgrad. For nine days no paper appears.

• June 1932. The Paper Republic is proclaimed by Marta Velikov. Its three misprints become law.

• 14 October 1932. The Treaty of Inkwell ends the quarrel with the Bookbinders' League.

• May 1933. The Harbour War breaks out over a cargo of newsprint. It lasts until the paper is wet.

• January 1934. The Great Erratum is published. Marta Velikov steps down and reads proofs.
"""

_NAMES = """\
[[entity]]
name = "Marta Velikov"
kind = "person"
aliases = ["the Proclaimer"]
blurb = "A printer who proclaimed a republic, and corrected it."

[[entity]]
name = "Harbour War"
kind = "war"
"""

_TIDES = """\
title = "The Tide Mills"
author = "The tests"

[[document]]
file = "mills.txt"
title = "Register of the mills"
format = "timeline"
tier = "timeline"

[[document]]
file = "chapter.txt"
title = "A Miller's Tale"
tier = "chapter"
chapter = 1
"""

_CHAPTER = "\n\n".join(
    [
        "The miller Anna Brod kept no clock, for the sea told her the hour, and was never late.",
        "When the bailiff came about the candle tax she gave him bread, and told him that candles "
        "are for those who do not know when it is night. He had this filed under wax.",
        "“The sea,” she said to him at the door, “has never paid a tax.” "
        + "He looked at the sea, and the sea looked at him. " * 90
        + "Then the bailiff took off his boots, and signed the receipt for her.",
    ]
)


def write_seeds(folder):
    """Write two works, `paper-republic` (5 entries) and `tide-mills` (20 in 1941, a chapter)."""
    _work(folder / "paper-republic", _ALMANAC, {"timeline.txt": _ANNALS, "lexicon.toml": _NAMES})
    mills = "\n\n".join(
        f"• {day} May 1941. Mill number {day} at Saltby is stopped by the tide. Its sacks are wet."
        for day in range(1, 21)
    )
    _work(folder / "tide-mills", _TIDES, {"mills.txt": mills, "chapter.txt": _CHAPTER})
    return folder


def _work(folder, about, documents):
    folder.mkdir(parents=True)
    (folder / "canon.toml").write_text(about, "utf-8")
    for name, text in documents.items():
        (folder / name).write_text(text, "utf-8")
