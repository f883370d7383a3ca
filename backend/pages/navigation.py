"""The addresses in the headers of the public and the staff pages, in one place."""

from dataclasses import dataclass

from backend.access.actor import Actor
from backend.access.decide import may
from backend.access.policy import Action


@dataclass(frozen=True)
class Place:
    """A link of a header.

    needs   the action that makes it useful to an actor; None for everybody
    """

    path: str
    label: str
    needs: Action | None = None


SIGN_IN = "/sign-in"
CONSOLE_SIGN_IN = "/console/sign-in"
SIGN_OUT = "/sign-out"

PUBLIC_PLACES = (
    Place("/units", "名录"),
    Place("/progress", "查进度"),
    Place("/my", "我的"),
)
CONSOLE_PLACES = (
    Place("/console/complaints", "投诉", Action.COMPLAINT_ACCEPT),
    Place("/console/stations", "联络站超期", Action.SETTLEMENT_WATCH),
    Place("/console/returned", "待指定的投诉", Action.COMPLAINT_ASSIGN),
    Place("/console/joint-meeting", "联席会议", Action.ASSISTANCE_READ),
    Place("/console/delegations", "委托调解", Action.DELEGATION_READ),
    Place("/console/inquiries", "消保委查询", Action.INQUIRY_READ),
    Place("/console/tip-offs", "举报", Action.REPORT_READ),
    Place("/console/advances", "先行赔付", Action.HOST_SET),
    Place("/console/call-backs", "办结回访", Action.CALL_BACK_READ),
    Place("/console/reopenings", "重新办理", Action.CALL_BACK_READ),
    Place("/console/enrolments", "入册申请", Action.ENROLMENT_ACCEPT),
    Place("/console/applications", "认定申请", Action.APPLICATION_READ),
    Place("/console/removals", "摘牌提案", Action.REMOVAL_READ),
    Place("/console/emergencies", "紧急情况", Action.EMERGENCY_READ),
    Place("/console/retaliation", "打击报复", Action.RETALIATION_READ),
    Place("/console/campaigns", "体验活动", Action.CAMPAIGN_READ),
    Place("/console/consumer-warnings", "消费警示", Action.CONSUMER_WARNING_PUBLISH),
    Place("/console/mass-harm", "群体诉求", Action.MASS_HARM_READ),
    Place("/console/clones", "疑似冒用", Action.CLONE_CASE_READ),
    Place("/console/fake-plaques", "假牌举报", Action.FAKE_REPORT_READ),
    Place("/console/known-fakes", "假牌名单", Action.KNOWN_FAKE_KEEP),
    Place("/console/ratings", "待审评价", Action.RATING_HIDE),
    Place("/console/public-record", "公示审核", Action.UNIT_REPLY_DECIDE),
    Place("/console/units", "单位", Action.UNIT_READ),
    Place("/console/plates", "标牌", Action.PLATE_READ),
    Place("/console/notices", "通知", Action.NOTICE_READ_OWN),
    Place("/console/accounts", "账号", Action.STAFF_MANAGE),
    Place("/console/bodies", "承办单位", Action.BODY_CONTACT_SET),
    Place("/console/calendar", "节假日", Action.CALENDAR_PUBLISH),
    Place("/console/feedback", "意见建议", Action.FEEDBACK_ANSWER),
    Place("/console/delivery", "发送失败", Action.DELIVERY_REVIEW),
)


def console_places(actor: Actor) -> list[Place]:
    """The queues that this member of staff has something to do with."""
    return [place for place in CONSOLE_PLACES if place.needs is None or may(actor, place.needs)]


def is_here(place: Place, path: str) -> bool:
    """Whether the requested path is the place or lies below it."""
    return path == place.path or path.startswith(f"{place.path}/")
