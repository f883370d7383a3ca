"""The conversation between consumer and station, how far each has read, and the stations' ready answers."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_messages_kept, keep_messages

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        _id("settlement_id"),
        sa.Column("side", sa.Enum("consumer", "station", name="side", native_enum=False, length=40), nullable=False),
        _id("author_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_message")),
    )
    op.create_index(op.f("ix_message_settlement_id"), "message", ["settlement_id"], unique=False)
    keep_messages()
    op.create_table(
        "message_mark",
        _id("settlement_id"),
        _id("account_id"),
        sa.Column("read_to", sa.BigInteger(), nullable=False),
        _refers("message_mark", "settlement_id", "settlement"),
        _refers("message_mark", "account_id", "account"),
        sa.PrimaryKeyConstraint("settlement_id", "account_id", name=op.f("pk_message_mark")),
    )
    op.create_table(
        "ready_answer",
        _id("station_id"),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _id("id"),
        _refers("ready_answer", "station_id", "liaison_station"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_answer")),
    )
    op.create_index(op.f("ix_ready_answer_station_id"), "ready_answer", ["station_id"], unique=False)


def downgrade() -> None:
    op.drop_table("ready_answer")
    op.drop_table("message_mark")
    drop_messages_kept()
    op.drop_table("message")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
