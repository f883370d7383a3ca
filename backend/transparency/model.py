"""Tables of the log: leaves, the tree's complete nodes, signed heads. Triggers keep all three from being changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.infrastructure.database import AppendOnly, RowBase, UtcDateTime


class LogLeaf(AppendOnly):
    """One act on one certificate, written with the act.

    content    canonical JSON (rules.Act)
    hash       RFC 6962 leaf hash, hexadecimal
    position   in the tree, from 0; None until the sequencer gives it, which is the one change that the trigger lets through
    """

    __table_args__ = (
        sa.Index(
            "ix_log_leaf_waiting",
            "sequence",
            sqlite_where=sa.text("position IS NULL"),
            postgresql_where=sa.text("position IS NULL"),
        ),
    )

    certificate_no: Mapped[str] = mapped_column(sa.String(40), index=True)
    content: Mapped[str] = mapped_column(sa.Text)
    hash: Mapped[str] = mapped_column(sa.String(64), index=True)
    position: Mapped[int | None] = mapped_column(sa.BigInteger, unique=True)


class LogNode(RowBase):
    """The hash over 2^level leaves, all present; written once. `number` counts the nodes of a level from the left."""

    level: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class LogHead(AppendOnly):
    """A signed head.

    root   hexadecimal
    note   the signed text (notes)
    """

    size: Mapped[int] = mapped_column(sa.BigInteger, index=True)
    root: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    note: Mapped[str] = mapped_column(sa.Text)
