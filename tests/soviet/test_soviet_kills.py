import os

import pytest

from benchmarks.kills import kill_again_and_again

KILLS = 100

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the polling station forks")


def test_a_hundred_kills_while_readers_vote_lose_no_acknowledged_ballot(community):
    toll = kill_again_and_again(community, KILLS)

    assert toll.acknowledged > 10 * KILLS, "killed before anybody voted: this proves nothing"
    assert toll.lost == 0
    assert toll.faults == []
