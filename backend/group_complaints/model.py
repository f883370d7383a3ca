"""Groups, who is in them, what was laid before them, and who answered what."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.complaints.rules import Nature
from backend.infrastructure.database import AppendOnly, Json, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import GROUP_PROPOSAL_CLOCKS
from .lifecycle import PROPOSAL
from .rules import Matter

_STILL = sa.text("left_at IS NULL")


class ComplaintGroup(Model):
    """A group against one unit.

    code         opens the way in until `code_until`, to who has a dispute with the unit; renewed by a member. Plain, since it
                 shows nothing but what the group is about
    nature       of the dispute by which it was opened; the group is one cause, whatever the others chose
    about        what they have in common, in the opener's words; sealed, since it may name somebody
    seats        how many members it ever had; the next one's position
    erased_at    since when words of ours stand in the place of what was written
    """

    __tablename__ = "complaint_group"
    __scope__: ClassVar[dict[Scope, str]] = {Scope.STATION: "station_id", Scope.COUNTY: "county_code"}

    number: Mapped[str] = mapped_column(sa.String(30), unique=True)
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    county_code: Mapped[str] = mapped_column(sa.String(6), index=True)
    nature: Mapped[Nature] = mapped_column(enum_column(Nature))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime())
    code: Mapped[str] = mapped_column(sa.String(20), unique=True)
    code_until: Mapped[datetime] = mapped_column(UtcDateTime())
    about_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    seats: Mapped[int] = mapped_column(default=0)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    about = Sealed("about_sealed")


class GroupMember(Model):
    """One person with one dispute in one group; who comes back gets a new position. `alias` is that of the dispute."""

    __table_args__ = (
        sa.UniqueConstraint("group_id", "position"),
        sa.Index("uq_group_member_dispute", "settlement_id", unique=True, sqlite_where=_STILL, postgresql_where=_STILL),
        sa.Index(
            "uq_group_member_person",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=_STILL,
            postgresql_where=_STILL,
        ),
    )

    group_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint_group.id"))
    position: Mapped[int]
    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"))
    settlement_no: Mapped[str] = mapped_column(sa.String(30))
    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    alias: Mapped[str] = mapped_column(sa.String(40))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime())
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


class GroupProposal(Case):
    """An election or another matter, laid before the members.

    number       within the group; elections are versions of one another by it
    candidates   positions of the members to be elected; empty for other matters
    laid_by      the member who laid it
    answer_by    last moment to answer
    text         what is asked; sealed, since it may name somebody
    """

    __tablename__ = "group_proposal"
    __lifecycle__ = PROPOSAL
    __clocks__ = GROUP_PROPOSAL_CLOCKS
    __table_args__ = (sa.UniqueConstraint("group_id", "number"),)

    group_id: Mapped[str] = mapped_column(sa.ForeignKey("complaint_group.id"))
    number: Mapped[int]
    matter: Mapped[Matter] = mapped_column(enum_column(Matter))
    text_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    candidates: Mapped[Any] = mapped_column(Json)
    laid_by: Mapped[str] = mapped_column(sa.ForeignKey("group_member.id"), index=True)
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime())
    text = Sealed("text_sealed")


class GroupAnswer(AppendOnly):
    """One member's answer to one matter, once and for good."""

    __table_args__ = (sa.UniqueConstraint("proposal_id", "member_id"), sa.Index(None, "member_id"))

    proposal_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    member_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    agreed: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime())
