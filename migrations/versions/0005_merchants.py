"""Legal entities, liaison stations, listed members and units."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "liaison_station",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liaison_station")),
        sa.UniqueConstraint("county_code", "name", name=op.f("uq_liaison_station_county_code_name")),
    )
    op.create_index(op.f("ix_liaison_station_county_code"), "liaison_station", ["county_code"], unique=False)
    op.create_table(
        "merchant",
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant")),
        sa.UniqueConstraint("uscc", name=op.f("uq_merchant_uscc")),
    )
    op.create_table(
        "listed_member",
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(length=16), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_listed_member_station_id_liaison_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_member")),
        sa.UniqueConstraint("station_id", "phone_index", name=op.f("uq_listed_member_station_id_phone_index")),
    )
    op.create_index(op.f("ix_listed_member_station_id"), "listed_member", ["station_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("merchant_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "market",
                "shop",
                "online_shop",
                "restaurant",
                "scenic_area",
                "cosmetics",
                name="category",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("lng", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("website", sa.String(length=300), nullable=True),
        sa.Column("opening_hours", sa.String(length=80), nullable=True),
        sa.Column("commitments", sa.JSON(), nullable=False),
        sa.Column("search_text", sa.String(length=500), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["merchant_id"], ["merchant.id"], name=op.f("fk_unit_merchant_id_merchant")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_unit_station_id_liaison_station")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("merchant_id", "name", "county_code", name=op.f("uq_unit_merchant_id_name_county_code")),
    )
    op.create_index(op.f("ix_unit_category"), "unit", ["category"], unique=False)
    op.create_index(op.f("ix_unit_county_code"), "unit", ["county_code"], unique=False)
    op.create_index(op.f("ix_unit_merchant_id"), "unit", ["merchant_id"], unique=False)
    op.create_index(op.f("ix_unit_station_id"), "unit", ["station_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_unit_station_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_merchant_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_county_code"), table_name="unit")
    op.drop_index(op.f("ix_unit_category"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_listed_member_station_id"), table_name="listed_member")
    op.drop_table("listed_member")
    op.drop_table("merchant")
    op.drop_index(op.f("ix_liaison_station_county_code"), table_name="liaison_station")
    op.drop_table("liaison_station")
