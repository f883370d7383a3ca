"""Removal proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removal",
        sa.Column("case_no", sa.String(length=30), nullable=False),
        sa.Column("certificate_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(
                "G01",
                "G02",
                "G03",
                "G04",
                "G05",
                "G06",
                "G07",
                "G08",
                "G09",
                "G10",
                "G11",
                "G12",
                "G13",
                "G20",
                "G21",
                name="ground",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("dossier", sa.JSON(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("reply_text", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("decision_text", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_removal_certificate_id_certificate")
        ),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_removal_decided_by_account")),
        sa.ForeignKeyConstraint(["proposed_by"], ["account.id"], name=op.f("fk_removal_proposed_by_account")),
        sa.ForeignKeyConstraint(
            ["station_id"], ["liaison_station.id"], name=op.f("fk_removal_station_id_liaison_station")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_removal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal")),
        sa.UniqueConstraint("case_no", name=op.f("uq_removal_case_no")),
    )
    op.create_index(op.f("ix_removal_certificate_id"), "removal", ["certificate_id"], unique=False)
    op.create_index(op.f("ix_removal_county_code"), "removal", ["county_code"], unique=False)
    op.create_index(op.f("ix_removal_unit_id"), "removal", ["unit_id"], unique=False)
    op.create_index(
        "uq_removal_open",
        "removal",
        ["certificate_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
        postgresql_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
    )


def downgrade() -> None:
    op.drop_index(
        "uq_removal_open",
        table_name="removal",
        sqlite_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
        postgresql_where=sa.text("state IN ('awaiting_reply', 'awaiting_decision')"),
    )
    op.drop_index(op.f("ix_removal_unit_id"), table_name="removal")
    op.drop_index(op.f("ix_removal_county_code"), table_name="removal")
    op.drop_index(op.f("ix_removal_certificate_id"), table_name="removal")
    op.drop_table("removal")
