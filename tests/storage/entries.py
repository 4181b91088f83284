"""The operations the storage tests use, over the tables of conftest.py."""

from bot.storage.database import Transaction


def adding(name: str, amount: int = 0):
    """Return an operation that inserts one entry."""

    async def operation(tx: Transaction) -> str:
        await tx.execute(
            "INSERT INTO entry (name, amount) VALUES (:name, :amount)",
            {"name": name, "amount": amount},
        )
        return name

    return operation


async def raising_one(tx: Transaction) -> int:
    """Read, then write: loses counts whenever two of them interleave."""
    row = await tx.fetch_one("SELECT amount FROM entry WHERE name = 'counter'")
    assert row is not None
    amount = row["amount"] + 1
    await tx.execute("UPDATE entry SET amount = :amount WHERE name = 'counter'", {"amount": amount})
    return amount
