"""People who sign in with a phone number and a code; a code may belong to nobody yet."""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phone_identity",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_phone_identity_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone_identity")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_phone_identity_phone_index")),
    )
    op.create_index(op.f("ix_phone_identity_account_id"), "phone_identity", ["account_id"])
    with op.batch_alter_table("phone_code") as batch:
        batch.alter_column("account_id", existing_type=sa.Uuid(as_uuid=False), nullable=True)


def downgrade() -> None:
    op.execute("DELETE FROM phone_code WHERE account_id IS NULL")
    with op.batch_alter_table("phone_code") as batch:
        batch.alter_column("account_id", existing_type=sa.Uuid(as_uuid=False), nullable=False)
    op.drop_index(op.f("ix_phone_identity_account_id"), table_name="phone_identity")
    op.drop_table("phone_identity")
