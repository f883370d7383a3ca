"""Mediation: consent of the parties, meetings, requests for recusal; who mediates and what stands of an agreement."""

import sqlalchemy as sa
from alembic import op

from migrations.triggers import drop_append_only, make_append_only

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_PARTIES = ("consumer", "merchant")
_CONSENT_WAYS = ("product", "phone", "in_person", "writing")
_MEETING_WAYS = ("on_site", "online", "phone", "video")
_CLOSINGS = ("signed", "performed", "waived", "recorded")


def upgrade() -> None:
    op.add_column("complaint", sa.Column("mediator_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("complaint", sa.Column("closing", _enum(*_CLOSINGS, name="closing"), nullable=True))
    op.create_table(
        "mediation_consent",
        _id("complaint_id"),
        sa.Column("party", _enum(*_PARTIES, name="party"), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("way", _enum(*_CONSENT_WAYS, name="consentway"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _id("noted_by"),
        sa.Column("sequence", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_mediation_consent")),
    )
    op.create_index(op.f("ix_mediation_consent_complaint_id"), "mediation_consent", ["complaint_id"], unique=False)
    make_append_only("mediation_consent")
    op.create_table(
        "mediation_meeting",
        _id("complaint_id"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("way", _enum(*_MEETING_WAYS, name="meetingway"), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        _id("mediator_id"),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("absent", _enum(*_PARTIES, name="party"), nullable=True),
        sa.Column("absence_text", sa.String(length=500), nullable=True),
        _id("id"),
        _refers("mediation_meeting", "complaint_id", "complaint"),
        _refers("mediation_meeting", "mediator_id", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mediation_meeting")),
        sa.UniqueConstraint("complaint_id", "number", name=op.f("uq_mediation_meeting_complaint_id_number")),
    )
    op.create_table(
        "recusal",
        _id("complaint_id"),
        _id("mediator_id"),
        sa.Column("asked_by", _enum(*_PARTIES, name="party"), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        _id("decided_by", nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decision_text", sa.String(length=500), nullable=True),
        _id("id"),
        _refers("recusal", "complaint_id", "complaint"),
        _refers("recusal", "mediator_id", "account"),
        _refers("recusal", "decided_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusal")),
    )
    op.create_index(op.f("ix_recusal_complaint_id"), "recusal", ["complaint_id"], unique=False)


def downgrade() -> None:
    op.drop_table("recusal")
    op.drop_table("mediation_meeting")
    drop_append_only("mediation_consent")
    op.drop_table("mediation_consent")
    op.drop_column("complaint", "closing")
    op.drop_column("complaint", "mediator_id")


def _id(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Uuid(as_uuid=False), nullable=nullable)


def _enum(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=40)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))
