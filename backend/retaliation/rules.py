"""What retaliation is, what protects its victim, and what follows for the merchant."""

from enum import StrEnum

#: What the person and the officers may write in one case, together.
MOST_NOTES = 60


class Act(StrEnum):
    """What is done to somebody because of a complaint or a report."""

    PRESSED = "pressed"
    THREATENED = "threatened"
    EXPOSED = "exposed"
    DISMISSED = "dismissed"
    HARASSED = "harassed"
    REFUSED = "refused"
    OTHER = "other"

    @property
    def zh(self) -> str:
        """The act in words."""
        return _ACT_ZH[self]


_ACT_ZH = {
    Act.PRESSED: "逼我撤诉、改口",
    Act.THREATENED: "威胁我或者家人",
    Act.EXPOSED: "我的身份、投诉内容被泄露",
    Act.DISMISSED: "被辞退、降薪、调岗",
    Act.HARASSED: "上门、打电话骚扰",
    Act.REFUSED: "被拒绝服务、另眼相待",
    Act.OTHER: "其他",
}


class Origin(StrEnum):
    """What the person had done before."""

    DISPUTE = "dispute"
    REPORT = "report"

    @property
    def zh(self) -> str:
        """The origin in words."""
        return "诉求或者投诉" if self is Origin.DISPUTE else "举报"


class Protection(StrEnum):
    """A step that protects the person; each takes effect at once."""

    LOCK_IDENTITY = "lock_identity"
    TAKE_BACK_PHONE = "take_back_phone"
    THROUGH_OFFICER = "through_officer"
    UNLOCK_IDENTITY = "unlock_identity"
    END_THROUGH_OFFICER = "end_through_officer"

    @property
    def zh(self) -> str:
        """The step in words."""
        return _PROTECTION_ZH[self]


_PROTECTION_ZH = {
    Protection.LOCK_IDENTITY: "锁定身份：谁也不能再查看姓名、电话、地址",
    Protection.TAKE_BACK_PHONE: "收回给联络站看的电话",
    Protection.THROUGH_OFFICER: "联络站不能直接联系本人，由市场监管人员转告",
    Protection.UNLOCK_IDENTITY: "解除身份锁定",
    Protection.END_THROUGH_OFFICER: "恢复联络站和本人的对话",
}
#: What a report can be protected by: it knows no station, and its reporter is asked through the code alone.
OF_REPORTS = frozenset({Protection.LOCK_IDENTITY, Protection.UNLOCK_IDENTITY})


class Measure(StrEnum):
    """What a founded case leads to in dynamic management (动态管理), on ground G10."""

    RECTIFY = "rectify"
    REMOVAL = "removal"

    @property
    def zh(self) -> str:
        """The measure in words."""
        return "责令整改" if self is Measure.RECTIFY else "提出摘牌提案"
