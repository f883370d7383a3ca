"""Who may apply when, what a unit checks of itself, and what an application must hold before it is submitted."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from backend.certification.lifecycle import CERTIFICATE
from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import check_uscc
from backend.merchants.rules import DUTIES, Category, Commitment

#: A renewal may begin so long before the last valid day.
RENEWAL_DAYS = 90
#: A certificate that is awarded or renewed is valid for so many years (domain: not found in any text, decided here).
VALID_YEARS = 3
#: After a revocation a unit may not apply for so many years (domain: proposal, local policy).
COOL_DOWN_YEARS = 2
#: A unit has traded for so long before it applies (domain §1.5: eligibility).
TRADING_YEARS = 1
#: Share of the self-check, in percent, below which an application is not submitted.
LEAST_SCORE = 80
LONGEST_STATEMENT = 800


class PhotoKind(StrEnum):
    """What a photo of an application shows."""

    LICENCE = "licence"
    PREMISES = "premises"

    @property
    def zh(self) -> str:
        """The words people read."""
        return {"licence": "营业执照", "premises": "店面和公示"}[self.value]


#: How many photos of a kind an application takes.
MOST_PHOTOS: Mapping[PhotoKind, int] = {PhotoKind.LICENCE: 1, PhotoKind.PREMISES: 6}


class Kind(StrEnum):
    """What is applied for."""

    NEW = "new"
    RENEWAL = "renewal"

    @property
    def zh(self) -> str:
        """The word people read."""
        return {"new": "申请认定", "renewal": "申请续期"}[self.value]


class RefusalReason(StrEnum):
    """Why a unit is not certified; the officer's words say more."""

    STANDARD_NOT_MET = "standard_not_met"
    FALSE_MATERIAL = "false_material"
    PENALTY = "penalty"
    LISTED = "listed"
    DISPUTES = "disputes"
    OBJECTION = "objection"

    @property
    def zh(self) -> str:
        """The words people read."""
        return _REASON_ZH[self.value]


_REASON_ZH = {
    "standard_not_met": "没有达到放心消费单位的条件",
    "false_material": "申报内容与事实不符",
    "penalty": "近期因侵害消费者权益受到行政处罚",
    "listed": "被列入经营异常名录或者严重违法失信名单",
    "disputes": "消费纠纷没有妥善处理",
    "objection": "公示期间的异议成立",
}


@dataclass(frozen=True)
class Check:
    """One question of the self-check. needed: a No leaves nothing to apply for."""

    code: str
    zh: str
    needed: bool = False


_GENERAL = (
    Check("licence", "证照齐全有效，亮照经营", needed=True),
    Check("premises", "开业满一年，有固定的经营场所（网店：有固定的店铺）", needed=True),
    Check("no_penalty", "最近两年没有因侵害消费者权益受到行政处罚", needed=True),
    Check("not_listed", "没有被列入经营异常名录、严重违法失信名单", needed=True),
    Check("first_contact", "首问负责：员工都知道，第一个接待的人负责到底", needed=True),
    Check("pay_first", "先行赔付：责任清楚的先赔，有人批、有钱付", needed=True),
    Check("liaison_station", "维权联络站有专人，电话有人接", needed=True),
    Check("green_channel", "消费纠纷走绿色通道，诉求按时答复", needed=True),
    Check("clear_price", "明码标价，没有“最低消费”等强制收费"),
    Check("fair_terms", "没有“概不退换”“最终解释权”一类的不公平条款"),
    Check("purchase_records", "进货查验，台账和票据可以追溯"),
    Check("staff_trained", "一年内对员工做过消费维权培训"),
)
_OF_CATEGORY: Mapping[Category, tuple[Check, ...]] = {
    Category.MARKET: (
        Check("fair_scales", "设公平秤，计量器具按期检定"),
        Check("host_pays", "经营户退场以后，由市场先行赔付"),
    ),
    Category.SHOP: (
        Check("returns", "公开退换货办法，实行线下无理由退货"),
        Check("three_guarantees", "按规定承担修理、更换、退货责任"),
    ),
    Category.ONLINE_SHOP: (
        Check("online_returns", "七日无理由退货，页面显著说明例外商品"),
        Check("licence_shown", "首页公示营业执照和联系方式"),
    ),
    Category.RESTAURANT: (
        Check("open_kitchen", "阳光厨房，后厨看得见"),
        Check("grade_shown", "店内公示食品安全量化分级结果"),
    ),
    Category.SCENIC_AREA: (
        Check("ticket_prices", "公示票价和减免办法，不捆绑销售"),
        Check("host_pays", "景区内商户的纠纷由景区先行赔付"),
    ),
    Category.COSMETICS: (
        Check("registered", "经营的化妆品都有注册或者备案"),
        Check("in_date", "定期清查，没有过期和标签不全的产品"),
    ),
}
CODES = frozenset(check.code for check in (*_GENERAL, *(one for several in _OF_CATEGORY.values() for one in several)))


def checklist(category: Category) -> tuple[Check, ...]:
    """The questions for a kind of unit, in the order in which they are asked."""
    return (*_GENERAL, *_OF_CATEGORY[category])


def score(category: Category, answers: Mapping[str, bool | None]) -> int:
    """Percent of the questions answered with Yes, rounded down."""
    asked = checklist(category)
    return 100 * sum(answers.get(check.code) is True for check in asked) // len(asked)


@dataclass(frozen=True)
class Filled:
    """What a form says, as people read it.

    form       as stored (`Application.form`)
    promises   in full words
    failed     questions of the self-check answered with No
    """

    form: Mapping[str, Any]
    score: int
    promises: tuple[str, ...]
    failed: tuple[str, ...]


def filled(category: Category, form: Mapping[str, Any]) -> Filled:
    """Read a form as stored, finished or not."""
    answers = form["checks"]
    failed = tuple(check.zh for check in checklist(category) if answers.get(check.code) is False)
    return Filled(form, score(category, answers), tuple(map(_promise, form["commitments"])), failed)


def _promise(said: Mapping[str, Any]) -> str:
    promise = Commitment(said["code"])
    return promise.zh if promise.takes_days and not said["days"] else promise.text(said["days"])


@dataclass(frozen=True)
class Opening:
    """Whether a unit may apply today: what for, or why not and from which day on."""

    kind: Kind | None
    why: str | None = None
    from_day: date | None = None


def opening(state: str | None, valid_until: date | None, ended_on: date | None, today: date) -> Opening:
    """What a unit may apply for.

    state, valid_until, ended_on   of its newest certificate; ended_on is the day of the act that closed it; None: never certified
    """
    if state in CERTIFICATE.open and valid_until is not None:
        first = valid_until - timedelta(days=RENEWAL_DAYS)
        if today >= first:
            return Opening(Kind.RENEWAL)
        return Opening(None, f"证书还在有效期内，到期前 {RENEWAL_DAYS} 天起可以申请续期。", first)
    if state == "revoked" and ended_on is not None:
        first = years_later(ended_on, COOL_DOWN_YEARS)
        if today < first:
            return Opening(None, f"证书被撤销后 {COOL_DOWN_YEARS} 年内不能再申请（本地规定）。", first)
    return Opening(Kind.NEW)


def years_later(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def validity(today: date, held_until: date | None) -> date:
    """The last valid day of a certificate that is awarded today, or renewed when it is held until a day that has not passed."""
    if held_until is not None and held_until >= today:
        return years_later(held_until, VALID_YEARS)
    return years_later(today, VALID_YEARS) - timedelta(days=1)


def faults(
    form: Mapping[str, Any], category: Category, uscc: str, today: date, *, photos: Collection[PhotoKind]
) -> dict[str, Sequence[str]]:
    """What stands in the way of submitting a form: field → messages; empty when nothing does.

    photos    what the photos beside it show
    returns   beside the whole, a question of the self-check is named by itself (`checks.<code>`), and so are missing days (`days.<code>`)
    """
    wrong: dict[str, Sequence[str]] = {}
    if PhotoKind.LICENCE not in photos:
        wrong["licence"] = ["请拍营业执照的照片。没有营业执照的事业单位、社会组织，拍法人证书。"]
    try:
        if check_uscc(form["uscc"]).value != uscc:
            wrong["uscc"] = ["和名录里登记的不一致。换了经营主体的，请先联系市场监管部门。"]
    except InvalidInput as error:
        wrong["uscc"] = [error.message]
    since = form["trading_since"]
    if since is None or since > today.isoformat():
        wrong["trading_since"] = ["请选择开业日期。"]
    elif since > years_later(today, -TRADING_YEARS).isoformat():
        wrong["trading_since"] = ["开业满一年才能申请。"]
    if len(form["statement"]) < 20:
        wrong["statement"] = ["请写一写做法和成效，至少 20 个字。"]
    promised = {one["code"] for one in form["commitments"]}
    if missing := [duty.zh for duty in DUTIES if duty.value not in promised]:
        wrong["commitments"] = [f"必须承诺：{'、'.join(missing)}。"]
    elif dayless := [one for one in form["commitments"] if Commitment(one["code"]).takes_days and not one["days"]]:
        wrong["commitments"] = ["承诺退货、冷静期的，请写明天数。"]
        wrong |= {f"days.{one['code']}": ["请写明多少天。"] for one in dayless}
    return {**wrong, **_about_checks(form["checks"], category)}


def _about_checks(answers: Mapping[str, bool | None], category: Category) -> dict[str, Sequence[str]]:
    asked = checklist(category)
    if blank := [check for check in asked if answers.get(check.code) is None]:
        return {"checks": [f"自查还有 {len(blank)} 项没有选。"], **_each(blank, "请选一项。")}
    if failed := [check for check in asked if check.needed and not answers[check.code]]:
        said = f"必须做到才能申请：{'；'.join(check.zh for check in failed)}。"
        return {"checks": [said], **_each(failed, "必须做到才能申请。")}
    if (reached := score(category, answers)) < LEAST_SCORE:
        return {"checks": [f"自查得分 {reached} 分，达到 {LEAST_SCORE} 分才能申请。请整改后再提交。"]}
    return {}


def _each(checks: Sequence[Check], message: str) -> dict[str, Sequence[str]]:
    return {f"checks.{check.code}": [message] for check in checks}
