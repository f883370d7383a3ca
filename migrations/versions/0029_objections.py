"""Objections to public entries, corrected entries, and links to kitchens."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_OPEN = sa.text("state = 'received'")


def upgrade() -> None:
    op.add_column("public_entry", sa.Column("corrected_on", sa.Date(), nullable=True))
    op.create_table(
        "objection",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("entry_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("decided_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("replaced_text", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_objection_decided_by_account")),
        sa.ForeignKeyConstraint(["entry_id"], ["public_entry.id"], name=op.f("fk_objection_entry_id_public_entry")),
        sa.ForeignKeyConstraint(["raised_by"], ["account.id"], name=op.f("fk_objection_raised_by_account")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_objection_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_objection_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("case_no", name=op.f("uq_objection_case_no")),
    )
    op.create_index(op.f("ix_objection_county_code"), "objection", ["county_code"], unique=False)
    op.create_index(op.f("ix_objection_entry_id"), "objection", ["entry_id"], unique=False)
    op.create_index(op.f("ix_objection_unit_id"), "objection", ["unit_id"], unique=False)
    op.create_index(
        "uq_objection_open", "objection", ["entry_id"], unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_table(
        "kitchen_link",
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("number", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
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
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_kitchen_link_decided_by_account")),
        sa.ForeignKeyConstraint(["sent_by"], ["account.id"], name=op.f("fk_kitchen_link_sent_by_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_kitchen_link_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kitchen_link")),
        sa.UniqueConstraint("number", name=op.f("uq_kitchen_link_number")),
    )
    op.create_index(op.f("ix_kitchen_link_unit_id"), "kitchen_link", ["unit_id"], unique=False)
    for showing in ("shown", "waiting"):
        only = sa.text(f"showing = '{showing}'")
        op.create_index(
            f"uq_kitchen_link_{showing}",
            "kitchen_link",
            ["unit_id"],
            unique=True,
            sqlite_where=only,
            postgresql_where=only,
        )


def downgrade() -> None:
    op.drop_table("kitchen_link")
    op.drop_table("objection")
    op.drop_column("public_entry", "corrected_on")
