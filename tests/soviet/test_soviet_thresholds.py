import pytest
from floor import unhurried
from hypothesis import given
from hypothesis import strategies as st

from bot.soviet.errors import BadDraftError
from bot.soviet.models import Base, Quorum, Threshold
from bot.soviet.thresholds import (
    MAJORITY,
    PLURALITY,
    read_quorum,
    read_threshold,
    write_quorum,
    write_threshold,
)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("majority", MAJORITY),
        ("Simple Majority", MAJORITY),
        ("1/2", MAJORITY),
        ("50%", Threshold(50, 100, strict=True)),
        ("2/3", Threshold(2, 3, strict=False)),
        (" 2 / 3 ", Threshold(2, 3, strict=False)),
        ("two thirds", Threshold(2, 3, strict=False)),
        ("60 %", Threshold(60, 100, strict=False)),
        ("66.67%", Threshold(6667, 10_000, strict=False)),
        ("more than 2/3", Threshold(2, 3, strict=True)),
        ("> 3/5", Threshold(3, 5, strict=True)),
        ("at least 1/2", Threshold(1, 2, strict=False)),
        (">= 3/4 of votes cast", Threshold(3, 4, strict=False)),
        ("1/2 of the roll", Threshold(1, 2, strict=True, base=Base.ROLL)),
        ("majority of members", Threshold(1, 2, strict=True, base=Base.ROLL)),
        ("at least 25% of the roll", Threshold(25, 100, strict=False, base=Base.ROLL)),
        ("unanimous", Threshold(1, 1, strict=False)),
        ("plurality", PLURALITY),
        ("50% + 1", MAJORITY),
    ],
)
def test_a_threshold_means_what_it_says(written, means):
    assert read_threshold(written) == means


@pytest.mark.parametrize(
    "written",
    ["", "most", "2/0", "0/3", "3/2", "more than 1/1", "101%", "-1/2", "2/3 of the moon",
     "at least majority", "1/99999", "½", "0.6", "٢/٣", "more than more than 1/2"],
)  # fmt: skip
def test_a_threshold_that_is_none_is_refused_with_the_way_out(written):
    with pytest.raises(BadDraftError, match="Write `majority`"):
        read_threshold(written)


fractions = st.integers(2, 10_000).flatmap(
    lambda under: st.builds(
        Threshold,
        st.integers(1, under - 1),
        st.just(under),
        st.booleans(),
        st.sampled_from(Base),
    )
)


@unhurried
@given(fractions)
def test_a_threshold_reads_back_as_it_was_written(threshold):
    assert read_threshold(write_threshold(threshold)) == threshold


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("10", Quorum(10)),
        ("none", Quorum(0)),
        ("0", Quorum(0)),
        ("25%", Quorum(25, 100)),
        ("1/3", Quorum(1, 3)),
        ("1/3 of the roll", Quorum(1, 3)),
        ("12 votes", Quorum(12)),
        ("100%", Quorum(100, 100)),
    ],
)
def test_a_quorum_means_what_it_says_and_reads_back(written, means):
    assert read_quorum(written) == means
    assert read_quorum(write_quorum(means)) == means


@pytest.mark.parametrize("written", ["", "many", "-3", "3/2", "0%", "101%", "1/0", "99999999"])
def test_a_quorum_that_is_none_is_refused(written):
    with pytest.raises(BadDraftError):
        read_quorum(written)
