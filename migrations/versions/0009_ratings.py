"""Ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rating_slot",
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_rating_slot_account_id_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_slot_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating_slot")),
        sa.UniqueConstraint("account_id", "unit_id", name=op.f("uq_rating_slot_account_id_unit_id")),
    )
    op.create_table(
        "rating",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("safety", sa.Integer(), nullable=True),
        sa.Column("quality", sa.Integer(), nullable=True),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("service", sa.Integer(), nullable=True),
        sa.Column("redress", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proof", sa.Enum("purchase", "visit", name="proof", native_enum=False, length=40), nullable=False),
        sa.Column("purchase_hash", sa.String(length=64), nullable=True),
        sa.Column(
            "moderation",
            sa.Enum(
                "waiting",
                "published",
                "in_review",
                "refused",
                "hidden",
                "withdrawn",
                name="moderation",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "hide_ground",
            sa.Enum(
                "H19_OFFTOPIC",
                "H19_ADVERT",
                "H19_PRIVACY",
                "H19_INSULT_LIBEL",
                "H19_OBSCENE",
                "H19_SECURITY",
                "H19_OTHER_LAW",
                name="hideground",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("rated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_rating_account_id_account")),
        sa.ForeignKeyConstraint(["plate_id"], ["plate.id"], name=op.f("fk_rating_plate_id_plate")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_rating_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("number", name=op.f("uq_rating_number")),
        sa.UniqueConstraint("purchase_hash", name=op.f("uq_rating_purchase_hash")),
    )
    op.create_index(op.f("ix_rating_account_id_unit_id"), "rating", ["account_id", "unit_id"], unique=False)
    op.create_index(op.f("ix_rating_unit_id_moderation"), "rating", ["unit_id", "moderation"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_rating_unit_id_moderation"), table_name="rating")
    op.drop_index(op.f("ix_rating_account_id_unit_id"), table_name="rating")
    op.drop_table("rating")
    op.drop_table("rating_slot")
