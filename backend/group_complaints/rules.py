"""What is laid before the members of a group, when an election holds, and how large a group may be. source: Order 121 §12"""

from collections.abc import Set as AbstractSet
from enum import StrEnum

#: At least two complain together, and they elect at most two. source: Order 121 §12
LEAST_MEMBERS, MOST_REPRESENTATIVES = 2, 2
#: Ours, so that a page and a step stay small.
MOST_MEMBERS, MOST_PROPOSALS = 200, 60
ARTICLE = "总局令第121号 第十二条"
#: Stands under every election, whatever its members wrote.
CLAUSE = (
    "代表人替大家和商家、联络站、市场监管部门联系，并把要决定的事提请成员答复。"
    "变更、放弃投诉请求或者和解，要被代表的人自己同意（总局令第121号 第十二条）。"
)


class Matter(StrEnum):
    """What members are asked to consent to."""

    ELECTION = "election"
    ACCEPT_OFFER = "accept_offer"
    DECLINE_OFFER = "decline_offer"
    ESCALATE = "escalate"
    MEDIATE = "mediate"
    AGREE = "agree"
    CHANGE = "change"
    WITHDRAW = "withdraw"

    @property
    def zh(self) -> str:
        """In words."""
        return _ZH[self]

    @property
    def effect_zh(self) -> str:
        """What a consent does to the member's own case, in words."""
        return _EFFECTS[self]


_ZH = {
    Matter.ELECTION: "推选代表人",
    Matter.ACCEPT_OFFER: "接受联络站的方案",
    Matter.DECLINE_OFFER: "不接受联络站的方案",
    Matter.ESCALATE: "一起转市场监管部门",
    Matter.MEDIATE: "同意由市场监管部门调解",
    Matter.AGREE: "按这些条件达成调解协议",
    Matter.CHANGE: "变更或者放弃一部分请求",
    Matter.WITHDRAW: "撤回",
}
_EFFECTS = {
    Matter.ELECTION: "同意后，由这些人代表您联系和提请事项；您随时可以退出。",
    Matter.ACCEPT_OFFER: "同意后，您这一件马上按联络站给您的方案达成约定。",
    Matter.DECLINE_OFFER: "同意后，您这一件马上记为不接受方案。",
    Matter.ESCALATE: "同意后，您这一件马上转市场监管部门，有自己的投诉编号和期限。",
    Matter.MEDIATE: "同意后，您这一件记为您同意调解。",
    Matter.AGREE: "同意后，办理人可以按这些条件给您这一件登记调解协议。",
    Matter.CHANGE: "同意后，您这一件的请求按上面写的改；联络站或者办理人会看到。",
    Matter.WITHDRAW: "同意后，您这一件马上撤回，不能恢复。",
}


def elected(agreed: AbstractSet[str], candidates: AbstractSet[str], members: AbstractSet[str]) -> bool:
    """Whether an election holds: all candidates are willing, and more than half of the members agree (ours; §12 asks for writing).

    agreed, candidates, members   ids of members who have not left
    """
    return bool(candidates) and candidates <= agreed and 2 * len(agreed & members) > len(members)
