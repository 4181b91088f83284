"""Which of the passages that hold the words was meant."""

from bot.canon.names import fold
from bot.canon.ranking import Candidate, Scored, ranked
from bot.canon.terms import Term
from bot.canon.wording import PLAIN, Manners


def passage(
    number: int, title: str, body: str = "", *, day: int | None = 1, **rest: int
) -> Candidate:
    return Candidate(number, fold(title), "", fold(body or title), -1.0, day, number, **rest)


def asked(
    *passages: Candidate,
    words: str,
    also: dict[str, set[str]] | None = None,
    manners: Manners = PLAIN,
) -> list[Scored]:
    said = words.split()
    terms = [Term(word, frozenset({word}), frozenset((also or {}).get(word, ()))) for word in said]
    return ranked(passages, terms, words, dict.fromkeys(said, 1.0), manners)


def test_an_entry_about_a_war_stands_before_one_that_only_mentions_it() -> None:
    mention = passage(1, "A treaty is signed", "After the Balkan War the treaty was signed.")
    about = passage(2, "The Balkan War begins")

    assert asked(mention, about, words="balkan war")[0].id == 2


def test_a_name_that_only_says_when_is_no_title() -> None:
    setting = passage(1, "Following the Balkan War, Greece asks for an alliance")
    about = passage(2, "Tension grows", "So the Balkan War begins.")

    assert asked(setting, about, words="balkan war")[0].id == 2


def test_the_sentence_in_which_a_thing_begins_counts_more_than_a_mention() -> None:
    mention = passage(1, "Talks", "They spoke of the Long March for hours.")
    begins = passage(2, "Retreat", "This was the start of what is known as the Long March.")

    assert asked(mention, begins, words="long march")[0].id == 2


def test_a_phrase_counts_more_than_the_same_words_far_apart() -> None:
    apart = passage(1, "One", "The red flag was flown. " + "Nothing. " * 30 + "An army came.")
    phrase = passage(2, "Two", "Nothing yet. The red army came.")

    assert asked(apart, phrase, words="red army")[0].id == 2


def test_the_word_itself_counts_more_than_one_that_means_the_same() -> None:
    likewise = passage(1, "The congress opens")
    itself = passage(2, "The conference opens")

    scored = asked(likewise, itself, words="conference", also={"conference": {"congress"}})

    assert [each.id for each in scored] == [2, 1]


def test_a_name_in_another_name_counts_less_than_the_one_who_is_meant() -> None:
    other = passage(1, "The Franco-Italian War begins")
    meant = passage(2, "A coup fails", "General Franco takes over.", named_at=3)

    assert asked(other, meant, words="franco")[0].id == 2


def test_more_of_the_words_count_more_than_a_title() -> None:
    some = passage(1, "Stalin")
    both = passage(2, "A day", "Kamenev met Stalin.")

    scored = asked(some, both, words="stalin kamenev")

    assert scored[0].id == 2
    assert scored[0].weight > scored[1].weight


def test_words_together_are_told_from_words_strewn_over_a_text() -> None:
    strewn = passage(1, "One", "Red. " + "Nothing. " * 80 + "Army.")
    near = passage(2, "Two", "The army was red.")

    together = {each.id: each.together for each in asked(strewn, near, words="red army")}

    assert together == {1: False, 2: True}


def test_of_equal_entries_the_earlier_day_comes_first_and_what_has_no_date_last() -> None:
    rows = [passage(1, "Riots", day=None), passage(2, "Riots", day=9), passage(3, "Riots", day=4)]

    assert [each.id for each in asked(*rows, words="riots")] == [3, 2, 1]


def test_nothing_is_ranked_as_nothing() -> None:
    assert asked(words="anything") == []


def test_ships_of_a_country_are_its_ships_in_the_other_order() -> None:
    strewn = passage(1, "A treaty", "Ships were few, and of old Austria little was left.")
    phrase = passage(2, "The fleet", "The Austria ships were sold.")

    best = asked(strewn, phrase, words="ships austria", manners=Manners(turned=True))

    assert best[0].id == 2


def test_who_was_killed_stands_before_who_only_gained_by_it() -> None:
    asks = Manners(deeds=frozenset({"assassinated"}), violent=True)
    gained = passage(1, "Stalin is assassinated and Trotsky takes power")
    killed = passage(2, "An ice axe", "In Mexico Trotsky is assassinated.")

    best = asked(gained, killed, words="assassinated trotsky", manners=asks)

    assert best[0].id == 2
    assert best[0].suffers
    assert not best[1].suffers


def test_a_title_that_names_somebody_by_another_name_counts_as_his() -> None:
    early = passage(1, "Sailors rise", "Somebody and Tukhachevsky came.", named_at=4)
    titled = passage(2, "Tukhachevsky is shot", named_at=0, day=2)

    assert asked(early, titled, words="tuchatschewski")[0].id == 2
