"""Builds the application: the only module that knows every package."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from backend import background, console
from backend.accounts import routes as accounts
from backend.accounts.service import identify
from backend.applications import routes as applications
from backend.authenticity import routes as authenticity
from backend.badges import freshness, scan_log
from backend.badges import routes as badges
from backend.calculators import routes as calculators
from backend.closing_notices import routes as closing_notices
from backend.compensation import routes as compensation
from backend.complaints import conversation_routes as conversation
from backend.complaints import delegation_routes as delegation
from backend.complaints import identity_routes as identity_check
from backend.complaints import mediation_routes as mediation
from backend.complaints import package_routes as package_12315
from backend.complaints import paper_routes as papers
from backend.complaints import passing_routes
from backend.complaints import phone_routes as shared_phone
from backend.complaints import routes as complaints
from backend.consumer_warnings import routes as consumer_warnings
from backend.credentials import routes as credentials
from backend.development.mini_program import init_mini_program
from backend.emergencies import routes as emergencies
from backend.enrolments import routes as enrolments
from backend.experience_reviews import routes as experience_reviews
from backend.experience_reviews.service import init_conflicts
from backend.favourites import routes as favourites
from backend.feedback import routes as feedback
from backend.follow_up import routes as follow_up
from backend.group_complaints import routes as group_complaints
from backend.infrastructure import (
    api,
    headers,
    health,
    logs,
    metrics,
    problems,
    rate_limit,
    web,
    wechat_link,
    wechat_push,
)
from backend.infrastructure.database import init_database
from backend.infrastructure.object_storage import LocalStorage
from backend.infrastructure.routing import LateRule
from backend.infrastructure.runtime import Runtime
from backend.infrastructure.sealing import Keyring
from backend.infrastructure.settings import Settings, load_settings
from backend.infrastructure.signing import SigningKeys
from backend.infrastructure.sms import build_sms
from backend.infrastructure.wechat_tokens import build_wechat
from backend.inquiries import routes as inquiries
from backend.joint_meeting import routes as joint_meeting
from backend.kernel.clock import Clock, SystemClock
from backend.mass_harm import routes as mass_harm
from backend.notifications import routes as notifications
from backend.pages import (
    advances,
    badge,
    complaint,
    emergency,
    fake_plaques,
    groups,
    invitations,
    kept_units,
    landing,
    my,
    my_data,
    not_this_shop,
    phone,
    rating,
    register,
    reports,
    retaliation,
    scanned,
    sign_in,
    station,
    station_plates,
    station_removals,
    station_units,
    tip_offs,
    verify,
    volunteer,
)
from backend.pages import calculators as calculator_pages
from backend.pages import closing as closing_pages
from backend.pages import consumer_warnings as warning_pages
from backend.pages import conversation as conversation_pages
from backend.pages import enrolments as enrolment_pages
from backend.pages import feedback as feedback_pages
from backend.pages import identity_check as identity_pages
from backend.pages import mediation as mediation_pages
from backend.pages import package as package_pages
from backend.pages import papers as papers_pages
from backend.pages import public_notices as public_notice_pages
from backend.pages import shared_phone as shared_phone_pages
from backend.pages import station_applications as station_application_pages
from backend.pages import station_figures as station_figures_pages
from backend.pages import transparency as transparency_pages
from backend.pages.presentation import register_template_tools
from backend.personal_data import routes as personal_data
from backend.public_record import routes as public_record
from backend.ratings import routes as ratings
from backend.reports.routes import BLUEPRINTS as REPORTS
from backend.retaliation import routes as retaliation_api
from backend.schema import check_schema, init_migrations
from backend.station_figures import routes as station_figures
from backend.supervision import routes as supervision
from backend.transparency import routes as transparency
from backend.worker import check_worker

#: Every package's JSON routes.
API = (
    accounts.blueprint,
    badges.blueprint,
    ratings.blueprint,
    public_record.blueprint,
    favourites.blueprint,
    complaints.blueprint,
    passing_routes.blueprint,
    conversation.blueprint,
    shared_phone.blueprint,
    mediation.blueprint,
    papers.blueprint,
    delegation.blueprint,
    package_12315.blueprint,
    identity_check.blueprint,
    inquiries.blueprint,
    joint_meeting.blueprint,
    group_complaints.blueprint,
    calculators.blueprint,
    follow_up.blueprint,
    personal_data.blueprint,
    compensation.blueprint,
    station_figures.blueprint,
    closing_notices.blueprint,
    *applications.BLUEPRINTS,
    enrolments.blueprint,
    supervision.blueprint,
    experience_reviews.blueprint,
    *authenticity.BLUEPRINTS,
    *REPORTS,
    retaliation_api.blueprint,
    emergencies.blueprint,
    mass_harm.blueprint,
    notifications.blueprint,
    feedback.blueprint,
    consumer_warnings.blueprint,
    transparency.blueprint,
)
#: Every package's HTML pages.
PAGES = (
    landing.blueprint,
    badge.blueprint,
    scanned.blueprint,
    register.blueprint,
    sign_in.blueprint,
    rating.blueprint,
    complaint.blueprint,
    calculator_pages.blueprint,
    advances.blueprint,
    not_this_shop.blueprint,
    fake_plaques.blueprint,
    tip_offs.blueprint,
    retaliation.blueprint,
    emergency.blueprint,
    my.blueprint,
    my_data.blueprint,
    kept_units.blueprint,
    feedback_pages.blueprint,
    warning_pages.blueprint,
    groups.blueprint,
    phone.blueprint,
    conversation_pages.blueprint,
    shared_phone_pages.blueprint,
    mediation_pages.blueprint,
    papers_pages.blueprint,
    package_pages.blueprint,
    identity_pages.blueprint,
    station_removals.blueprint,
    station_plates.blueprint,
    station_units.blueprint,
    closing_pages.blueprint,
    enrolment_pages.blueprint,
    public_notice_pages.blueprint,
    station_application_pages.blueprint,
    station_figures_pages.blueprint,
    station.blueprint,
    volunteer.blueprint,
    reports.blueprint,
    invitations.blueprint,
    transparency_pages.blueprint,
    verify.blueprint,
    credentials.blueprint,
    *console.BLUEPRINTS,
)


def create_app(settings: Settings | None = None, *, clock: Clock | None = None) -> Flask:
    """The application for these settings; from the environment when none are given.

    clock     another clock than the machine's, for tests and for laying down demonstration history
    raises    SettingsError
    """
    settings = settings or load_settings()
    app = Flask(__name__, static_folder="static", template_folder="templates")
    app.url_rule_class = LateRule
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="__Host-fangxin" if settings.secure_cookies else "fangxin",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        MAX_CONTENT_LENGTH=16 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=200,
        WTF_CSRF_TIME_LIMIT=None,
    )
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)  # type: ignore[method-assign]
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    logs.init_logs(app)
    init_database(app, url=settings.database_url, writer_wait_s=settings.writer_wait_s)
    init_migrations(app)
    keyring = Keyring(settings.sealing_keys, settings.index_key)
    wechat, wechat_web = build_wechat(app, settings, keyring)
    app.extensions["fangxin"] = Runtime(
        settings=settings,
        clock=clock or SystemClock(),
        keyring=keyring,
        signing=SigningKeys(settings.signing_keys, settings.former_keys),
        storage=LocalStorage(settings.data_dir / "objects"),
        wechat=wechat,
        wechat_web=wechat_web,
        sms=build_sms(settings.sms),
        identify=identify,
    )
    problems.init_problems(app)
    rate_limit.init_rate_limit(app, settings)
    web.csrf.init_app(app)
    wechat_push.init_wechat_push(app, {})  # no feature waits for an event of WeChat's yet
    wechat_link.init_wechat_link(app, settings)
    headers.init_headers(app, settings)
    metrics.init_metrics(app)
    health.init_health(app)
    init_conflicts(app, background.conflicts)
    background.init_background(app)
    freshness.init_freshness(app, settings.data_dir)
    scan_log.init_scan_log(app, settings.data_dir)
    app.extensions["fangxin"].health_checks.update(schema=check_schema, worker=check_worker)
    register_template_tools(app)
    for blueprint in PAGES:
        app.register_blueprint(blueprint)
    init_mini_program(app, settings)
    api.init_api(app, API)
    return app
