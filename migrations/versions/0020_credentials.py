"""Places in the status lists, and editions of the register's file."""

import sqlalchemy as sa
from alembic import op

from migrations import triggers

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_place",
        sa.Column("certificate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("list_number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_status_place_certificate_id_certificate")
        ),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_status_place")),
        sa.UniqueConstraint("certificate_id", name=op.f("uq_status_place_certificate_id")),
        sa.UniqueConstraint("list_number", "position", name=op.f("uq_status_place_list_number_position")),
    )
    triggers.make_append_only("status_place")
    op.create_table(
        "register_edition",
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("storage_key", sa.String(length=120), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_edition")),
    )
    op.create_index(op.f("ix_register_edition_made_at"), "register_edition", ["made_at"])
    op.create_index(op.f("ix_certificate_state"), "certificate", ["state"])


def downgrade() -> None:
    op.drop_index(op.f("ix_certificate_state"), table_name="certificate")
    op.drop_index(op.f("ix_register_edition_made_at"), table_name="register_edition")
    op.drop_table("register_edition")
    triggers.drop_append_only("status_place")
    op.drop_table("status_place")
