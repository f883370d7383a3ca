"""Notices."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("event_key", sa.String(length=160), nullable=False),
        sa.Column("recipient_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("channel", sa.Enum("inbox", "wechat", name="channel", native_enum=False, length=40), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum("ready", "done", "dead", "dropped", name="workstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "event_key", "recipient_id", "channel", name=op.f("uq_notice_event_key_recipient_id_channel")
        ),
    )
    op.create_index(
        "ix_notice_ready",
        "notice",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_index(
        op.f("ix_notice_recipient_id_channel_id"), "notice", ["recipient_id", "channel", "id"], unique=False
    )
    op.create_index(op.f("ix_notice_state_finished_at"), "notice", ["state", "finished_at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_notice_state_finished_at"), table_name="notice")
    op.drop_index(op.f("ix_notice_recipient_id_channel_id"), table_name="notice")
    op.drop_index(
        "ix_notice_ready",
        table_name="notice",
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.drop_table("notice")
