import pytest
from floor import unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.soviet.articles import STANDARD
from bot.soviet.errors import BadArticleError, NoSuchArticleError
from bot.soviet.models import DAY_MS, HOUR_MS
from bot.soviet.orders import KEYS, orders_at, read_article
from bot.soviet.thresholds import MAJORITY


def test_the_orders_a_house_comes_with_are_sensible():
    orders = orders_at(0, {})

    assert orders.threshold == MAJORITY
    assert orders.number("seconders") == 1
    assert orders.span_ms("lapse") == 48 * HOUR_MS
    assert orders.span_ms("term") == 72 * HOUR_MS
    assert orders.number("words") == 10_000
    assert orders.role("movers") is None
    assert [article.number for article in orders.articles] == list(range(1, len(KEYS) + 1))
    assert all(article.is_default for article in orders.articles)


@pytest.mark.parametrize("standard", STANDARD, ids=lambda standard: standard.key)
def test_every_default_is_what_its_article_takes(standard):
    assert read_article(standard.key, standard.default) == (standard.key, standard.default)


@pytest.mark.parametrize(
    ("article", "value", "kept"),
    [
        ("1", "2/3", ("threshold", "at least 2/3")),
        ("threshold", "Majority", ("threshold", "majority")),
        ("quorum", "25%", ("quorum", "25/100 of the roll")),
        ("Seconders", "0", ("seconders", "0")),
        ("seconders a motion needs", "3", ("seconders", "3")),
        ("§ 4", "2d 12h", ("lapse", "2d12h")),
        ("art. 5", "1w", ("term", "1w")),
        ("ballot", "Secret", ("ballot", "secret")),
        ("visibility", "after voting", ("visibility", "after_voting")),
        ("movers", "<@&123456789012345678>", ("movers", "<@&123456789012345678>")),
        ("movers", "123456789012345678", ("movers", "<@&123456789012345678>")),
        ("movers", "Everyone", ("movers", "everyone")),
        ("praesidium", "none", ("praesidium", "nobody")),
        ("membership", "0", ("membership", "0m")),
        ("quota", "yes", ("quota", "on")),
        ("words", "12,000", ("words", "12000")),
    ],
)
def test_an_article_is_found_and_its_value_spelled_one_way(article, value, kept):
    assert read_article(article, value) == kept


@pytest.mark.parametrize(
    ("article", "value"),
    [
        ("threshold", "1/3"),
        ("threshold", "plurality"),
        ("seconders", "11"),
        ("seconders", "-1"),
        ("seconders", "one"),
        ("lapse", "59m"),
        ("term", "4m"),
        ("term", "61d"),
        ("term", ""),
        ("ballot", "hidden"),
        ("movers", "@everyone"),
        ("movers", "<@123456789012345678>"),
        ("quota", "maybe"),
        ("words", "0"),
        ("words", "1000001"),
        ("pending", "0"),
    ],
)
def test_a_value_out_of_bounds_is_told_what_the_article_takes(article, value):
    with pytest.raises(BadArticleError, match="takes"):
        read_article(article, value)


def test_an_article_that_is_none_is_named_back():
    with pytest.raises(NoSuchArticleError, match="constitution"):
        read_article("constitution", "1")


@unhurried
@given(st.sampled_from(KEYS), st.text(max_size=30))
def test_whatever_is_kept_reads_back_as_itself(key, value):
    try:
        kept = read_article(key, value)
    except BadArticleError:
        return
    assert read_article(*kept) == kept
    orders = orders_at(1, dict([kept]))
    assert orders[key] == kept[1]
    assert orders.span_ms("term") >= 5 * 60_000
    assert orders.span_ms("cooldown") <= 7 * DAY_MS
