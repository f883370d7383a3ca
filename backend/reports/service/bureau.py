"""The officers' steps on a report. source: Order 121 §27, §35, §37"""

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.casework import calendar
from backend.casework import queries as cases
from backend.casework import service as casework
from backend.infrastructure.database import session
from backend.kernel.clock import local_date
from backend.kernel.errors import InvalidInput, NotPossibleNow
from backend.merchants.model import Unit
from backend.reports import queries
from backend.reports.lifecycle import OTHER_PERSON, REPORT, SAME_REPORTER
from backend.reports.model import Report, ReportMessage
from backend.reports.rules import Source, Suspicion

from .paperwork import issue_result
from .reporter import Target, add_message, new_report
from .telling import due_of, tell_officers


def note_clue(actor: Actor, *, linked_no: str, unit_id: str, suspicion: Suspicion, facts: str) -> Report:
    """A clue found in mediation becomes a report with a clock of its own, whatever becomes of the mediation. source: §27

    linked_no   of the complaint, which the caller has shown that the actor may handle
    """
    unit = session().get_one(Unit, unit_id)
    target = Target(unit.name, unit.address, unit.county_code, unit.id)
    report = new_report(target, suspicion, facts, Source.MEDIATION)
    report.linked_no, report.officer_id = linked_no, actor.account_id
    casework.apply(report, "note_clue", actor)
    session().add(report)
    session().flush()
    tell_officers(report, "report_received", due=due_of(report))
    return report


def verify(actor: Actor, case_no: str) -> Report:
    """Begin to look into it; the acting officer is in charge."""
    report = _take(actor, Action.REPORT_VERIFY, case_no)
    casework.apply(report, "verify", actor)
    return report


def ask(actor: Actor, case_no: str, *, text: str) -> ReportMessage:
    """Ask the reporter something; they read it with their code and may answer. raises NotPossibleNow for a clue"""
    report = _take(actor, Action.REPORT_ASK, case_no)
    if report.access_hash is None:
        raise NotPossibleNow("no_reporter", "这条线索是调解时发现的，没有举报人可以询问。")
    return add_message(report, text, officer_id=actor.account_id)


def ask_extension(actor: Actor, case_no: str, *, text: str) -> Report:
    """Ask for fifteen more working days, once, before the period is over. source: §27"""
    report = _take(actor, Action.REPORT_ASK_EXTENSION, case_no)
    _refuse_when_late(report)
    casework.apply(report, "ask_extension", actor)
    report.extension_by, report.extension_reason = actor.account_id, text
    tell_officers(report, "report_extension_asked", everybody=True, due=due_of(report))
    return report


def approve_extension(actor: Actor, case_no: str) -> Report:
    """Grant it as a second person: the new last day is fifteen working days after the old one.

    raises   NotPossibleNow for who asked, and once the old period is over
    """
    report = queries.report(actor, Action.REPORT_APPROVE_EXTENSION, case_no)
    _refuse_when_late(report)
    last = local_date(cases.next_deadlines("report", [report.id])[report.id].due_at)
    longer = report.__clocks__[report.rule_set]["C4E"].length
    due_on = {"C4E": calendar.load().add_working_days(last, longer).on}
    casework.apply(report, "approve_extension", actor, facts=_another(actor, report), due_on=due_on)
    return report


def deny_extension(actor: Actor, case_no: str) -> Report:
    """Do not grant it; the period stays. raises NotPossibleNow for who asked"""
    report = queries.report(actor, Action.REPORT_DENY_EXTENSION, case_no)
    casework.apply(report, "deny_extension", actor, facts=_another(actor, report))
    return report


def file_case(actor: Actor, case_no: str, *, text: str) -> Report:
    """File for enforcement (立案). text: what the reporter reads"""
    return _decide(actor, _take(actor, Action.REPORT_FILE_CASE, case_no), "file_case", text)


def not_file(actor: Actor, case_no: str, *, text: str) -> Report:
    """Do not file (不予立案). text: the reason, which the reporter reads"""
    return _decide(actor, _take(actor, Action.REPORT_NOT_FILE, case_no), "not_file", text)


def transfer(actor: Actor, case_no: str, *, body: str, text: str) -> Report:
    """Hand it to the body that is competent, by name; for what may be a crime, to the police. source: §29, §42"""
    report = _take(actor, Action.REPORT_TRANSFER, case_no)
    report.transferred_to = body
    return _decide(actor, report, "transfer", text)


def merge(actor: Actor, case_no: str, *, into: str) -> Report:
    """Look into it together with an earlier report, whose period starts again from now. source: §35: new facts

    raises   NotPossibleNow when the earlier one is closed, InvalidInput when it is no earlier report on the same party
    """
    report = _take(actor, Action.REPORT_MERGE, case_no)
    earlier = _earlier(actor, report, into)
    if earlier.state in REPORT.closed:
        raise NotPossibleNow("into_closed", "之前那件举报已经办结，有新事实的这一件请单独核查。", state=earlier.state)
    casework.apply(report, "merge", actor, details={"into": earlier.case_no})
    casework.apply(earlier, "take_in", actor, details={"from": report.case_no})
    report.into_id = earlier.id
    return report


def close_repeat(actor: Actor, case_no: str, *, of: str) -> Report:
    """Do not handle again what the same reporter reported with the same facts about the same party. source: §35

    raises   NotPossibleNow when reporter or party differ or the reporter is not known
    """
    report = _take(actor, Action.REPORT_CLOSE_REPEAT, case_no)
    earlier = _earlier(actor, report, of)
    facts = {SAME_REPORTER: queries.same_reporter(earlier, report)}
    casework.apply(report, "close_repeat", actor, facts=facts, details={"of": earlier.case_no})
    report.into_id = earlier.id
    return report


def _take(actor: Actor, action: Action, case_no: str) -> Report:
    """The report for this step; whoever first acts on it is in charge."""
    report = queries.report(actor, action, case_no)
    if report.officer_id is None:
        report.officer_id = actor.account_id
    return report


def _decide(actor: Actor, report: Report, step: str, text: str) -> Report:
    casework.apply(report, step, actor)
    report.decision_text = text
    issue_result(actor, report)
    return report


def _earlier(actor: Actor, report: Report, number: str) -> Report:
    earlier = queries.report(actor, Action.REPORT_MERGE, number)
    if earlier.id == report.id or earlier.target_index != report.target_index or earlier.opened_at > report.opened_at:
        message = "请填写对同一被举报人、更早收到的那件举报的编号。"
        raise InvalidInput("not_earlier_report", message, fields={"into": [message], "of": [message]})
    return earlier


def _another(actor: Actor, report: Report) -> dict[str, bool]:
    return {OTHER_PERSON: report.extension_by != actor.account_id}


def _refuse_when_late(report: Report) -> None:
    if casework.expired(report, "C4"):
        raise NotPossibleNow("period_over", "核查期限已过，不能再延长。请尽快作出决定。", state=report.state)
