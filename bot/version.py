"""Which version of the program this is."""

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str | None:
    """Return the version that is installed, or None when it runs from a checkout that is not."""
    try:
        return version("samizdat")
    except PackageNotFoundError:
        return None
