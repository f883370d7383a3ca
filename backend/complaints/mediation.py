"""Reads of a mediation: who agreed, when the parties meet, who mediates, and what the facts suggest to the officer."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from backend.accounts import queries as accounts
from backend.casework import service as casework
from backend.infrastructure.database import session

from .mediation_model import MediationConsent, MediationMeeting, Recusal
from .model import Complaint, Settlement
from .rules import Party, Subject, TerminationGround


@dataclass(frozen=True)
class Mediation:
    """A complaint's mediation as it stands.

    consents    party → its last answer; absent while it gave none
    delegation_consents   the same for delegating it to the consumer council
    wants_delegation      whether the complainant agreed to that when filing (form 1)
    meetings    the first one first
    recusals    the first one first; the last one waits for a decision while `granted` is None
    names       account id → name, of the mediators who were named; an officer in charge who mediates unnamed is none
    """

    consents: dict[Party, MediationConsent]
    delegation_consents: dict[Party, MediationConsent]
    wants_delegation: bool
    meetings: Sequence[MediationMeeting]
    recusals: Sequence[Recusal]
    mediator_id: str | None
    names: dict[str, str]

    @property
    def both_agree(self) -> bool:
        """Whether mediation may be held at all. source: Order 121 §18"""
        return all(party in self.consents and self.consents[party].agreed for party in Party)

    def agrees_to_delegate(self, party: Party) -> bool | None:
        """Its last answer, or the complainant's of form 1; None while there is none."""
        answer = self.delegation_consents.get(party)
        if answer is not None:
            return answer.agreed
        return True if party is Party.CONSUMER and self.wants_delegation else None

    @property
    def both_delegate(self) -> bool:
        """Whether the mediation may be delegated. source: Order 121 §19"""
        return all(self.agrees_to_delegate(party) for party in Party)

    @property
    def mediator(self) -> str | None:
        """Name of who mediates, once somebody was named."""
        return self.names.get(self.mediator_id or "")

    @property
    def recused(self) -> set[str]:
        """Accounts that had to step back from this complaint."""
        return {one.mediator_id for one in self.recusals if one.granted}


def mediation_of(complaint: Complaint) -> Mediation:
    """Everything that is known of a complaint's mediation."""
    answers = sa.select(MediationConsent).filter_by(complaint_id=complaint.id).order_by(MediationConsent.sequence)
    meetings = sa.select(MediationMeeting).filter_by(complaint_id=complaint.id).order_by(MediationMeeting.number)
    recusals = sa.select(Recusal).filter_by(complaint_id=complaint.id).order_by(Recusal.id)
    held, given = session().scalars(meetings).all(), session().scalars(answers).all()
    named = {complaint.mediator_id, *(one.mediator_id for one in held)}
    return Mediation(
        consents={one.party: one for one in given if one.subject is Subject.MEDIATION},
        delegation_consents={one.party: one for one in given if one.subject is Subject.DELEGATION},
        wants_delegation=session().get_one(Settlement, complaint.settlement_id).consent_delegate,
        meetings=held,
        recusals=session().scalars(recusals).all(),
        mediator_id=complaint.mediator_id or complaint.officer_id,
        names=accounts.staff_names(named),
    )


def suggested(complaint: Complaint, mediation: Mediation) -> tuple[TerminationGround, str] | None:
    """The ground on which mediation might end, with the fact that speaks for it; the officer decides. source: Order 121 §23"""
    if complaint.state not in {"in_mediation", "recusal_asked", "testing"}:
        return None
    for party, answer in mediation.consents.items():
        if not answer.agreed:
            return TerminationGround.T23_2, f"{party.zh}不同意调解"
    for meeting in mediation.meetings:
        if meeting.absent is not None:
            return TerminationGround.T23_2, f"{meeting.absent.zh}没有参加第 {meeting.number} 次调解"
    if casework.expired(complaint, "C2"):
        return TerminationGround.T23_5, "调解期限已经届满"
    return None
