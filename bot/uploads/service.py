"""Adding documents to a server's shelf and taking them off: first looked at, then kept."""

import asyncio
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

from bot.canon.building.seeds import RESERVED, WORK_SLUG_LENGTH
from bot.canon.names import fold, slug
from bot.canon.works import NoSuchWorkError
from bot.clock import Clock, instant
from bot.language.speech import say
from bot.uploads.archives import Archives
from bot.uploads.builder import Sight, see_apart
from bot.uploads.models import MOST_BYTES, Document, UploadError
from bot.uploads.repository import DocumentRepository

_MARK = 7
"""Characters that tell one server's work from another's of the same title."""
_NOT_IN_NAMES = re.compile(r"[^\w.,()&+' -]+")


@dataclass(frozen=True, slots=True)
class Offer:
    """A document as somebody sends it. *chapter* 0: known to every reader."""

    file: str
    content: bytes
    work: str
    title: str = ""
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that was looked at and waits to be confirmed. *joins*: its work is there."""

    document: Document
    sight: Sight
    joins: bool


class Uploads:
    """The documents of servers. Whether somebody may change them is the caller's check."""

    def __init__(self, documents: DocumentRepository, archives: Archives, clock: Clock) -> None:
        self._documents = documents
        self._archives = archives
        self._clock = clock

    async def look(self, guild_id: int, user_id: int, offer: Offer) -> Draft:
        """Read what is offered, keep it as a draft and say what would come of it.

        Raises:
            UploadError: it cannot be read, or is not what it should be.
        """
        if not offer.content:
            raise UploadError(say("That file is empty."))
        if len(offer.content) > MOST_BYTES:
            raise UploadError(
                say(
                    "A document may have {size} MB. Split it and add its parts.",
                    size=MOST_BYTES // 1_000_000,
                )
            )
        key, title, joins = await self._work(guild_id, offer.work)
        document = Document(
            0,
            guild_id,
            key,
            title,
            file_name(offer.file),
            " ".join(offer.title.split())[:100],
            offer.chapter,
            len(offer.content),
            user_id,
            instant(self._clock.now()),
        )
        sight = await asyncio.to_thread(_sight, document, offer.content)
        number = await self._documents.add_draft(document, offer.content)
        kept, _ = await self._documents.draft(number, guild_id)
        return Draft(kept, sight, joins)

    async def _work(self, guild_id: int, name: str) -> tuple[str, str, bool]:
        """Return key and title of the work called *name*, and whether it is there already."""
        if not fold(name):
            raise UploadError(
                say("Name the story the document belongs to, with letters or numbers.")
            )
        library = (await self._archives.of(guild_id)).library
        try:
            known = library.work_called(name)
        except NoSuchWorkError:
            title = " ".join(name.split())[:100]
            mark = f"-{crc32(str(guild_id).encode()):08x}"[:_MARK]
            # Two servers may each have a story called so, and readers' progress goes by the key.
            return slug(title, WORK_SLUG_LENGTH - _MARK) + mark, title, False
        return known.slug, known.title, True

    async def keep(self, document_id: int, guild_id: int) -> Document:
        """Put a draft on the server's shelf; its archive answers from it afterwards.

        Raises:
            NoSuchDocumentError: the server has no such draft.
            UploadError: with the rest of the shelf it cannot be built; the shelf is as it was.
        """
        draft, _ = await self._documents.draft(document_id, guild_id)
        await self._archives.to_its_end(self._archives.rebuild(guild_id, document_id))
        return draft

    async def discard(self, document_id: int, guild_id: int) -> None:
        """Throw a draft away."""
        await self._documents.drop_draft(document_id, guild_id)

    async def remove(self, document_id: int, guild_id: int) -> Document:
        """Take a document off the server's shelf.

        Raises:
            NoSuchDocumentError: it has no such document.
        """
        return await self._archives.to_its_end(self._remove(document_id, guild_id))

    async def _remove(self, document_id: int, guild_id: int) -> Document:
        removed = await self._documents.remove(document_id, guild_id)
        await self._archives.rebuild(guild_id)
        return removed

    async def forget(self, user_id: int) -> None:
        """Forget who added which document."""
        await self._documents.forget(user_id)

    async def purge(self, guild_id: int) -> None:
        """Delete everything of a server that is not served any more."""
        await self._documents.purge(guild_id)
        await self._archives.rebuild(guild_id)

    async def documents(self, guild_id: int) -> tuple[Document, ...]:
        """Return what stands on a server's shelf."""
        return await self._documents.kept(guild_id)


def _sight(document: Document, content: bytes) -> Sight:
    """Look at *content* in a child process. Blocking."""
    with tempfile.TemporaryDirectory(prefix="samizdat-look-") as folder:
        path = Path(folder) / document.file
        path.write_bytes(content)
        sight = see_apart(path, document.chapter)
    if not sight.passages:
        raise UploadError(say("Nothing in that file can be read as a text."))
    return sight


def file_name(name: str) -> str:
    """Return *name* as the name of a file that any disk takes and no build leaves out."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = " ".join(_NOT_IN_NAMES.sub(" ", plain).split()).strip(". ~")[-80:].strip(". ~")
    if not plain or plain.casefold() in RESERVED or plain.rsplit(".", 1)[0].casefold() == "readme":
        return f"document {plain}".strip() if plain else "document.txt"
    return plain
