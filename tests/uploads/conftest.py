"""Shelves on both engines; on the second the archives are built without a child process each."""

import pytest
from faults.harness.house import build_here
from pydantic import SecretStr

from bot.uploads import builder


@pytest.fixture(autouse=True)
def built_here_on_a_server(request, monkeypatch):
    """A child costs a second and knows no community; those of the files show what it does."""
    if "place" in request.fixturenames and isinstance(request.getfixturevalue("place"), SecretStr):
        monkeypatch.setattr(builder, "_ask_child", build_here)
