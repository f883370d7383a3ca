"""What counts as an emergency, and the words that make it likely. Words only suggest; a person decides."""

from enum import StrEnum

from backend.kernel.identifiers import COUNTIES

#: The city's own code, for who does not know the county: then the city's officers are told.
CITY = "330300"


class Emergency(StrEnum):
    """The kind of an emergency."""

    FOOD_POISONING = "food_poisoning"
    INJURY = "injury"
    UNREST = "unrest"

    @property
    def zh(self) -> str:
        """The kind in words."""
        return {"food_poisoning": "疑似食物中毒", "injury": "有人受伤或正有危险", "unrest": "多人聚集、冲突"}[
            self.value
        ]


_WORDS = {
    Emergency.FOOD_POISONING: ("食物中毒", "上吐下泻", "集体腹泻", "吃了都吐", "一起拉肚子"),
    Emergency.INJURY: ("受伤", "昏迷", "晕倒", "流血", "烫伤", "触电", "爆炸", "起火", "着火", "漏气", "煤气泄漏", "困在电梯", "送医", "急救"),
    Emergency.UNREST: ("聚集", "打起来", "打人", "围堵", "群体", "跑路", "堵门"),
}  # fmt: skip


def suggested(text: str) -> Emergency | None:
    """The kind of emergency that a text may tell of; None for most texts."""
    return next((kind for kind, words in _WORDS.items() if any(word in text for word in words)), None)


def area(county_code: str) -> str:
    """The county's name, or the city's where the county is not known."""
    return COUNTIES.get(county_code, "温州市")
