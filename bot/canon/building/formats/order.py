"""Whether dated entries stand in the order in which things happened."""

from collections.abc import Iterable, Iterator

from bot.canon.building.formats.model import Block


def out_of_order(blocks: Iterable[Block]) -> Iterator[tuple[Block, Block]]:
    """Yield each entry that ends before another, told above it, begins, with that other.

    Of those above it is the latest that counts. A year after one of its own months is in order.
    """
    latest: Block | None = None
    for block in blocks:
        if block.span is None:
            continue
        if latest is None or latest.span is None or block.span.first >= latest.span.first:
            latest = block
        elif block.span.last < latest.span.first:
            yield block, latest
