"""The lives of a campaign and of a visit."""

from backend.kernel.transitions import Row, Table

CAMPAIGN = Table(
    name="campaign",
    zh="体验活动",
    states={"preparing": "准备中", "visiting": "体验中", "closed": "已结束体验", "published": "已公布"},
    rows=(
        Row("create", None, "preparing", starts=("E1",)),
        Row("draw", "preparing", "visiting", stops=("E1",), starts=("E2",)),
        Row("close", "visiting", "closed", stops=("E2",), starts=("E3",)),
        Row("publish", "closed", "published", stops=("E3",)),
    ),
    closed=frozenset({"published"}),
    alerts={
        "E1": "提醒消保委：活动迟迟没有抽取",
        "E2": "提醒消保委：体验期满，应当结束",
        "E3": "提醒消保委：报告应当公布",
    },
)

VISIT = Table(
    name="visit",
    zh="体验任务",
    states={
        "assigned": "待到店",
        "started": "已到店，待提交",
        "submitted": "已提交，不能再改",
        "conflicted": "已回避",
        "lapsed": "逾期未完成",
    },
    rows=(
        Row("assign", None, "assigned", starts=("V1",)),
        Row("declare_conflict", "assigned", "conflicted", stops=("V1",)),
        Row("start", "assigned", "started", stops=("V1",), starts=("V2",)),
        Row("submit", "started", "submitted", stops=("V2",)),
        Row("lapse", "assigned", "lapsed", stops=("V1",), guard="V1 expired", system=True),
        Row("lapse", "started", "lapsed", stops=("V2",), guard="V2 expired", system=True),
    ),
    closed=frozenset({"submitted", "conflicted", "lapsed"}),
)
