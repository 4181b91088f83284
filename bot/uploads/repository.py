"""The table of servers' documents."""

from hashlib import sha256

from bot.clock import Instant
from bot.language.speech import say
from bot.storage.database import Database, Transaction
from bot.storage.rows import Row
from bot.uploads.models import (
    MOST_DOCUMENTS,
    MOST_GUILD_BYTES,
    Document,
    NoSuchDocumentError,
    UploadError,
)

_COLUMNS = "id, guild_id, work, work_title, file, title, chapter, size, added_by, added_at, content"
_DRAFTS_LIVE = 24 * 3600 * 1000
"""Milliseconds after which a draft nobody confirmed is thrown away."""


class DocumentRepository:
    """Reads and writes the documents of servers. A draft answers nothing until it is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def guilds(self) -> frozenset[int]:
        """Return the servers that have documents."""
        rows = await self._database.fetch_all(
            "SELECT DISTINCT guild_id FROM guild_document WHERE state = 'kept'"
        )
        return frozenset(row["guild_id"] for row in rows)

    async def revisions(self) -> dict[int, tuple[int, int]]:
        """Return what changes with every change of a server's documents, by server."""
        rows = await self._database.fetch_all(
            """
            SELECT guild_id, count(*) AS number, max(id) AS newest FROM guild_document
             WHERE state = 'kept' GROUP BY guild_id
            """
        )
        return {row["guild_id"]: (row["number"], row["newest"]) for row in rows}

    async def kept(self, guild_id: int) -> tuple[Document, ...]:
        """Return a server's documents, by work, chapter and name."""
        return tuple([document for document, _content in await self._kept(guild_id)])

    async def contents(self, guild_id: int) -> tuple[tuple[Document, bytes], ...]:
        """Return a server's documents with their bytes."""
        return tuple(await self._kept(guild_id))

    async def _kept(self, guild_id: int) -> list[tuple[Document, bytes]]:
        rows = await self._database.fetch_all(
            f"""
            SELECT {_COLUMNS} FROM guild_document
             WHERE guild_id = :guild_id AND state = 'kept'
             ORDER BY work, chapter, file
            """,  # noqa: S608 - a constant
            {"guild_id": guild_id},
        )
        return [(_document(row), row["content"]) for row in rows]

    async def add_draft(self, draft: Document, content: bytes) -> int:
        """Keep a document until it is confirmed; return its id. Old drafts are thrown away."""

        async def insert(tx: Transaction) -> int:
            await tx.execute(
                "DELETE FROM guild_document WHERE state = 'draft' AND added_at < :past",
                {"past": draft.added_at - _DRAFTS_LIVE},
            )
            row = await tx.fetch_one(
                """
                INSERT INTO guild_document (guild_id, work, work_title, file, title, chapter,
                    state, sha256, size, content, added_by, added_at)
                VALUES (:guild_id, :work, :work_title, :file, :title, :chapter,
                    'draft', :sha256, :size, :content, :added_by, :added_at)
                RETURNING id
                """,
                {
                    "guild_id": draft.guild_id,
                    "work": draft.work,
                    "work_title": draft.work_title,
                    "file": draft.file,
                    "title": draft.title,
                    "chapter": draft.chapter,
                    "sha256": sha256(content).hexdigest(),
                    "size": len(content),
                    "content": content,
                    "added_by": draft.added_by,
                    "added_at": draft.added_at,
                },
            )
            return 0 if row is None else int(row["id"])

        return await self._database.write(insert)

    async def draft(self, document_id: int, guild_id: int) -> tuple[Document, bytes]:
        """Return a server's draft with its bytes.

        Raises:
            NoSuchDocumentError: it has none of this id.
        """
        row = await self._database.fetch_one(
            f"""
            SELECT {_COLUMNS} FROM guild_document
             WHERE id = :id AND guild_id = :guild_id AND state = 'draft'
            """,  # noqa: S608 - a constant
            {"id": document_id, "guild_id": guild_id},
        )
        if row is None:
            raise NoSuchDocumentError
        return _document(row), row["content"]

    async def keep(self, document_id: int, guild_id: int) -> None:
        """Make a draft a document, in the place of the one of the same work and name.

        Raises:
            NoSuchDocumentError: the server has no such draft.
            UploadError: it has too many documents, or too large ones.
        """
        key = {"id": document_id, "guild_id": guild_id}

        async def update(tx: Transaction) -> None:
            await tx.execute(
                """
                DELETE FROM guild_document
                 WHERE state = 'kept' AND guild_id = :guild_id AND (work, file) IN (
                    SELECT work, file FROM guild_document
                     WHERE id = :id AND guild_id = :guild_id AND state = 'draft')
                """,
                key,
            )
            changed = await tx.execute(
                """
                UPDATE guild_document SET state = 'kept'
                 WHERE id = :id AND guild_id = :guild_id AND state = 'draft'
                """,
                key,
            )
            if not changed:
                raise NoSuchDocumentError
            await _check_room(tx, guild_id)

        await self._database.write(update)

    async def drop_draft(self, document_id: int, guild_id: int) -> None:
        """Throw a draft away; nothing happens when there is none."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                """
                DELETE FROM guild_document
                 WHERE id = :id AND guild_id = :guild_id AND state = 'draft'
                """,
                {"id": document_id, "guild_id": guild_id},
            )

        await self._database.write(delete)

    async def remove(self, document_id: int, guild_id: int) -> Document:
        """Delete a server's document and return what it was.

        Raises:
            NoSuchDocumentError: the server has no such document.
        """

        async def delete(tx: Transaction) -> Document:
            row = await tx.fetch_one(
                f"""
                DELETE FROM guild_document
                 WHERE id = :id AND guild_id = :guild_id AND state = 'kept'
                RETURNING {_COLUMNS}
                """,  # noqa: S608 - a constant
                {"id": document_id, "guild_id": guild_id},
            )
            if row is None:
                raise NoSuchDocumentError
            return _document(row)

        return await self._database.write(delete)

    async def purge(self, guild_id: int) -> None:
        """Delete everything of a server."""

        async def delete(tx: Transaction) -> None:
            await tx.execute(
                "DELETE FROM guild_document WHERE guild_id = :guild_id", {"guild_id": guild_id}
            )

        await self._database.write(delete)

    async def export(self, user_id: int) -> list[dict[str, object]]:
        """Return which documents a person added, without what is in them."""
        rows = await self._database.fetch_all(
            """
            SELECT guild_id, work, file, title, state, size, added_at FROM guild_document
             WHERE added_by = :user_id ORDER BY id
            """,
            {"user_id": user_id},
        )
        return [dict(row) for row in rows]

    async def people(self) -> frozenset[int]:
        """Return everybody whom `forget` would concern."""
        rows = await self._database.fetch_all(
            "SELECT DISTINCT added_by AS id FROM guild_document WHERE added_by <> 0"
        )
        return frozenset(row["id"] for row in rows)

    async def forget(self, user_id: int) -> None:
        """Forget who added which document; the documents belong to their servers and stay."""

        async def update(tx: Transaction) -> None:
            await tx.execute(
                "UPDATE guild_document SET added_by = 0 WHERE added_by = :user_id",
                {"user_id": user_id},
            )

        await self._database.write(update)


async def _check_room(tx: Transaction, guild_id: int) -> None:
    row = await tx.fetch_one(
        """
        SELECT count(*) AS documents, sum(size) AS size FROM guild_document
         WHERE guild_id = :guild_id AND state = 'kept'
        """,
        {"guild_id": guild_id},
    )
    if row is None or row["documents"] > MOST_DOCUMENTS or row["size"] > MOST_GUILD_BYTES:
        raise UploadError(
            say(
                "A server's shelf holds {documents} documents and {size} MB. "
                "Remove one with `/canon remove` first.",
                documents=MOST_DOCUMENTS,
                size=MOST_GUILD_BYTES // 1_000_000,
            )
        )


def _document(row: Row) -> Document:
    return Document(
        row["id"],
        row["guild_id"],
        row["work"],
        row["work_title"],
        row["file"],
        row["title"],
        row["chapter"],
        row["size"],
        row["added_by"],
        Instant(row["added_at"]),
    )
