"""Group complaints: groups, members, what is laid before them, their answers."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_NATURES = (
    "after_sales", "contract", "quality", "false_advertising", "price", "safety", "counterfeit", "dignity", "measure",
    "prepaid", "other",
)  # fmt: skip
_NATURE = sa.Enum(*_NATURES, name="nature", native_enum=False, length=40)
_MATTERS = ("election", "accept_offer", "decline_offer", "escalate", "mediate", "agree", "change", "withdraw")
_MATTER = sa.Enum(*_MATTERS, name="matter", native_enum=False, length=40)
_STILL = sa.text("left_at IS NULL")


def _uuid(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def _at(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "complaint_group",
        sa.Column("number", sa.String(length=30), nullable=False),
        _uuid("unit_id"),
        sa.Column("unit_name", sa.String(length=80), nullable=False),
        _uuid("station_id"),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        sa.Column("nature", _NATURE, nullable=False),
        _at("opened_at"),
        sa.Column("code", sa.String(length=20), nullable=False),
        _at("code_until"),
        sa.Column("about_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        _at("erased_at", nullable=True),
        _uuid("id"),
        _refers("complaint_group", "unit_id", "unit"),
        _refers("complaint_group", "station_id", "liaison_station"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_group")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_group_number")),
        sa.UniqueConstraint("code", name=op.f("uq_complaint_group_code")),
    )
    for column in ("unit_id", "county_code"):
        op.create_index(op.f(f"ix_complaint_group_{column}"), "complaint_group", [column])
    op.create_table(
        "group_member",
        _uuid("group_id"),
        sa.Column("position", sa.Integer(), nullable=False),
        _uuid("settlement_id"),
        sa.Column("settlement_no", sa.String(length=30), nullable=False),
        _uuid("account_id"),
        sa.Column("alias", sa.String(length=40), nullable=False),
        _at("joined_at"),
        _at("left_at", nullable=True),
        _uuid("id"),
        _refers("group_member", "group_id", "complaint_group"),
        _refers("group_member", "settlement_id", "settlement"),
        _refers("group_member", "account_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_member")),
        sa.UniqueConstraint("group_id", "position", name=op.f("uq_group_member_group_id_position")),
    )
    op.create_index(op.f("ix_group_member_account_id"), "group_member", ["account_id"])
    for name, columns in (("dispute", ["settlement_id"]), ("person", ["group_id", "account_id"])):
        op.create_index(
            f"uq_group_member_{name}",
            "group_member",
            columns,
            unique=True,
            sqlite_where=_STILL,
            postgresql_where=_STILL,
        )
    op.create_table(
        "group_proposal",
        _uuid("group_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("matter", _MATTER, nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        _uuid("laid_by"),
        _at("answer_by"),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("rule_set", sa.String(length=40), nullable=False),
        sa.Column("county_code", sa.String(length=6), nullable=False),
        _at("opened_at"),
        _at("state_since"),
        sa.Column("version", sa.Integer(), nullable=False),
        _uuid("id"),
        _refers("group_proposal", "group_id", "complaint_group"),
        _refers("group_proposal", "laid_by", "group_member"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_proposal")),
        sa.UniqueConstraint("group_id", "number", name=op.f("uq_group_proposal_group_id_number")),
    )
    for column in ("county_code", "laid_by"):
        op.create_index(op.f(f"ix_group_proposal_{column}"), "group_proposal", [column])
    op.create_table(
        "group_answer",
        _uuid("proposal_id"),
        _uuid("member_id"),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        _at("at"),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_group_answer")),
        sa.UniqueConstraint("proposal_id", "member_id", name=op.f("uq_group_answer_proposal_id_member_id")),
    )
    op.create_index(op.f("ix_group_answer_member_id"), "group_answer", ["member_id"])
    make_append_only("group_answer")


def downgrade() -> None:
    drop_append_only("group_answer")
    for table in ("group_answer", "group_proposal", "group_member", "complaint_group"):
        op.drop_table(table)
