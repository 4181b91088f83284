"""What goes through the pipes between the bot and a worker: a length, and that many bytes.

The bytes are pickles. Both ends are this program, and the pipes belong to the two of them alone.
"""

import pickle
from typing import IO, Any

LENGTH = 4
"""Bytes of a frame that say how many follow."""


def packed(thing: object) -> bytes:
    """Return *thing* as one frame."""
    data = pickle.dumps(thing, pickle.HIGHEST_PROTOCOL)
    return len(data).to_bytes(LENGTH, "big") + data


def unpacked(data: bytes) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what *data*, a frame without its length, holds."""
    return pickle.loads(data)  # noqa: S301 - our own, see above


def read(stream: IO[bytes]) -> Any:  # noqa: ANN401 - whatever was packed
    """Return what the next frame of *stream* holds. Blocking.

    Raises:
        EOFError: the other end has gone.
    """
    length = _exactly(stream, LENGTH)
    return unpacked(_exactly(stream, int.from_bytes(length, "big")))


def _exactly(stream: IO[bytes], count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
