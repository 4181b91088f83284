"""Takes the pictures: `python -m benchmarks.gallery [names …] [--into docs/images]`.

A name is a picture's or a part's (`soviet`), which then is the only one that is lived through.

Prints how high each is on a phone, 844 pixels being what it shows at once; and how large the files
are.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

from benchmarks.gallery.room import open_room
from benchmarks.gallery.screens import ALL

_SCREEN = 844


async def take(names: set[str], into: Path) -> list[str]:
    """Take the pictures or parts called *names*, or all; return what went wrong."""
    parts = [part for part in ALL if part.__name__ in names]
    wanted = names - {part.__name__ for part in parts}
    with tempfile.TemporaryDirectory(prefix="samizdat-gallery-") as data:
        async with open_room(into, wanted, Path(data)) as room:
            for part in parts or ALL:
                try:
                    await part(room)
                except Exception as fault:
                    logging.exception("the rest of %s is not taken", part.__name__)
                    room.faults.append(f"{part.__name__}: {fault}")
            for name, height in sorted(room.taken.items()):
                size = (into / f"{name}.webp").stat().st_size / 1024
                screens = height / _SCREEN
                print(f"{name:24} {height:5} px  {screens:4.1f} screens  {size:5.0f} KiB")
            return room.faults


def main() -> None:
    """Read the command line and take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--into", type=Path, default=Path("docs/images"))
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    faults = asyncio.run(take(set(options.names), options.into))
    if faults:
        sys.exit("\n".join(["Not taken:", *faults]))


if __name__ == "__main__":
    main()
