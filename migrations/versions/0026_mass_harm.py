"""Clusters of complaints of one unit."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mass_harm",
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("nature", sa.String(length=40), nullable=False),
        sa.Column("nature_zh", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noticed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mass_harm_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mass_harm")),
    )
    op.create_index(op.f("ix_mass_harm_unit_id_nature"), "mass_harm", ["unit_id", "nature"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_mass_harm_unit_id_nature"), table_name="mass_harm")
    op.drop_table("mass_harm")
