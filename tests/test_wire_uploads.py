"""The stand-in and files: what Discord refuses of them is refused here."""

import pytest
from loopback.uploads import DESCRIPTION, File, attached, faults_of_files

FILE = File(0, "a.png", b"x", "image/png")


@pytest.mark.parametrize(
    ("payload", "files"),
    [
        ({}, [File(number, "a.png", b"x", "") for number in range(11)]),
        ({}, [FILE, FILE]),
        ({}, [File(0, "", b"x", "")]),
        ({}, [File(0, "a.png", b"", "")]),
        ({}, [File(0, "a.png", bytes(10 * 1024 * 1024 + 1), "")]),
        ({"attachments": [{"id": 1, "filename": "a.png"}]}, [FILE]),
        ({"data": {"attachments": [{"id": 0, "description": "x" * (DESCRIPTION + 1)}]}}, [FILE]),
    ],
    ids=["11 files", "one number", "no name", "empty", "too large", "no file", "description"],
)
def test_a_planted_fault_is_found(payload, files):
    assert list(faults_of_files(payload, files))


def test_what_discord_takes_is_taken():
    payload = {"attachments": [{"id": 0, "description": "x" * DESCRIPTION}, {"id": "1" * 18}]}

    assert list(faults_of_files(payload, [FILE])) == []
    assert list(faults_of_files([], [])) == list(faults_of_files(None, [])) == []


class Shelf:
    base = "http://127.0.0.1"

    def __init__(self):
        self.files = {}


def test_an_edit_keeps_the_attachments_it_names_and_only_those():
    old = {"attachments": [{"id": "1" * 18}, {"id": "2" * 18}]}

    assert attached(Shelf(), old, {"content": "x"}, []) == old["attachments"]
    kept = attached(Shelf(), old, {"attachments": [{"id": "2" * 18}]}, [])
    assert kept == [{"id": "2" * 18}]
    shelf = Shelf()
    (new,) = attached(shelf, old, {"attachments": [{"id": 0, "description": "d"}]}, [FILE])
    assert (new["description"], shelf.files[new["id"]]) == ("d", b"x")
