"""The phone number that a consumer lets the station see, and who looked at it."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_phone",
        _id("settlement_id"),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        _id("id"),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"], name=op.f("fk_shared_phone_settlement_id_settlement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_phone")),
        sa.UniqueConstraint("settlement_id", name=op.f("uq_shared_phone_settlement_id")),
    )
    op.create_table(
        "phone_view",
        _id("settlement_id"),
        _id("member_id"),
        sa.Column("alias", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_phone_view")),
    )
    op.create_index(op.f("ix_phone_view_settlement_id"), "phone_view", ["settlement_id"], unique=False)
    make_append_only("phone_view")


def downgrade() -> None:
    drop_append_only("phone_view")
    op.drop_table("phone_view")
    op.drop_table("shared_phone")


def _id(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=False)
