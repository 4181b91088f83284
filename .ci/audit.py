"""Tell whether a hole is known in what is installed: `python .ci/audit.py REQUIREMENTS…`.

Runs pip-audit, which asks a database on the internet. A known hole is a failure. That the database
cannot be reached is none, but is said: nothing was audited then.
"""

import json
import re
import subprocess
import sys
from typing import Any

_PATIENCE = 600
_OFFLINE = re.compile(
    r"\b(connect\w*|connection\w*|timed? ?out|\w*timeout|name resolution|unreachable|proxy\w*"
    r"|ssl\w*|certificate|max retries|50[234] server error)\b",
    re.IGNORECASE,
)
_LONGEST = 300


def asked(file: str) -> tuple[str, str]:
    """Return what pip-audit prints of *file* (JSON, when it could ask) and its complaints."""
    options = ["--disable-pip", "--require-hashes", "--progress-spinner=off", "--format=json"]
    command = [sys.executable, "-m", "pip_audit", "--requirement", file, *options, "--timeout=15"]
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return "", f"timed out after {_PATIENCE} s"
    return done.stdout, done.stderr


def verdict(printed: str, complaints: str) -> tuple[int, str]:
    """Return the exit code and what is to be said."""
    try:
        found: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (complaints.strip().splitlines() or ["it said nothing"])[-1][:_LONGEST]
        if _OFFLINE.search(last):
            return 0, f"NOT AUDITED: the database of known holes cannot be reached ({last})."
        return 1, f"pip-audit does not work: {last}"
    holes = [
        f"{each['name']} {each['version']}: {hole['id']}"
        f" (mended in {', '.join(hole.get('fix_versions') or ['no version'])})"
        for each in found
        for hole in each.get("vulns", ())
    ]
    if holes:
        return 1, "\n".join(["KNOWN HOLES:", *holes])
    unknown = [each for each in found if "skip_reason" in each]
    if len(unknown) == len(found):
        reason = unknown[0]["skip_reason"] if unknown else "no package was named"
        return 0, f"NOT AUDITED: the database answers about none of the packages ({reason})."
    names = ", ".join(each["name"] for each in unknown)
    less = f"; it does not know {names}" if unknown else ""
    return 0, f"Audited {len(found) - len(unknown)} packages, no hole is known{less}."


if __name__ == "__main__":
    worst = 0
    for file in sys.argv[1:]:
        code, said = verdict(*asked(file))
        print(f"{file}: {said}")  # noqa: T201
        worst = max(worst, code)
    sys.exit(worst)
