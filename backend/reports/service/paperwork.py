"""A report's official forms: the register (form 2), the forwarding to another body (form 3), the result (form 10).

The register is the report as it stands, and is filled when it is opened. The others are kept as they were issued. The reporter
reads form 10 through the code; officers print all of them with a purpose, noted like any look at the reporter.
source: Order 121 §28, §29, §37 and its 文书式样, of which form 10 may be served by internet
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.documents import service as documents
from backend.documents.rules import FORMS
from backend.documents.service import Document
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.clock import local_date
from backend.kernel.errors import NotFound
from backend.kernel.wording import local_day
from backend.reports import queries
from backend.reports.model import Report, ReportPaper
from backend.reports.rules import FORWARDING, REGISTER, RESULT

from .looking import note_look

_RESULTS = {"filed": "本局决定立案。", "not_filed": "本局决定不予立案。"}


@dataclass(frozen=True)
class Paper:
    """A form that exists for a report.

    sha256   None for the register, which is the report as it stands
    """

    number: int
    title: str
    dated: date
    sha256: str | None


def issue_result(actor: Actor, report: Report) -> None:
    """Keep what the reporter is told of the decision (form 10) and, of a transfer, the notice to the other body (form 3).

    A clue that an officer found has no reporter: nobody is told.
    """
    if report.transferred_to is not None:
        _keep(actor, report, FORWARDING, {"name": report.transferred_to, **_forwarded(report)})
    if report.access_hash is not None:
        _keep(actor, report, RESULT, {"name": report.name or "举报人", "result": _result(report)})


def papers(report: Report) -> Sequence[Paper]:
    """The forms of a report, in the order of their numbers; none once its words are forgotten."""
    if report.erased_at is not None:
        return []
    register = Paper(REGISTER, FORMS[REGISTER].title, local_date(report.opened_at), None)
    kept = (Paper(one.form, FORMS[one.form].title, one.dated, one.sha256) for one in queries.papers(report.id))
    return [register, *kept]


def officers_paper(actor: Actor, case_no: str, form: int, *, purpose: str) -> Document:
    """A form to an officer; the look is noted with its purpose. raises NotFound"""
    report = queries.report(actor, Action.REPORTER_REVEAL, case_no)
    document = _opened(report, form)
    note_look(actor, report, purpose)
    return document


def result_by_code(case_no: str, code: str) -> Document:
    """What the reporter is told of the decision (form 10), through number and code. raises NotFound"""
    return _opened(queries.by_code(case_no, code), RESULT)


def _opened(report: Report, form: int) -> Document:
    if report.erased_at is None:
        if form == REGISTER:
            return _filled(report, form, local_date(report.opened_at), _registered(report))
        for kept in queries.papers(report.id):
            if kept.form == form:
                return documents.issued(kept.text or "")
    raise NotFound("document_missing", "这件举报没有这份文书。作出决定后才有告知书，移送后才有分送通知书。")


def _keep(actor: Actor, report: Report, form: int, values: dict[str, str]) -> None:
    document = _filled(report, form, current.today(), values)
    paper = ReportPaper(
        report_id=report.id, form=form, dated=document.dated, sha256=document.sha256, issued_at=current.now()
    )
    paper.text, paper.issued_by = document.text(), actor.account_id
    session().add(paper)


def _filled(report: Report, form: int, dated: date, values: dict[str, str]) -> Document:
    own = {"case_no": report.case_no, "received_on": local_day(report.opened_at), **values}
    return documents.fill(form, issuer=report.county_code, dated=dated, values=own)


def _registered(report: Report) -> dict[str, str]:
    seen = [local_day(report.happened_on)] if report.happened_on else []
    facts = "。".join([*seen, *filter(None, (report.place, report.facts))])
    return {
        "name": report.name or "",
        "phone": report.phone or "",
        "respondent": report.target_name,
        "respondent_address": report.target_address or "",
        "facts": f"{report.suspicion.zh}：{facts}",
        "evidence": _enclosed(report),
    }


def _forwarded(report: Report) -> dict[str, str]:
    enclosed = "；".join(["举报登记表一份", *filter(None, [_enclosed(report)])])
    return {
        "kind": "举报",
        "respondent": report.target_name,
        "reason": report.decision_text or "",
        "enclosed": enclosed,
    }


def _enclosed(report: Report) -> str:
    photos = len(queries.photos(report.id))
    return f"照片 {photos} 张" if photos else ""


def _result(report: Report) -> str:
    told = (
        f"本局已将您的举报移送{report.transferred_to}处理。" if report.transferred_to else _RESULTS[report.state or ""]
    )
    return f"{told}{report.decision_text}"
