"""Notices of paying first, queued in the transaction of the step."""

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.compensation.model import AdvancePayment, Recovery
from backend.notifications import service as notifications


def tell_payer(case: AdvancePayment | Recovery, template: str) -> None:
    """A notice to every member of the payer's station."""
    for member in accounts.holders(Role.STATION_MEMBER, station_id=case.payer_station_id):
        _queue(case, member, template, "/station/advances")


def tell_consumer(payment: AdvancePayment, template: str) -> None:
    """A notice to the consumer, about his dispute."""
    _queue(payment, payment.consumer_id, template, f"/my/cases/{payment.settlement_no}")


def tell_officers(case: AdvancePayment | Recovery, template: str) -> None:
    """A notice to the officers of the county."""
    for officer in accounts.holders(Role.COUNTY_OFFICER, county_code=case.county_code):
        _queue(case, officer, template, "/console/advances")


def _queue(case: AdvancePayment | Recovery, recipient: str, template: str, link: str) -> None:
    notifications.queue(
        recipient,
        template,
        {"case_no": case.case_no, "unit_name": case.unit_name},
        event_key=f"{case.__tablename__}:{case.id}:{template}:{case.state}",
        link=link,
        holds_while=case.state,
    )
