"""Certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(length=10), nullable=True),
        sa.Column("reason_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_certificate_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_certificate_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("number", name=op.f("uq_certificate_number")),
    )
    op.create_index(op.f("ix_certificate_county_code"), "certificate", ["county_code"], unique=False)
    op.create_index(op.f("ix_certificate_station_id"), "certificate", ["station_id"], unique=False)
    op.create_index(op.f("ix_certificate_unit_id"), "certificate", ["unit_id"], unique=False)
    op.create_index(
        "uq_certificate_open",
        "certificate",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
        postgresql_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_certificate_open",
        table_name="certificate",
        sqlite_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
        postgresql_where=sa.text("state IN ('certified', 'rectifying', 'suspended')"),
    )
    op.drop_index(op.f("ix_certificate_unit_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_station_id"), table_name="certificate")
    op.drop_index(op.f("ix_certificate_county_code"), table_name="certificate")
    op.drop_table("certificate")
