"""Grounds for acting on a certificate, and what the public sees of it."""

from datetime import date
from enum import StrEnum

from .lifecycle import CERTIFICATE

#: What a certificate's number begins with, such as 温放心2017-00001; people leave it out when they type one.
PREFIX = "温放心"


class Standing(StrEnum):
    """What a scan shows first. VOIDED is the plate's, UNKNOWN is a code that we did not issue."""

    VALID = "VALID"
    RECTIFY = "RECTIFY"
    SUSPENDED = "SUSPENDED"
    REVOKED = "REVOKED"
    EXPIRED = "EXPIRED"
    CANCELLED = "CANCELLED"
    VOIDED = "VOIDED"
    UNKNOWN = "UNKNOWN"

    @property
    def zh(self) -> str:
        """The words shown to people."""
        return _STANDING_ZH[self]


_STANDING_ZH = {
    Standing.VALID: "证书有效",
    Standing.RECTIFY: "正在整改",
    Standing.SUSPENDED: "证书暂停",
    Standing.REVOKED: "证书已撤销",
    Standing.EXPIRED: "证书已过期",
    Standing.CANCELLED: "证书已注销",
    Standing.VOIDED: "这块牌已作废",
    Standing.UNKNOWN: "不是我们发的码",
}
#: State of a certificate within its validity → what the public sees.
OF_STATE = {
    "certified": Standing.VALID,
    "rectifying": Standing.RECTIFY,
    "suspended": Standing.SUSPENDED,
    "revoked": Standing.REVOKED,
    "cancelled": Standing.CANCELLED,
    "expired": Standing.EXPIRED,
}


class Ground(StrEnum):
    """Why a certificate is acted on. The text is what the public reads as the reason."""

    G01_PENALTY = "G01"
    G02_SERIOUS_BREACH = "G02"
    G03_ABNORMAL_LIST = "G03"
    G04_FOOD_ACCIDENT = "G04"
    G05_FALSE_MATERIAL = "G05"
    G06_PLATE_MISUSE = "G06"
    G07_REFUSES_LIAISON = "G07"
    G08_NOT_PERFORMED = "G08"
    G09_CLOSED_WITHOUT_NOTICE = "G09"
    G10_RETALIATION = "G10"
    G11_PREPAID_OVER_CAP = "G11"
    G12_OWNER_CHANGED = "G12"
    G13_STANDARD_NOT_MET = "G13"
    G20_CLOSED_OR_MOVED = "G20"
    G21_VOLUNTARY = "G21"

    @property
    def zh(self) -> str:
        """The public reason."""
        return GROUNDS[self]


GROUNDS = {
    Ground.G01_PENALTY: "因侵害消费者权益受到行政处罚",
    Ground.G02_SERIOUS_BREACH: "被列入严重违法失信名单",
    Ground.G03_ABNORMAL_LIST: "被列入经营异常名录",
    Ground.G04_FOOD_ACCIDENT: "发生食品安全事故",
    Ground.G05_FALSE_MATERIAL: "申报材料弄虚作假",
    Ground.G06_PLATE_MISUSE: "出借、伪造或遮挡放心消费标牌",
    Ground.G07_REFUSES_LIAISON: "多次不答复消费者的和解诉求",
    Ground.G08_NOT_PERFORMED: "不履行与消费者达成的约定",
    Ground.G09_CLOSED_WITHOUT_NOTICE: "停业或迁址没有提前三十日公告",
    Ground.G10_RETALIATION: "打击报复投诉的消费者",
    Ground.G11_PREPAID_OVER_CAP: "预付卡超出规定的限额",
    Ground.G12_OWNER_CHANGED: "经营者、证照或地址变更后未重新认定",
    Ground.G13_STANDARD_NOT_MET: "复核时不再符合放心消费单位标准",
    Ground.G20_CLOSED_OR_MOVED: "已停业、注销或迁出",
    Ground.G21_VOLUNTARY: "单位自愿退出",
}


#: For so many years after it ended a certificate is found in the register, with the reason why.
YEARS_FINDABLE = 3


def findable_since(today: date) -> date:
    """The earliest day of ending of a certificate that is still found today."""
    year = today.year - YEARS_FINDABLE
    try:
        return today.replace(year=year)
    except ValueError:
        return today.replace(year=year, day=28)


def is_past(state: str, ended_on: date | None, today: date) -> bool:
    """Whether a certificate ended so long ago that the register and the scan tell no more than that.

    ended_on   the day of the act that closed it
    """
    return state in CERTIFICATE.closed and ended_on is not None and ended_on < findable_since(today)


def standing(state: str, valid_until: date, today: date) -> Standing:
    """What the public sees of a certificate today; its last valid day still counts."""
    if state in {"certified", "rectifying", "suspended"} and valid_until < today:
        return Standing.EXPIRED
    return OF_STATE[state]
