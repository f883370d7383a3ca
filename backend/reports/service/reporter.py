"""The reporter's acts. Nobody's account is looked at: a report is followed by its number and code alone."""

from dataclasses import dataclass
from datetime import date

from backend.access.actor import SYSTEM
from backend.badges import queries as badges
from backend.casework import service as casework
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.infrastructure.sealing import blind_index
from backend.kernel.clock_table import RULE_SETS
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.kernel.identifiers import access_hash, check_phone, new_case_number, new_code
from backend.kernel.regulation import rule_set_for
from backend.merchants.model import Unit
from backend.reports import queries, rules
from backend.reports.lifecycle import REPORT
from backend.reports.model import Report, ReportMessage
from backend.reports.rules import Source, Suspicion

from .telling import due_of, tell_officers


@dataclass(frozen=True)
class Filed:
    """A new report, with the access code that is told once."""

    report: Report
    access_code: str


@dataclass(frozen=True)
class Target:
    """Who is reported, and which bureau is competent. unit_id: of a certified unit"""

    name: str
    address: str | None
    county_code: str
    unit_id: str | None = None


def file_report(
    *,
    suspicion: Suspicion,
    facts: str,
    token: str | None = None,
    target_name: str | None = None,
    target_address: str | None = None,
    county_code: str | None = None,
    happened_on: date | None = None,
    place: str | None = None,
    name: str | None = None,
    phone: str | None = None,
    linked_no: str | None = None,
) -> Filed:
    """Take a report; anonymous unless a name or phone is left.

    token          of the badge of the reported unit; else target_name and county_code are needed
    linked_no      of the reporter's own settlement request or complaint, when they want it told (mixed material, §9)
    raises         UnknownBadge, InvalidInput
    source         Order 121 §28: a concrete clue with a factual basis; §29: the county of the act
    """
    if happened_on is not None and happened_on > current.today():
        raise InvalidInput("day_in_future", "日期不能晚于今天。", fields={"happened_on": ["不能晚于今天。"]})
    target = _target(token, target_name, target_address, county_code)
    code = new_code()
    report = new_report(target, suspicion, facts, Source.REPORTER)
    report.access_hash, report.linked_no, report.happened_on = access_hash(code), linked_no, happened_on
    report.place, report.name = place, name
    if phone is not None:
        report.phone = check_phone(phone)
        report.phone_index = blind_index("report-phone", report.phone)
    casework.apply(report, "receive", SYSTEM)
    session().add(report)
    session().flush()
    tell_officers(report, "report_received", due=due_of(report))
    return Filed(report, code)


def answer(case_no: str, code: str, *, text: str) -> ReportMessage:
    """Answer the officer's question, or add something, through the code.

    raises   NotFound, NotPossibleNow when the report is closed or holds too much already
    """
    report = queries.by_code(case_no, code)
    message = add_message(report, text, officer_id=None)
    tell_officers(report, "report_answered", event=message.id)
    return message


def add_message(report: Report, text: str, *, officer_id: str | None) -> ReportMessage:
    """Put a question or an answer with a report. raises NotPossibleNow"""
    if report.state in REPORT.closed:
        raise NotPossibleNow("case_closed", "这件举报已经办结，不能再补充。有新情况请另行举报。", state=report.state)
    if len(queries.messages(report.id)) >= rules.MOST_MESSAGES:
        raise NotPossibleNow("too_many_messages", f"问答最多 {rules.MOST_MESSAGES} 条，请电话联系市场监管部门。")
    message = ReportMessage(report_id=report.id, officer_id=officer_id, at=current.now())
    message.text = text
    session().add(message)
    session().flush()
    return message


def new_report(target: Target, suspicion: Suspicion, facts: str, source: Source) -> Report:
    """A report that has no state yet, with the marks by which it is compared."""
    report = Report(
        case_no=new_case_number("JB", current.today()),
        source=source,
        unit_id=target.unit_id,
        target_name=target.name,
        target_address=target.address,
        target_index=blind_index("report-target", target.unit_id or rules.normal(target.name)),
        county_code=target.county_code,
        suspicion=suspicion,
        facts_index=blind_index("report-facts", rules.normal(facts)),
        rule_set=rule_set_for(current.today(), RULE_SETS).code,
    )
    report.facts = facts
    return report


def _target(token: str | None, name: str | None, address: str | None, county_code: str | None) -> Target:
    if token is not None:
        unit = session().get_one(Unit, badges.by_token(token).plate.unit_id)
        return Target(unit.name, unit.address, unit.county_code, unit.id)
    missing = {"target_name": name, "county_code": county_code}
    if name is None or county_code is None:
        fields = {key: ["这一项必须填写。"] for key, value in missing.items() if value is None}
        raise InvalidInput("target_missing", "请写明举报谁、在哪个县（市、区）。", fields=fields)
    return Target(name, address, county_code)
