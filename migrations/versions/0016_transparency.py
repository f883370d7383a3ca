"""The transparency log, with a leaf for every certificate that there is already."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations import triggers

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_BATCH = 1000


def upgrade() -> None:
    op.create_table(
        "log_leaf",
        sa.Column("certificate_no", sa.String(length=40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=True),
        sa.Column("sequence", _SEQUENCE, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_log_leaf")),
        sa.UniqueConstraint("position", name=op.f("uq_log_leaf_position")),
    )
    op.create_index(op.f("ix_log_leaf_certificate_no"), "log_leaf", ["certificate_no"])
    op.create_index(op.f("ix_log_leaf_hash"), "log_leaf", ["hash"])
    op.create_index(
        "ix_log_leaf_waiting",
        "log_leaf",
        ["sequence"],
        sqlite_where=sa.text("position IS NULL"),
        postgresql_where=sa.text("position IS NULL"),
    )
    op.create_table(
        "log_node",
        sa.Column("level", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_log_node")),
    )
    op.create_table(
        "log_head",
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sequence", _SEQUENCE, autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_log_head")),
    )
    op.create_index(op.f("ix_log_head_size"), "log_head", ["size"])
    _note_what_stands()
    triggers.keep_leaves()
    triggers.make_append_only("log_node")
    triggers.make_append_only("log_head")


def downgrade() -> None:
    triggers.drop_append_only("log_head")
    triggers.drop_append_only("log_node")
    triggers.drop_leaves_kept()
    op.drop_table("log_head")
    op.drop_table("log_node")
    op.drop_table("log_leaf")


def _note_what_stands() -> None:
    """A leaf of the kind 'import' for each certificate, as transparency.rules.Act.canonical wrote it when the log began."""
    day = sa.Date()
    certificate = sa.table(
        "certificate",
        sa.column("number"),
        sa.column("unit_id"),
        sa.column("state"),
        sa.column("ground"),
        sa.column("reason_on", day),
        sa.column("issued_on", day),
        sa.column("valid_until", day),
    )
    unit = sa.table("unit", sa.column("id"), sa.column("name"), sa.column("merchant_id"))
    merchant = sa.table("merchant", sa.column("id"), sa.column("uscc"))
    leaf = sa.table("log_leaf", sa.column("certificate_no"), sa.column("content"), sa.column("hash"))
    connection, now = op.get_bind(), datetime.now(UTC)
    standing = (
        sa.select(certificate, unit.c.name, merchant.c.uscc)
        .join(unit, unit.c.id == certificate.c.unit_id)
        .join(merchant, merchant.c.id == unit.c.merchant_id)
        .order_by(certificate.c.number)
    )
    rows = connection.execute(standing).all()
    for start in range(0, len(rows), _BATCH):
        connection.execute(sa.insert(leaf), [_leaf(row, now) for row in rows[start : start + _BATCH]])


def _leaf(row: Any, now: datetime) -> dict[str, str]:
    content = {
        "act": "import",
        "at": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "certificate": row.number,
        "issued_on": row.issued_on.isoformat(),
        "on": (row.reason_on or row.issued_on).isoformat(),
        "state": row.state,
        "unit": row.name,
        "v": 1,
        "valid_until": row.valid_until.isoformat(),
        **({"ground": row.ground} if row.ground is not None else {}),
        **({} if row.uscc.startswith("92") else {"uscc": row.uscc}),
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    hashed = hashlib.sha256(b"\0" + text.encode()).hexdigest()
    return {"certificate_no": row.number, "content": text, "hash": hashed}
