import pytest


@pytest.fixture
def nadia(world):
    return world.admin


@pytest.fixture
def lounge(world):
    return world.channels["lounge"]
