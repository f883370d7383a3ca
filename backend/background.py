"""What the workers do, put together from every package: jobs, periodic work, deliveries; and what packages need of their peers."""

import logging
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import timedelta
from functools import partial

from flask import Flask

from backend.access.actor import Role
from backend.accounts import queries as accounts
from backend.accounts import service as account_service
from backend.applications import personal as application_data
from backend.applications import service as applications
from backend.authenticity import service as authenticity
from backend.badges import drawing, mini_codes, orders, scan_log
from backend.casework import calendar
from backend.casework import queries as cases
from backend.closing_notices import service as closing_notices
from backend.compensation import service as compensation
from backend.complaints import personal as disputes
from backend.complaints import queries as complaints
from backend.complaints import service as complaint_service
from backend.consumer_warnings import service as consumer_warnings
from backend.credentials import editions
from backend.credentials import service as credentials
from backend.emergencies import personal as emergency_data
from backend.emergencies import service as emergencies
from backend.enrolments import personal as enrolment_data
from backend.enrolments import service as enrolments
from backend.experience_reviews import rules as review_rules
from backend.experience_reviews import service as reviews
from backend.favourites import service as favourites
from backend.feedback import personal as feedback_data
from backend.feedback import service as feedback
from backend.follow_up import personal as follow_up_data
from backend.follow_up import service as follow_up
from backend.group_complaints import personal as group_data
from backend.group_complaints import queries as groups
from backend.group_complaints import service as group_service
from backend.infrastructure import current, idempotency, wechat_push
from backend.infrastructure.database import unit_of_work
from backend.infrastructure.jobs import JobTable, Periodic, Work, init_work
from backend.inquiries import personal as inquiry_data
from backend.inquiries import service as inquiries
from backend.joint_meeting import personal as dispatch_data
from backend.joint_meeting import service as joint_meeting
from backend.mass_harm import rules as mass_harm_rules
from backend.mass_harm import service as mass_harm
from backend.merchants import queries as merchants
from backend.notifications import personal as notice_data
from backend.notifications import service as notifications
from backend.notifications.delivery import Reach, deliver_due
from backend.personal_data import service as personal_data
from backend.public_record import service as public_record
from backend.ratings import personal as rating_data
from backend.ratings import queries as ratings
from backend.ratings import service as rating_service
from backend.reports import service as reports
from backend.retaliation import personal as retaliation_data
from backend.retaliation import service as retaliation
from backend.station_figures import service as station_figures
from backend.supervision import service as supervision
from backend.transparency import service as transparency

_log = logging.getLogger(__name__)
#: About three seconds of one core.
_PLATES_A_TURN = 64


def init_background(app: Flask) -> None:
    """Give the application its work."""
    table = JobTable(
        {
            rating_service.MODERATE: rating_service.moderate,
            feedback.SCREEN: feedback.screen,
            favourites.TELL: favourites.tell_piece,
            consumer_warnings.TELL: consumer_warnings.tell,
            consumer_warnings.TAKE_BACK: consumer_warnings.take_back,
            orders.ISSUE: orders.issue,
            mini_codes.MINT: mini_codes.mint,
            complaint_service.COUNT_OUTCOMES: complaint_service.count_outcomes,
            account_service.SEND_CODE: account_service.send_phone_code,
        },
        [
            Periodic("merge_log", timedelta(seconds=10), transparency.merge),
            Periodic("load_scans", timedelta(seconds=5), scan_log.load_noted),
            Periodic("draw_plates", timedelta(seconds=10), _draw_plates),
            Periodic("sweep_complaints", timedelta(minutes=1), complaint_service.sweep),
            Periodic("sweep_reports", timedelta(minutes=10), reports.sweep),
            Periodic("ask_after_the_close", timedelta(minutes=10), follow_up.sweep),
            Periodic("draw_call_backs", timedelta(days=1), follow_up.draw),
            Periodic("sweep_call_backs", timedelta(hours=1), follow_up.sweep_messages),
            Periodic("sweep_reopenings", timedelta(minutes=10), follow_up.sweep_reopenings),
            Periodic("sweep_emergencies", timedelta(seconds=20), emergencies.sweep),
            Periodic("sweep_inquiries", timedelta(minutes=10), inquiries.sweep),
            Periodic("sweep_retaliation", timedelta(minutes=1), retaliation.sweep),
            Periodic("watch_mass_harm", timedelta(minutes=30), watch_mass_harm),
            Periodic("sweep_joint_meeting", timedelta(minutes=1), joint_meeting.sweep),
            Periodic("sweep_groups", timedelta(minutes=1), group_service.sweep),
            Periodic("sweep_compensation", timedelta(minutes=10), compensation.sweep),
            Periodic("sweep_supervision", timedelta(minutes=1), supervision.sweep),
            Periodic("sweep_closings", timedelta(minutes=1), closing_notices.sweep),
            Periodic("sweep_applications", timedelta(minutes=10), applications.sweep),
            Periodic("sweep_enrolments", timedelta(minutes=10), enrolments.sweep),
            Periodic("remind_renewals", timedelta(days=1), applications.remind),
            Periodic("sweep_reviews", timedelta(minutes=10), reviews.sweep),
            Periodic("end_publicity", timedelta(minutes=10), public_record.end_periods),
            Periodic("sweep_objections", timedelta(minutes=10), public_record.sweep),
            Periodic("give_status_places", timedelta(seconds=10), credentials.give_places),
            Periodic("publish_register", timedelta(days=1), editions.publish),
            Periodic("sweep_authenticity", timedelta(minutes=10), authenticity.sweep),
            Periodic("count_medians", timedelta(days=1), station_figures.count_medians),
            Periodic("age_scores", timedelta(days=1), rating_service.age_scores),
            Periodic("tend_calendar", timedelta(days=1), _tend_calendar),
            Periodic("forget", timedelta(days=1), _forget),
            Periodic("retain", timedelta(days=1), _retain),
            Periodic("delete_doomed", timedelta(minutes=1), personal_data.delete_doomed),
        ],
    )
    init_work(app, Work(table, partial(deliver_due, Reach(_openid_of, _phone_of, _state_of))))


#: Who forgets what, by the class of `personal_data.rules.CLASSES`.
RETENTION: Mapping[str, personal_data.Forget] = {
    "unused_identity": disputes.forget_unused_identities,
    "complaint_phone": disputes.forget_phones,
    "complaint_identity": disputes.forget_identities,
    "dispute_photo": disputes.forget_photos,
    "dispute": disputes.forget_disputes,
    "reopening": follow_up_data.forget_closed,
    "group": group_data.forget_over,
    "dispatch": dispatch_data.forget_closed,
    "emergency": emergency_data.forget_closed,
    "report": reports.forget_closed,
    "council_query": inquiry_data.forget_closed,
    "application_photo": application_data.forget_photos,
    "enrolment": enrolment_data.forget_closed,
    "application_objection": application_data.forget_objections,
    "retaliation": retaliation_data.forget_closed,
    "rating_words": rating_data.forget_words,
    "notice": notice_data.forget_old,
    "feedback": feedback_data.forget_old,
}


def conflicts(volunteer_ids: list[str]) -> Mapping[str, AbstractSet[str]]:
    """Volunteer → units barred to them: rated or complained about within a year, or answered for as a station's member."""
    since = current.now() - timedelta(days=30 * review_rules.CONFLICT_MONTHS)
    barred: dict[str, set[str]] = {volunteer: set() for volunteer in volunteer_ids}
    for found in (
        ratings.units_rated_by(volunteer_ids, since),
        complaints.units_disputed_by(volunteer_ids, since),
        merchants.units_of_stations(accounts.stations_of(volunteer_ids)),
    ):
        for volunteer, unit_id in found:
            barred[volunteer].add(unit_id)
    return barred


def _openid_of(account_id: str) -> str | None:
    with unit_of_work(read_only=True):
        return accounts.openid_of(account_id)


def _phone_of(account_id: str) -> str | None:
    with unit_of_work(read_only=True):
        return accounts.phone_of(account_id)


def _state_of(case_type: str, case_id: str) -> str | None:
    with unit_of_work(read_only=True):
        return cases.state_of(case_type, case_id)


def watch_mass_harm() -> int:
    """Look for clusters of complaints, and for groups that are one; opens its own unit of work. returns how many are new"""
    with unit_of_work():
        since, least = current.now() - mass_harm_rules.WINDOW, mass_harm_rules.LEAST
        found = [*complaints.crowds(since, least), *groups.crowds(since, least)]
        return mass_harm.note(mass_harm_rules.Crowd(**one) for one in found)


def _draw_plates() -> None:
    """A few plates at a time, so that other work does not wait; a large order is drawn by `fangxin draw-plates`."""
    for refused in drawing.draw_waiting(_PLATES_A_TURN, processes=1).refused:
        _log.error("a plate cannot be drawn", extra={"serial": refused.serial})


def _tend_calendar() -> None:
    """Keep provisional years ahead, and ask for a notice that should have been loaded, once a week and person."""
    with unit_of_work():
        calendar.extend()
        missing = calendar.missing_years()
        week = current.today().isocalendar().week
        for year in missing:
            for keeper in (*accounts.holders(Role.OPERATOR), *accounts.holders(Role.CITY_OFFICER)):
                notifications.queue(
                    keeper,
                    "calendar_missing",
                    {"year": str(year)},
                    event_key=f"calendar:{year}:missing:{week}",
                    link="/console/calendar",
                )
    if missing:
        _log.error("the State Council's holiday notice is not loaded", extra={"years": missing})


def _retain() -> None:
    """Forget what is over, by class of data; the log says how many, never what."""
    done = personal_data.retain(RETENTION, really=True)
    _log.info("retention", extra={"forgotten": {code: count for code, count in done.items() if count}})


def _forget() -> None:
    """Delete what is kept for a time only: dead sessions, counted failures, stored replies, pushes that were taken."""
    with unit_of_work():
        account_service.purge()
        account_service.purge_codes()
        idempotency.purge()
        wechat_push.purge()
    authenticity.forget()
