"""What must hold for every file that is, or would be, committed."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {".git", ".venv", "data", "dist", "build", "htmlcov", "__pycache__"}

# Put together here, or this file would find itself. Where packages come from is the operator's
# affair: the locks say which, by hash.
_HOSTS = [
    "pypi" + ".org",
    "python" + "hosted",
    "npmjs" + ".org",
    "npmjs" + ".com",
    "yarnpkg" + ".com",
]
_OPTIONS = ["index" + "-url", "find" + "-links", "trusted" + "-host", "default" + "-index"]
_VARIABLES = ["PIP_" + "INDEX", "PIP_EXTRA_" + "INDEX", "UV_" + "INDEX", "UV_DEFAULT_" + "INDEX"]
REGISTRIES = re.compile("|".join(map(re.escape, _HOSTS + _OPTIONS + _VARIABLES)), re.IGNORECASE)
UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b|(?i:\bcoming\s+so" + r"on\b)")
REQUIREMENT = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}(?=\s|$)")


def listed_by_git() -> list[Path] | None:
    """Return what git tracks or would add; None outside a checkout, or where git will not tell."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return None if done.returncode else [ROOT / name for name in done.stdout.split("\0") if name]


def walked(root: Path) -> list[Path]:
    """Return every file below *root* but those of environments, data and caches."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return [
        path
        for path in paths
        if not any(
            part in NOT_OURS or part.endswith("_cache") for part in path.relative_to(root).parts
        )
    ]


def readable(paths: list[Path]) -> dict[str, str]:
    """Return the text of each file that is one, by its name from the root."""
    contents = {path: path.read_bytes() for path in paths if path.is_file()}
    return {
        path.relative_to(ROOT).as_posix(): content.decode(errors="replace")
        for path, content in contents.items()
        if b"\0" not in content
    }


def unhashed(requirements: str) -> list[str]:
    """Return the requirements (with their continuation lines) that carry no sha256."""
    joined = re.sub(r"\\\n\s*", " ", requirements)
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [line for line in lines if not (REQUIREMENT.match(line) and HASH.search(line))]


def pinned(requirements: str) -> set[tuple[str, str]]:
    """Return every (name, version); a name stands twice where markers choose between versions."""
    matches = (REQUIREMENT.match(line) for line in requirements.splitlines())
    return {(match[1], match[2]) for match in matches if match}


def proves_something(source: str) -> bool:
    """Tell whether a test file asserts, or expects an error, anywhere."""
    nodes = list(ast.walk(ast.parse(source)))
    return any(
        isinstance(node, ast.Assert) or getattr(node, "attr", "") == "raises" for node in nodes
    )


@pytest.fixture(scope="module")
def texts():
    tracked = listed_by_git()
    return readable(walked(ROOT) if tracked is None else tracked)


def locked(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")


def test_the_files_of_the_repository_are_found(texts):
    assert {"pyproject.toml", ".env.example", "bot/errors.py"} <= set(texts)
    assert not [name for name in texts if name.startswith((".venv/", ".git/"))]


def test_outside_git_the_tree_is_walked_without_environments_data_and_caches(tmp_path):
    for name in ("bot/a.py", ".venv/b.py", "data/c", "x/__pycache__/d", ".mypy_cache/e", ".env"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    found = {path.relative_to(tmp_path).as_posix() for path in walked(tmp_path)}

    assert found == {"bot/a.py", ".env"}


def test_no_file_says_where_packages_come_from(texts):
    assert [name for name, text in texts.items() if REGISTRIES.search(text)] == []


def test_nothing_is_left_for_later(texts):
    # The seeds are other people's words.
    ours = {
        name: text
        for name, text in texts.items()
        if name.endswith((".py", ".md")) and not name.startswith("seeds/")
    }

    assert [name for name, text in ours.items() if UNDONE.search(text)] == []


@pytest.mark.parametrize("name", ["run", "sandbox", "dev", "audit"])
def test_every_requirement_is_pinned_and_hashed(name):
    assert pinned(locked(name))
    assert unhashed(locked(name)) == []


def test_each_set_of_requirements_holds_the_smaller_one_version_for_version():
    assert pinned(locked("run")) < pinned(locked("sandbox")) < pinned(locked("dev"))


def test_every_file_of_tests_proves_something(texts):
    tests = {
        name: text for name, text in texts.items() if re.search(r"^tests/.*test_\w+\.py$", name)
    }

    assert "tests/meta/test_repository.py" in tests
    assert [name for name, source in tests.items() if not proves_something(source)] == []


def test_the_changelog_has_a_place_for_what_is_not_released(texts):
    assert re.search(r"^## \[?Unreleased\]?", texts["CHANGELOG.md"], re.MULTILINE)


@pytest.mark.parametrize(
    "text",
    [
        "see pypi" + ".org/project/x",
        "pip install --index" + "-url https://x",
        "PIP_" + "INDEX_URL=",
    ],
)
def test_a_planted_registry_is_found(text):
    assert REGISTRIES.search(text)


@pytest.mark.parametrize("text", ["# TO" + "DO: later", "FIX" + "ME", "Coming\nso" + "on."])
def test_a_planted_promise_is_found(text):
    assert UNDONE.search(text)


def test_ordinary_words_are_no_promises():
    assert not UNDONE.search("todos, método, TODOS; coming sooner; soon")


def test_a_requirement_without_a_hash_or_a_version_is_found():
    good = f"a==1 ; python_version < '4' \\\n    --hash=sha256:{'0' * 64}\n"
    bad = ["b==1", f"c>=1 --hash=sha256:{'0' * 64}", "d==1 --hash=sha256:00", "-e .", "--pre"]

    assert unhashed(f"# by uv\n{good}") == []
    assert unhashed(good + "\n".join(bad)) == bad


def test_a_test_file_that_proves_nothing_is_found():
    assert not proves_something("def test_a():\n    run()")
    assert proves_something("def test_a():\n    with pytest.raises(E):\n        run()")
