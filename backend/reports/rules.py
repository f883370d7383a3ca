"""What is reported, how reports are compared, and how much one person may send."""

import unicodedata
from enum import StrEnum

#: The city's own code, for a reporter who does not know the county.
CITY = "330300"
MOST_PHOTOS = 9
#: Forms of Order 121's annex that a report has: the register, the forwarding, the result told to the reporter.
REGISTER, FORWARDING, RESULT = 2, 3, 10
#: Questions and answers of one report together.
MOST_MESSAGES = 40


class Suspicion(StrEnum):
    """What kind of violation is suspected (涉嫌违法类别)."""

    UNLICENSED = "unlicensed"
    FOOD = "food"
    COUNTERFEIT = "counterfeit"
    ADVERTISING = "advertising"
    PRICE = "price"
    MEASURE = "measure"
    MEDICINE = "medicine"
    EQUIPMENT = "equipment"
    PREPAID = "prepaid"
    TERMS = "terms"
    PERSONAL_DATA = "personal_data"
    PYRAMID = "pyramid"
    OTHER = "other"

    @property
    def zh(self) -> str:
        """The kind in words."""
        return _SUSPICION_ZH[self]


_SUSPICION_ZH = {
    Suspicion.UNLICENSED: "无证、无照经营",
    Suspicion.FOOD: "食品安全",
    Suspicion.COUNTERFEIT: "假冒伪劣、侵权",
    Suspicion.ADVERTISING: "虚假宣传、违法广告",
    Suspicion.PRICE: "不明码标价、价格欺诈",
    Suspicion.MEASURE: "缺斤短两、计量作弊",
    Suspicion.MEDICINE: "药品、医疗器械、化妆品",
    Suspicion.EQUIPMENT: "电梯等特种设备",
    Suspicion.PREPAID: "预付卡违法",
    Suspicion.TERMS: "霸王条款",
    Suspicion.PERSONAL_DATA: "侵害个人信息",
    Suspicion.PYRAMID: "传销",
    Suspicion.OTHER: "其他",
}


class Source(StrEnum):
    """How the bureau came to know."""

    REPORTER = "reporter"
    MEDIATION = "mediation"

    @property
    def zh(self) -> str:
        """The source in words."""
        return "群众举报" if self is Source.REPORTER else "调解投诉时发现"


def normal(text: str) -> str:
    """A text for comparing: letters and digits alone, in one width and case."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())
