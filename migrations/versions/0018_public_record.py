"""The public record: shop-front photos, catering grades, penalties and warnings, replies."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catering_grade",
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column(
            "kind", sa.Enum("inspection", "year", name="gradekind", native_enum=False, length=40), nullable=False
        ),
        sa.Column(
            "level",
            sa.Enum("excellent", "good", "fair", "none", name="gradelevel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("graded_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("recorded_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_catering_grade_recorded_by_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_catering_grade_unit_id_unit")),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_catering_grade")),
    )
    op.create_index(op.f("ix_catering_grade_unit_id"), "catering_grade", ["unit_id"], unique=False)

    make_append_only("catering_grade")
    op.create_table(
        "public_entry",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column(
            "kind", sa.Enum("penalty", "warning", name="entrykind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("source_url", sa.String(length=300), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("withdraw_reason", sa.String(length=200), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["account.id"], name=op.f("fk_public_entry_entered_by_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_public_entry_unit_id_unit")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_public_entry_withdrawn_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_entry")),
        sa.UniqueConstraint("number", name=op.f("uq_public_entry_number")),
    )
    op.create_index(
        op.f("ix_public_entry_ended_at_shown_until"), "public_entry", ["ended_at", "shown_until"], unique=False
    )
    op.create_index(op.f("ix_public_entry_unit_id_decided_on"), "public_entry", ["unit_id", "decided_on"], unique=False)

    op.create_table(
        "shop_photo",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("object_key", sa.String(length=120), nullable=False),
        sa.Column("thumbnail_key", sa.String(length=120), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column(
            "showing",
            sa.Enum("waiting", "shown", "refused", "replaced", name="showing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("sent_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_shop_photo_decided_by_account")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_shop_photo_sent_by_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_shop_photo_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_photo")),
        sa.UniqueConstraint("number", name=op.f("uq_shop_photo_number")),
    )
    op.create_index(op.f("ix_shop_photo_unit_id"), "shop_photo", ["unit_id"], unique=False)
    op.create_index(
        "uq_shop_photo_shown",
        "shop_photo",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("showing = 'shown'"),
        postgresql_where=sa.text("showing = 'shown'"),
    )
    op.create_index(
        "uq_shop_photo_waiting",
        "shop_photo",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("showing = 'waiting'"),
        postgresql_where=sa.text("showing = 'waiting'"),
    )

    op.create_table(
        "unit_reply",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("about", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "showing",
            sa.Enum("waiting", "shown", "refused", "replaced", name="showing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("sent_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_unit_reply_decided_by_account")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_unit_reply_sent_by_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_reply_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_reply")),
        sa.UniqueConstraint("number", name=op.f("uq_unit_reply_number")),
    )
    op.create_index(op.f("ix_unit_reply_unit_id"), "unit_reply", ["unit_id"], unique=False)
    op.create_index(
        "uq_unit_reply_shown",
        "unit_reply",
        ["unit_id", "about"],
        unique=True,
        sqlite_where=sa.text("showing = 'shown'"),
        postgresql_where=sa.text("showing = 'shown'"),
    )
    op.create_index(
        "uq_unit_reply_waiting",
        "unit_reply",
        ["unit_id", "about"],
        unique=True,
        sqlite_where=sa.text("showing = 'waiting'"),
        postgresql_where=sa.text("showing = 'waiting'"),
    )

    op.create_index(op.f("ix_card_changed_at_unit_id"), "card", ["changed_at", "unit_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_card_changed_at_unit_id"), table_name="card")
    op.drop_index("uq_unit_reply_waiting", table_name="unit_reply")
    op.drop_index("uq_unit_reply_shown", table_name="unit_reply")
    op.drop_index(op.f("ix_unit_reply_unit_id"), table_name="unit_reply")

    op.drop_table("unit_reply")
    op.drop_index("uq_shop_photo_waiting", table_name="shop_photo")
    op.drop_index("uq_shop_photo_shown", table_name="shop_photo")
    op.drop_index(op.f("ix_shop_photo_unit_id"), table_name="shop_photo")

    op.drop_table("shop_photo")
    op.drop_index(op.f("ix_public_entry_unit_id_decided_on"), table_name="public_entry")
    op.drop_index(op.f("ix_public_entry_ended_at_shown_until"), table_name="public_entry")

    op.drop_table("public_entry")
    op.drop_index(op.f("ix_catering_grade_unit_id"), table_name="catering_grade")

    drop_append_only("catering_grade")
    op.drop_table("catering_grade")
