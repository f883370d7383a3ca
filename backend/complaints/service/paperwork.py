"""A complaint's official forms: kept as they were issued, with how they were served, and who may take them home.

Each party takes what is addressed to it. An officer takes a form that names the complainant with a purpose, and the look is
noted like any other look at the identity. source: Order 121 and its 文书式样
"""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import queries as cases
from backend.casework.model import CaseEvent
from backend.complaints import queries
from backend.complaints.model import Complaint
from backend.complaints.paper_model import IssuedPaper, PaperServing
from backend.complaints.rules import ANY_WAY, Addressee, Closing, ServingWay
from backend.documents import service as documents
from backend.documents.rules import FORMS
from backend.documents.service import Document
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import CannotOpen
from backend.kernel.clock import local_date
from backend.kernel.errors import InvalidInput, NotFound

from .form_values import form_values
from .identity import reveal_identity

#: The step that makes each form of a complainant.
_MADE_BY = {1: "lodge", 5: "accept", 6: "refuse", 7: "invite", 8: "terminate", 9: "record_agreement"}
#: Told and shown in the product at once, which serves them by internet; form 8 is served by a step of its own.
_SERVED_AT_ONCE = frozenset({5, 6, 7})
#: Addressee → how a reference ends.
_MARK = {Addressee.CONSUMER: "", Addressee.MERCHANT: "-m", Addressee.BODY: "-b"}
_REFERENCE = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,3}))?(-[mb])?")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Paper:
    """A form that exists for a complaint.

    reference     what its address calls it: the form, its part from the second on, and a mark when it is not the complainant's
    document_no, sha256   None for what was made before forms were kept: it is filled when it is opened
    servings      how it was served, the first one first
    """

    number: int
    part: int
    party: Addressee
    title: str
    dated: date
    document_no: str | None = None
    sha256: str | None = None
    servings: Sequence[PaperServing] = ()

    @property
    def reference(self) -> str:
        """See the class."""
        return f"{self.number}{f'-{self.part}' if self.part > 1 else ''}{_MARK[self.party]}"


def issue(
    actor: Actor, complaint: Complaint, form: int, *, party: Addressee = Addressee.CONSUMER, part: int = 1
) -> None:
    """Fill a form from what stands in the case now and keep it; what is told at once counts as served by internet.

    When the identity does not open (its key is missing), the case goes on and the form is filled when it is opened.
    """
    session().flush()
    dated, now = current.today(), current.now()
    try:
        filled = _filled(complaint, form, party, part, dated)
    except CannotOpen:
        _log.warning("a form was not kept: the identity does not open", extra={"case_no": complaint.case_no})
        return
    paper = IssuedPaper(
        complaint_id=complaint.id,
        form=form,
        party=party,
        part=part,
        document_no=filled.number,
        dated=dated,
        text=filled.text(),
        sha256=filled.sha256,
        issued_at=now,
        issued_by=actor.account_id,
    )
    session().add(paper)
    if form in _SERVED_AT_ONCE:
        _serve(paper.id, ServingWay.INTERNET, dated, None)


def issue_forwarding(actor: Actor, complaint: Complaint) -> None:
    """Keep the notice (form 3) with which a complaint goes to the body that the newest move names. source: Order 121 §13, §14"""
    sent = sa.select(sa.func.count()).select_from(IssuedPaper).filter_by(complaint_id=complaint.id, form=3)
    issue(actor, complaint, 3, party=Addressee.BODY, part=(session().scalar(sent) or 0) + 1)


def papers(complaint: Complaint, parties: Sequence[Addressee] = tuple(Addressee)) -> list[Paper]:
    """The forms of a complaint for these parties, in the order of their numbers."""
    rows = session().scalars(sa.select(IssuedPaper).filter_by(complaint_id=complaint.id)).all()
    served: dict[str, list[PaperServing]] = {row.id: [] for row in rows}
    for serving in session().scalars(
        sa.select(PaperServing).where(PaperServing.paper_id.in_(served)).order_by(PaperServing.sequence)
    ):
        served[serving.paper_id].append(serving)
    kept = [
        Paper(
            row.form,
            row.part,
            row.party,
            FORMS[row.form].title,
            row.dated,
            row.document_no,
            row.sha256,
            served[row.id],
        )
        for row in rows
    ]
    held = {paper.number for paper in kept if paper.party is Addressee.CONSUMER}
    found = [*kept, *(one for one in _unkept(cases.events(complaint)) if one.number not in held)]
    mine = [paper for paper in found if paper.party in parties]
    return sorted(mine, key=lambda paper: (paper.number, paper.part, paper.party))


def read_reference(typed: str) -> tuple[int, int, Addressee]:
    """Form, part and party of an address's last word. raises NotFound"""
    found = _REFERENCE.fullmatch(typed) if typed.isascii() else None
    if found is None:
        raise _missing()
    party = next(party for party, mark in _MARK.items() if mark == (found[3] or ""))
    return int(found[1]), int(found[2] or 1), party


def own_paper(actor: Actor, case_no: str, reference: str) -> Document:
    """A form to the party that it is addressed to. raises NotFound when there is no such form"""
    complaint = queries.complaint(actor, Action.COMPLAINT_DOCUMENT_READ, case_no)
    side = Addressee.CONSUMER if actor.account_id == complaint.consumer_id else Addressee.MERCHANT
    found = paper(complaint, reference)
    if found.party is not side:
        raise _missing()
    return _opened(complaint, found)


def officers_paper(actor: Actor, case_no: str, reference: str, *, purpose: str) -> Document:
    """A form to an officer; where it names the complainant, the look is noted with its purpose. raises NotFound"""
    complaint = queries.complaint(actor, Action.IDENTITY_REVEAL, case_no)
    found = paper(complaint, reference)
    if found.party is Addressee.CONSUMER:
        reveal_identity(actor, case_no, purpose=purpose)
    return _opened(complaint, found)


def paper(complaint: Complaint, reference: str) -> Paper:
    """One of them. raises NotFound when there is no such form yet"""
    form, part, party = read_reference(reference)
    found = next((one for one in papers(complaint) if (one.number, one.part, one.party) == (form, part, party)), None)
    if found is None:
        raise _missing()
    return found


def note_serving(actor: Actor, case_no: str, reference: str, *, way: ServingWay, served_on: date) -> Complaint:
    """An officer notes that a form reached its addressee.

    served_on   not before it was issued, not after today
    raises      InvalidInput serving_day_wrong, serving_way_wrong; NotFound
    """
    complaint = queries.complaint(actor, Action.COMPLAINT_NOTE_SERVING, case_no)
    found = paper(complaint, reference)
    row = _row(complaint, found)
    if row is None:
        raise _missing()
    if not found.dated <= served_on <= current.today():
        raise InvalidInput(
            "serving_day_wrong", "送达日期应在文书作出之后、今天以前。", fields={"served_on": ["请重新选择。"]}
        )
    if found.number not in ANY_WAY and way not in {ServingWay.LETTER, ServingWay.IN_PERSON}:
        raise InvalidInput(
            "serving_way_wrong", "这种文书要当面送达或者邮寄。", fields={"way": ["请选当面送达或者邮寄。"]}
        )
    _serve(row.id, way, served_on, actor)
    audit.record(
        actor, Action.COMPLAINT_NOTE_SERVING, "complaint", complaint.id, chain=complaint.county_code, ground=way
    )
    return complaint


def note_termination_served(actor: Actor, complaint: Complaint, ways: Mapping[Addressee, ServingWay]) -> None:
    """The decision to end mediation reached both parties today, each in its way."""
    rows = session().scalars(sa.select(IssuedPaper).filter_by(complaint_id=complaint.id, form=8))
    for row in rows:
        _serve(row.id, ways[row.party], current.today(), actor)


def _serve(paper_id: str, way: ServingWay, served_on: date, actor: Actor | None) -> None:
    session().add(
        PaperServing(
            paper_id=paper_id,
            way=way,
            served_on=served_on,
            noted_at=current.now(),
            noted_by=actor.account_id if actor else None,
        )
    )


def _unkept(events: Sequence[CaseEvent]) -> list[Paper]:
    """The complainant's forms that the steps so far have made, whether or not they were kept."""
    made = {event.action: local_date(event.at) for event in events if not _without_letter(event)}
    return [
        Paper(number, 1, Addressee.CONSUMER, FORMS[number].title, made[step])
        for number, step in _MADE_BY.items()
        if step in made
    ]


def _without_letter(event: CaseEvent) -> bool:
    """Whether a record is kept of the agreement instead of a letter of mediation. source: Order 121 §24"""
    return event.action == "record_agreement" and (event.details or {}).get("closing", "signed") != Closing.SIGNED


def _row(complaint: Complaint, found: Paper) -> IssuedPaper | None:
    which = {"complaint_id": complaint.id, "form": found.number, "party": found.party, "part": found.part}
    return session().scalars(sa.select(IssuedPaper).filter_by(**which)).one_or_none()


def _opened(complaint: Complaint, found: Paper) -> Document:
    row = _row(complaint, found)
    if row is None or row.text is None:
        return _filled(complaint, found.number, found.party, found.part, found.dated)
    return documents.issued(row.text)


def _filled(complaint: Complaint, form: int, party: Addressee, part: int, dated: date) -> Document:
    values = form_values(complaint, form, party, dated)
    issuer = queries.moves(complaint.id)[-1].from_body if form == 3 else complaint.county_code
    return documents.fill(form, issuer=issuer, dated=dated, values=values, part=part)


def _missing() -> NotFound:
    return NotFound("document_missing", "这件投诉没有这份文书。请回到投诉页面，看看有哪些文书。")
