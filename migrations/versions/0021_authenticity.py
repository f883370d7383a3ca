"""What people tell about plates, suspected clones, reports of false plaques, known ones."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_WHAT = ("other_shop", "other_address", "branch", "covered", "missing")
_BUCKET = ("near", "middle", "far")
_BECAUSE = ("taps", "far", "covered", "officer")
_CLEARED = ("nothing_found", "branches_mixed_up", "unit_moved", "sticker_removed", "prank")
_OPEN = sa.text("state IN ('opened', 'checking')")


def upgrade() -> None:
    op.create_table(
        "place_report",
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", _enum(*_WHAT, name="what"), nullable=True),
        sa.Column("bucket", _enum(*_BUCKET, name="bucket"), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("photo_key", sa.String(length=120), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("new_address", sa.Boolean(), nullable=False),
        sa.Column("salt_on", sa.Date(), nullable=False),
        sa.Column("device_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("address_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["plate_id"], ["plate.id"], name=op.f("fk_place_report_plate_id_plate")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_report")),
    )
    op.create_index(op.f("ix_place_report_at"), "place_report", ["at"], unique=False)
    op.create_index(op.f("ix_place_report_county_code"), "place_report", ["county_code"], unique=False)
    op.create_index(op.f("ix_place_report_plate_id_at"), "place_report", ["plate_id", "at"], unique=False)
    op.create_table(
        "tapper_salt",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_tapper_salt")),
    )
    op.create_table(
        "clone_case",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("plate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("serial", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("because", _enum(*_BECAUSE, name="because"), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("cleared", _enum(*_CLEARED, name="cleared"), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        *_case_columns(),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_clone_case_officer_id_account")),
        sa.ForeignKeyConstraint(["plate_id"], ["plate.id"], name=op.f("fk_clone_case_plate_id_plate")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_clone_case_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clone_case")),
        sa.UniqueConstraint("case_no", name=op.f("uq_clone_case_case_no")),
    )
    op.create_index(op.f("ix_clone_case_county_code"), "clone_case", ["county_code"], unique=False)
    op.create_index(op.f("ix_clone_case_plate_id"), "clone_case", ["plate_id"], unique=False)
    op.create_index(op.f("ix_clone_case_unit_id"), "clone_case", ["unit_id"], unique=False)
    op.create_index(
        "uq_clone_case_open", "clone_case", ["plate_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "fake_report",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("access_hash", sa.String(length=64), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=True),
        sa.Column("price_fen", sa.Integer(), nullable=True),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seller_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("photo_key", sa.String(length=120), nullable=True),
        sa.Column("officer_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        *_case_columns(),
        sa.ForeignKeyConstraint(["officer_id"], ["account.id"], name=op.f("fk_fake_report_officer_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fake_report")),
        sa.UniqueConstraint("case_no", name=op.f("uq_fake_report_case_no")),
    )
    op.create_index(op.f("ix_fake_report_county_code"), "fake_report", ["county_code"], unique=False)
    op.create_table(
        "known_fake",
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("seller", sa.String(length=80), nullable=True),
        sa.Column("price_fen", sa.Integer(), nullable=True),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("added_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["account.id"], name=op.f("fk_known_fake_added_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_fake")),
        sa.UniqueConstraint("number", name=op.f("uq_known_fake_number")),
    )


def downgrade() -> None:
    op.drop_table("known_fake")
    op.drop_index(op.f("ix_fake_report_county_code"), table_name="fake_report")
    op.drop_table("fake_report")
    op.drop_index("uq_clone_case_open", table_name="clone_case", sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.drop_index(op.f("ix_clone_case_unit_id"), table_name="clone_case")
    op.drop_index(op.f("ix_clone_case_plate_id"), table_name="clone_case")
    op.drop_index(op.f("ix_clone_case_county_code"), table_name="clone_case")
    op.drop_table("clone_case")
    op.drop_table("tapper_salt")
    op.drop_index(op.f("ix_place_report_plate_id_at"), table_name="place_report")
    op.drop_index(op.f("ix_place_report_county_code"), table_name="place_report")
    op.drop_index(op.f("ix_place_report_at"), table_name="place_report")
    op.drop_table("place_report")


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _case_columns() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
    )
