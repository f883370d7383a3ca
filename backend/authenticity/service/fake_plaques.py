"""Reports of false plaques, handed to enforcement or closed; and the public list of known ones."""

from dataclasses import dataclass

from backend.access.actor import SYSTEM, Actor
from backend.access.policy import Action
from backend.authenticity import plaque_words, queries
from backend.authenticity.model import FakeReport, KnownFake
from backend.casework import service as casework
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import access_hash, new_case_number, new_code

from .telling import tell_officers


@dataclass(frozen=True)
class Received:
    """A new report, with the access code that is told once."""

    report: FakeReport
    access_code: str


def report_fake(
    *,
    county_code: str,
    place: str,
    words: str | None = None,
    price_fen: int | None = None,
    seller: str | None = None,
    note: str | None = None,
) -> Received:
    """Take a report of a false plaque; anonymous. source: Order 121 §28: a concrete clue, name not needed

    county_code   where the plaque hangs; the city's code when the reporter does not know
    place         where it was seen or offered
    words         what stands on it
    """
    code = new_code()
    report = FakeReport(
        case_no=new_case_number("JP", current.today()),
        access_hash=access_hash(code),
        county_code=county_code,
        words=words,
        price_fen=price_fen,
        rule_set="2026",
    )
    report.place, report.seller, report.note = place, seller, note
    casework.apply(report, "receive", SYSTEM)
    session().add(report)
    session().flush()
    tell_officers(report, "fake_reported")
    return Received(report, code)


def hand_over(actor: Actor, case_no: str, *, text: str) -> FakeReport:
    """Hand the report to enforcement. text: to whom and what for, read by the reporter as well"""
    return _decide(actor, Action.FAKE_REPORT_HAND_OVER, case_no, "hand_over", text)


def close(actor: Actor, case_no: str, *, text: str) -> FakeReport:
    """Close the report without grounds. text: what was found, read by the reporter as well"""
    return _decide(actor, Action.FAKE_REPORT_CLOSE, case_no, "close", text)


def add_known_fake(
    actor: Actor,
    *,
    title: str,
    words: list[str],
    telling: str,
    source: str,
    seller: str | None = None,
    price_fen: int | None = None,
) -> KnownFake:
    """Put a kind of false plaque on the public list.

    words    what gives it away, each with four characters or more
    raises   InvalidInput for a word so short that honest plaques would hold it
    """
    normal = list(dict.fromkeys(plaque_words.normal(word) for word in words))
    if any(len(word) < plaque_words.LEAST_WORD for word in normal):
        message = f"每个词至少 {plaque_words.LEAST_WORD} 个字，太短会把真牌也当成假牌。"
        raise InvalidInput("word_too_short", message, fields={"words": [message]})
    fake = KnownFake(
        number=new_case_number("JM", current.today()),
        title=title,
        words=normal,
        telling=telling,
        source=source,
        seller=seller,
        price_fen=price_fen,
        added_by=actor.account_id,
        added_at=current.now(),
    )
    session().add(fake)
    audit.record(actor, Action.KNOWN_FAKE_KEEP, "known_fake", fake.id, after={"number": fake.number, "listed": True})
    return fake


def withdraw_known_fake(actor: Actor, number: str) -> KnownFake:
    """Take a kind of plaque off the public list. raises NotFound, NotPossibleNow"""
    fake = queries.known_fake(number)
    if fake.withdrawn_at is not None:
        raise NotPossibleNow("known_fake_withdrawn", "这一条已经从名单里撤下了。", state="withdrawn")
    fake.withdrawn_at = current.now()
    audit.record(actor, Action.KNOWN_FAKE_KEEP, "known_fake", fake.id, after={"number": fake.number, "listed": False})
    return fake


def _decide(actor: Actor, action: Action, case_no: str, step: str, text: str) -> FakeReport:
    report = queries.fake_report(actor, action, case_no)
    casework.apply(report, step, actor)
    report.officer_id, report.decision_text = actor.account_id, text
    return report
