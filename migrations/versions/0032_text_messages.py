"""Text messages: numbers that were confirmed, codes under way, what was agreed to by WeChat, and until when a notice is true."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_phone",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_phone_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_phone")),
        sa.UniqueConstraint("account_id", name=op.f("uq_notice_phone_account_id")),
    )
    op.create_table(
        "phone_code",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_phone_code_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_code")),
    )
    for column in ("account_id", "made_at", "phone_index"):
        op.create_index(op.f(f"ix_phone_code_{column}"), "phone_code", [column])
    op.create_table(
        "message_quota",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("template", sa.String(length=20), nullable=False),
        sa.Column("remaining", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "template", name=op.f("pk_message_quota")),
    )
    op.add_column("notice", sa.Column("holds_while", sa.String(length=40), nullable=True))
    op.add_column("notice", sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE channel = 'sms'")
    op.drop_column("notice", "ends_at")
    op.drop_column("notice", "holds_while")
    op.drop_table("message_quota")
    for column in ("account_id", "made_at", "phone_index"):
        op.drop_index(op.f(f"ix_phone_code_{column}"), table_name="phone_code")
    op.drop_table("phone_code")
    op.drop_table("notice_phone")
