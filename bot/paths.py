"""Where the folders that came with the program are, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def project_folder(name: str) -> Path:
    """Return the folder *name* (`migrations`, `seeds`) that came with the program.

    A wheel carries its copy inside the package (`pyproject.toml`, force-include); a checkout has
    none there. The copy comes first: beside an installed package stand other people's folders.
    """
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
