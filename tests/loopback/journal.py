"""The log under test: every record as it was before anything was struck from it."""

import asyncio
import logging


class Journal(logging.Handler):
    """Keeps all records; `line` waits for one."""

    def __init__(self):
        super().__init__()
        self.records = []
        self._more = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._shape = logging.Formatter()

    def emit(self, record):
        self.records.append(
            (record, f"{self._shape.format(record)} {vars(record).get('reference')}")
        )
        self._loop.call_soon_threadsafe(self._more.set)

    @property
    def text(self):
        return "\n".join(text for _, text in self.records)

    def at(self, level):
        """Return the texts of the records of *level* and above."""
        return [text for record, text in self.records if record.levelno >= level]

    async def line(self, words, patience=10):
        """Wait for a record that has *words* in it and return (record, text)."""
        async with asyncio.timeout(patience):
            while True:
                for record, text in self.records:
                    if words in text:
                        return record, text
                self._more.clear()
                await self._more.wait()
