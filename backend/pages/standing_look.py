"""How each standing looks and what it advises; a standing is told by words, icon and shape, never by colour alone."""

from dataclasses import dataclass

from backend.badges.rules import VoidReason
from backend.certification.rules import Standing


@dataclass(frozen=True)
class Look:
    """What a standing's banner and chip are made of.

    tone     suffix of the CSS class and name of the icon; each has its own colour and shape
    short    the word on a chip
    advice   one sentence that says what it means for the person who scanned
    english  the same for visitors
    """

    tone: str
    short: str
    advice: str
    english: str


LOOKS = {
    Standing.VALID: Look(
        "valid", "有效", "这家单位的放心消费证书在有效期内。", "Valid. This business holds a current certificate."
    ),
    Standing.RECTIFY: Look(
        "rectify",
        "整改中",
        "市场监管部门要求这家单位整改，证书暂时保留。",
        "Under rectification. The certificate is kept for now; please note the reason.",
    ),
    Standing.SUSPENDED: Look(
        "suspended",
        "暂停",
        "这家单位的证书已暂停，暂停期间不能作为放心消费单位。",
        "Suspended. This business may not present itself as certified at present.",
    ),
    Standing.REVOKED: Look(
        "revoked",
        "已撤销",
        "这家单位已被摘牌，不再是放心消费单位。",
        "Revoked. This business is no longer certified.",
    ),
    Standing.EXPIRED: Look(
        "expired", "已过期", "证书过了有效期，不能再作为依据。", "Expired. The certificate is out of date."
    ),
    Standing.CANCELLED: Look(
        "cancelled",
        "已注销",
        "证书已注销，这家单位不再是放心消费单位。",
        "Cancelled. This business is no longer certified.",
    ),
    Standing.VOIDED: Look(
        "voided",
        "此牌已作废",
        "您扫的这一块牌已经作废。单位的证书请以名录查询结果为准。",
        "This plate has been voided. Please check the register.",
    ),
    Standing.UNKNOWN: Look(
        "unknown",
        "不是我们发的",
        "这个码不是我们发的，请不要相信这块牌，也不要在扫出的页面里付款。",
        "Not issued by us. Do not trust this plate and do not pay.",
    ),
}


#: Why a plate is void, to the person who scanned it.
VOID_WORDS = {
    VoidReason.LOST: "这块牌已报失。如果它还挂在店里，请告诉我们",
    VoidReason.DAMAGED: "这块牌已报损坏。如果它还挂在店里，请告诉我们",
    VoidReason.CLONED: "这块牌被人翻拍、仿冒",
}


def void_words(reason: str | None) -> str | None:
    """The public reason why a plate is void; None where none is known."""
    return VOID_WORDS[VoidReason(reason)] if reason else None


def look(standing: Standing | str) -> Look:
    """The look of a standing, given as itself or by its code."""
    return LOOKS[Standing(standing)]


def standing_words(standing: Standing | str) -> str:
    """The standing's full words, e.g. 证书有效."""
    return Standing(standing).zh
