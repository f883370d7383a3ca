"""Settlement requests, complaints, what the parties said, and evidence."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backend.access.policy import Scope
from backend.casework.model import Case
from backend.infrastructure.database import AppendOnly, Json, Model, UtcDateTime, enum_column
from backend.infrastructure.sealing import Sealed

from .clocks import COMPLAINT_CLOCKS, SETTLEMENT_CLOCKS
from .lifecycle import COMPLAINT, SETTLEMENT
from .rules import Closing, EvidenceKind, Nature, Offer, RefusalGround, Side, TerminationGround, offer_stamp


class Settlement(Case):
    """A settlement request (和解诉求) to a unit's liaison station. The station knows its author by `alias` alone.

    access_hash         hash of the access code with which progress can be looked up without signing in
    wanted              list of rules.Request codes
    amount_fen          amount in dispute, in fen
    file_for_me         file with the bureau when the station does not answer (then the identity is complete already)
    owner_id            the station's member who took the request first (首问负责); queries.owners knows who still counts
    handing_over_at     since when the owner asks a colleague to take it; until one does, the owner stays responsible
    answered_in_min     whole minutes from the submission to the station's first answer; None while there is none
    reopened_at         when it was opened again after its close (package follow_up): it counts as settled no more
    erased_at           since when words of ours stand in the place of what was said (personal.GONE)
    number_12315        the national platform's number, which the consumer brought back, and when
    facts_mark          by which equal texts are found (likeness.mark)
    order_no            of the purchase, when the consumer gave it; the station does not read it, since it would name them
    through_officer_at  since when the station may not write to the consumer, whom officers shield (package retaliation)
    consent_*           the consumer's choices of form 1 (Order 121), off by default
    """

    __tablename__ = "settlement"
    __lifecycle__ = SETTLEMENT
    __clocks__ = SETTLEMENT_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {
        Scope.OWN: "consumer_id",
        Scope.STATION: "station_id",
        Scope.COUNTY: "county_code",
    }
    __table_args__ = (
        sa.Index(None, "station_id", "state"),
        sa.Index(None, "station_id", "opened_at"),
        sa.Index(None, "consumer_id", "opened_at"),
        sa.Index(None, "state", "state_since"),
        sa.Index(None, "opened_at"),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    access_hash: Mapped[str] = mapped_column(sa.String(64))
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    alias: Mapped[str] = mapped_column(sa.String(40))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"))
    plate_id: Mapped[str | None] = mapped_column(sa.ForeignKey("plate.id"))
    nature: Mapped[Nature] = mapped_column(enum_column(Nature))
    wanted: Mapped[Any] = mapped_column(Json)
    amount_fen: Mapped[int]
    happened_on: Mapped[date]
    facts: Mapped[str] = mapped_column(sa.Text)
    facts_mark: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16), index=True)
    order_no: Mapped[str | None] = mapped_column(sa.String(60))
    commitment: Mapped[str | None] = mapped_column(sa.String(40))
    file_for_me: Mapped[bool]
    consent_publish: Mapped[bool]
    consent_delegate: Mapped[bool]
    complainant_id: Mapped[str | None] = mapped_column(sa.ForeignKey("complainant.id"))
    offer_kind: Mapped[Offer | None] = mapped_column(enum_column(Offer))
    offer_fen: Mapped[int | None]
    offer_text: Mapped[str | None] = mapped_column(sa.Text)
    perform_by: Mapped[date | None]
    refusal_text: Mapped[str | None] = mapped_column(sa.Text)
    unanswered: Mapped[bool] = mapped_column(default=False)
    answered_in_min: Mapped[int | None]
    number_12315: Mapped[str | None] = mapped_column(sa.String(40))
    number_12315_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    owner_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    handing_over_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    through_officer_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    reminded_at: Mapped[datetime | None] = mapped_column(UtcDateTime())

    @property
    def offer_stamp(self) -> str | None:
        """Of the offer that stands; see rules.offer_stamp."""
        return offer_stamp(self.offer_kind, self.offer_fen, self.offer_text, self.perform_by)


class Complainant(Model):
    """A consumer's real identity for one dispute: name, phone, postal address. Reaches the officer alone.

    phone_erased_at, erased_at   since when words of ours stand in the place of the phone, of everything (personal.GONE)
    locked_at                    since when nobody else may look at it (package retaliation)
    source  Order 121 §10: real identity; PIPL §51: encrypted at rest
    """

    account_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    phone_index: Mapped[bytes] = mapped_column(sa.LargeBinary(16), index=True)
    address_sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    address_index: Mapped[bytes | None] = mapped_column(sa.LargeBinary(16), index=True)
    given_at: Mapped[datetime] = mapped_column(UtcDateTime())
    phone_erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    locked_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    name = Sealed("name_sealed")
    phone = Sealed("phone_sealed")
    address = Sealed("address_sealed")


class Complaint(Case):
    """A complaint (投诉) at the bureau of a county, opened by escalating a settlement request.

    county_code      whose bureau has it now
    first_receiver   the county whose bureau received it first (首接); source: Order 121 §14
    returns          how often it was returned to another bureau
    merged_into      the earlier complaint about the same dispute, in which this one is handled
    assigned         whether the office or the city said who handles it; then it is not returned again
    mediator_id      who mediates; while nobody is named, the officer in charge
    right_body_*     who handles what the bureau does not, and how it is reached, as told with the refusal
    closing          what stands of the agreement: a signed letter, or a record
    """

    __tablename__ = "complaint"
    __lifecycle__ = COMPLAINT
    __clocks__ = COMPLAINT_CLOCKS
    __scope__: ClassVar[dict[Scope, str]] = {
        Scope.OWN: "consumer_id",
        Scope.STATION: "station_id",
        Scope.COUNTY: "county_code",
    }
    __table_args__ = (
        sa.Index(None, "county_code", "state"),
        sa.Index(None, "county_code", "id"),
        sa.Index(None, "consumer_id", "opened_at"),
        sa.Index(None, "state", "state_since"),
    )

    case_no: Mapped[str] = mapped_column(sa.String(30), unique=True)
    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), unique=True)
    complainant_id: Mapped[str] = mapped_column(sa.ForeignKey("complainant.id"))
    consumer_id: Mapped[str] = mapped_column(sa.ForeignKey("account.id"))
    alias: Mapped[str] = mapped_column(sa.String(40))
    unit_id: Mapped[str] = mapped_column(sa.ForeignKey("unit.id"), index=True)
    unit_name: Mapped[str] = mapped_column(sa.String(80))
    station_id: Mapped[str] = mapped_column(sa.ForeignKey("liaison_station.id"), index=True)
    escalated_because: Mapped[str] = mapped_column(sa.String(40))
    first_receiver: Mapped[str] = mapped_column(sa.String(6))
    returns: Mapped[int] = mapped_column(default=0)
    assigned: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    officer_id: Mapped[str | None] = mapped_column(sa.ForeignKey("account.id"))
    refusal_ground: Mapped[RefusalGround | None] = mapped_column(enum_column(RefusalGround))
    termination_ground: Mapped[TerminationGround | None] = mapped_column(enum_column(TerminationGround))
    decision_text: Mapped[str | None] = mapped_column(sa.Text)
    agreement_text: Mapped[str | None] = mapped_column(sa.Text)
    notice_served_at: Mapped[datetime | None] = mapped_column(UtcDateTime())
    mediator_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    closing: Mapped[Closing | None] = mapped_column(enum_column(Closing))
    right_body_name: Mapped[str | None] = mapped_column(sa.String(80))
    right_body_reach: Mapped[str | None] = mapped_column(sa.String(300))


class ComplaintMove(AppendOnly):
    """A complaint went, or was to go, from one body to another: who sent it where, and why. The complainant reads it.

    A trigger lets the reason be emptied, when it need not be kept any longer, and nothing else be changed.

    step             action of the lifecycle
    from_body, to_body   codes of bodies
    basis            what makes the receiver competent, or the article
    """

    complaint_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    step: Mapped[str] = mapped_column(sa.String(40))
    from_body: Mapped[str] = mapped_column(sa.String(20))
    to_body: Mapped[str] = mapped_column(sa.String(20))
    basis: Mapped[str] = mapped_column(sa.String(80))
    reason: Mapped[str] = mapped_column(sa.String(500))
    by_id: Mapped[str | None] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())


class Evidence(Model):
    """A photo of a dispute (re-encoded, stripped of everything but pixels) or a PDF (as it came); private.

    sha256          of the bytes that were uploaded, given to the uploader as a receipt
    width, height   of a photo; 0 of a PDF
    pages           of a PDF; 0 of a photo
    side            who added it; what the station adds, consumer and bureau see
    """

    settlement_id: Mapped[str] = mapped_column(sa.ForeignKey("settlement.id"), index=True)
    position: Mapped[int]
    object_key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    kind: Mapped[EvidenceKind] = mapped_column(enum_column(EvidenceKind), default=EvidenceKind.PHOTO)
    width: Mapped[int]
    height: Mapped[int]
    pages: Mapped[int] = mapped_column(default=0)
    size: Mapped[int]
    for_station: Mapped[bool]
    side: Mapped[Side] = mapped_column(enum_column(Side), default=Side.CONSUMER)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime())

    __table_args__ = (sa.UniqueConstraint("settlement_id", "position"),)


class IdentityView(AppendOnly):
    """An officer looked at a complainant's identity: who, when, for what purpose. Shown to the complainant."""

    complaint_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False), index=True)
    officer_id: Mapped[str] = mapped_column(sa.Uuid(as_uuid=False))
    at: Mapped[datetime] = mapped_column(UtcDateTime())
    purpose: Mapped[str] = mapped_column(sa.String(200))
