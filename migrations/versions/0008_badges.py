"""Plates, cards and scans."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "scan",
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_scan")),
    )
    op.create_index(op.f("ix_scan_at"), "scan", ["at"], unique=False)
    op.create_index(op.f("ix_scan_plate_id"), "scan", ["plate_id"], unique=False)
    op.create_table(
        "card",
        sa.Column("unit_id", sa.Uuid(as_uuid=False), autoincrement=False, nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_card_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_card")),
    )
    op.create_table(
        "plate",
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("serial", sa.String(length=30), nullable=False),
        sa.Column("key_id", sa.String(length=1), nullable=False),
        sa.Column("token_id", sa.String(length=12), nullable=False),
        sa.Column(
            "placement",
            sa.Enum("door", "counter", "table", "online_shop", name="placement", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=40), nullable=True),
        sa.Column("artwork_key", sa.String(length=120), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_plate_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plate_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plate")),
        sa.UniqueConstraint("serial", name=op.f("uq_plate_serial")),
        sa.UniqueConstraint("token_id", name=op.f("uq_plate_token_id")),
    )
    op.create_index(op.f("ix_plate_county_code"), "plate", ["county_code"], unique=False)
    op.create_index(op.f("ix_plate_station_id"), "plate", ["station_id"], unique=False)
    op.create_index(op.f("ix_plate_unit_id"), "plate", ["unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_plate_unit_id"), table_name="plate")
    op.drop_index(op.f("ix_plate_station_id"), table_name="plate")
    op.drop_index(op.f("ix_plate_county_code"), table_name="plate")
    op.drop_table("plate")
    op.drop_table("card")
    op.drop_index(op.f("ix_scan_plate_id"), table_name="scan")
    op.drop_index(op.f("ix_scan_at"), table_name="scan")
    op.drop_table("scan")
