"""What `make audit` says: a known hole fails, a database that cannot be reached does not."""

import importlib.util
import json
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / ".ci/audit.py"


@pytest.fixture(scope="module")
def verdict():
    described = importlib.util.spec_from_file_location("audit", SCRIPT)
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module.verdict


def told(*dependencies):
    return json.dumps({"dependencies": dependencies, "fixes": []})


SOUND = {"name": "aiohttp", "version": "3.13.2", "vulns": []}
HOLE = {"id": "GHSA-1", "fix_versions": ["6.2", "7.0"], "description": "bad", "aliases": []}
BAD = {"name": "pillow", "version": "6.1", "vulns": [HOLE]}
UNKNOWN = {"name": "fontpkg", "skip_reason": "not found"}


def test_a_known_hole_fails_and_is_named(verdict):
    code, said = verdict(told(SOUND, BAD), "Found 1 known vulnerability in 1 package")

    assert code == 1
    assert "pillow 6.1: GHSA-1 (mended in 6.2, 7.0)" in said


def test_a_hole_that_no_version_mends_is_one_too(verdict):
    code, said = verdict(told(BAD | {"vulns": [HOLE | {"fix_versions": []}]}), "")

    assert code == 1
    assert "no version" in said


def test_no_known_hole_is_said_with_the_number_and_what_is_not_known(verdict):
    assert verdict(told(SOUND), "") == (0, "Audited 1 packages, no hole is known.")
    assert verdict(told(SOUND, UNKNOWN), "")[1].endswith("it does not know fontpkg.")


@pytest.mark.parametrize(
    "complaints",
    [
        "ERROR:pip_audit._cli:Could not connect to the vulnerability feed",
        "Traceback\nrequests.exceptions.ConnectTimeout: HTTPSConnectionPool: Max retries exceeded",
        "socket.gaierror: [Errno -3] Temporary failure in name resolution",
        "timed out after 600 s",
        "503 Server Error: Service Unavailable",
    ],
)
def test_offline_is_no_failure_and_is_said_plainly(verdict, complaints):
    code, said = verdict("", complaints)

    assert code == 0
    assert said.startswith("NOT AUDITED")


def test_a_database_that_knows_none_of_them_has_audited_nothing(verdict):
    code, said = verdict(told(UNKNOWN, UNKNOWN), "")

    assert code == 0
    assert said.startswith("NOT AUDITED")


@pytest.mark.parametrize("printed", ["", "{}", "[1]", "not JSON"])
def test_a_pip_audit_that_does_not_work_fails(verdict, printed):
    complaint = f"usage: pip-audit [-h]\npip-audit: error: unknown option {'503' * 99}"

    code, said = verdict(printed, complaint)

    assert code == 1
    assert "unknown option" in said
