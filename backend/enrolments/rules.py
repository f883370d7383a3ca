"""Why a shop is not entered in the register, and what its request must hold. Pure."""

from enum import StrEnum

from backend.kernel.errors import InvalidInput
from backend.kernel.identifiers import check_phone, check_uscc
from backend.merchants.rules import WEB_ADDRESS_WANTED, Category, is_web_address

#: With what the numbers of requests begin.
PREFIX = "RM"


class DeclineReason(StrEnum):
    """Why a shop is not entered; the officer's words say more."""

    NOT_TRUE = "not_true"
    ELSEWHERE = "elsewhere"
    OTHER_TRADE = "other_trade"
    UNREACHABLE = "unreachable"
    NOT_ENTITLED = "not_entitled"

    @property
    def zh(self) -> str:
        """The words people read."""
        return _REASON_ZH[self.value]


_REASON_ZH = {
    "not_true": "所填内容和登记信息不一致",
    "elsewhere": "不在本县（市、区）经营",
    "other_trade": "不属于六类认定单位",
    "unreachable": "按所留电话联系不上",
    "not_entitled": "申请人不能代表这家单位",
}


def check_request(uscc: str, category: Category, phone: str, website: str | None) -> tuple[str, str]:
    """The code and the phone as they are kept. raises InvalidInput with every field at fault"""
    wrong: dict[str, list[str]] = {}
    code = number = ""
    try:
        code = check_uscc(uscc).value
    except InvalidInput as error:
        wrong["uscc"] = [error.message]
    try:
        number = check_phone(phone, mobile=True)
    except InvalidInput as error:
        wrong["phone"] = [error.message]
    if category is Category.ONLINE_SHOP and not website:
        wrong["website"] = ["网店请填写网店地址。"]
    elif website and not is_web_address(website):
        wrong["website"] = [WEB_ADDRESS_WANTED]
    if wrong:
        raise InvalidInput("enrolment_incomplete", "有内容需要修改，请按提示办理。", fields=wrong)
    return code, number
