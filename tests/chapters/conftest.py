"""What the tests of chapters share (see fixtures.py)."""

from tests.chapters.fixtures import (  # noqa: F401
    farm,
    fetcher,
    parser,
    read,
    still_clock,
)
