"""Classes of data with their periods and sources, and what is kept on request with the reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

#: Where no text gives a number: decided here, to be confirmed by the bureau (个人信息保护法 §19: the shortest that the purpose needs).
LOCAL = "本市自定"


@dataclass(frozen=True)
class DataClass:
    """One class of data.

    what     what it holds
    days     how long it is kept
    since    from when it is counted
    source   why so long
    nightly  forgotten by the nightly job, whose dry run counts it; the others end by themselves where they are kept
    """

    what: str
    days: int
    since: str
    source: str
    nightly: bool = True

    @property
    def period(self) -> timedelta:
        """The period as a length of time."""
        return timedelta(days=self.days)

    @property
    def period_zh(self) -> str:
        """The period in words."""
        years, rest = divmod(self.days, 365)
        return f"{years} 年" if years and not rest else f"{self.days} 天"


_LIMITATION = f"{LOCAL}：与民事诉讼时效和投诉期限一致（民法典 第一百八十八条；总局令第121号 第十六条第四项）"

CLASSES: Mapping[str, DataClass] = {
    "unused_identity": DataClass("没有转为投诉的诉求里填的姓名、电话、地址", 30, "诉求结束", LOCAL),
    "complaint_phone": DataClass("投诉人的电话（已出具的文书里的，随案卷）", 180, "投诉办结", f"{LOCAL}：回访用"),
    "complaint_identity": DataClass("投诉人的姓名、地址", 1095, "投诉办结", _LIMITATION),
    "dispute_photo": DataClass("没有转为投诉的诉求的照片", 365, "诉求结束", LOCAL),
    "dispute": DataClass("诉求和投诉的经过、方案、理由、协议和卷内照片", 1095, "办结", _LIMITATION),
    "reopening": DataClass("重新办理的内容和结果", 1095, "办结", _LIMITATION),
    "group": DataClass("共同投诉里写的话：共同点、推选书、提请答复的事项", 1095, "全部成员的事办结", _LIMITATION),
    "dispatch": DataClass("联席会议提请、交办、协办的内容和结果", 1095, "交办办结", _LIMITATION),
    "emergency": DataClass("紧急情况的地点、经过和电话", 1095, "处置完毕", _LIMITATION),
    "report": DataClass("举报的内容、照片、问答和举报人联系方式", 1095, "办结", _LIMITATION),
    "council_query": DataClass("消保委向行政机关的查询和答复", 1095, "办结", LOCAL),
    "application_photo": DataClass("认定申请附的营业执照和店面照片", 1095, "申请办结", LOCAL),
    "enrolment": DataClass("申请加入名录的联系人、电话和答复", 365, "办结", LOCAL),
    "application_objection": DataClass("对认定公示的异议、单位的答复和处理理由", 1095, "处理完毕", LOCAL),
    "retaliation": DataClass("打击报复的反映、往来、电话和认定理由", 1095, "办结", _LIMITATION),
    "rating_words": DataClass("已撤回、未通过、被隐藏的评语", 1095, "写下之日", f"{LOCAL}；隐藏的评价须留存（浙江省电子商务条例 第十九条）"),
    "notice": DataClass("站内消息和发送记录", 365, "发出之日", LOCAL),
    "feedback": DataClass("对本程序的意见建议和答复", 365, "提交之日", LOCAL),
    "session": DataClass("登录记录", 30, "登录失效", LOCAL, nightly=False),
    "phone_code": DataClass("短信验证码和待验证的号码", 1, "发出之时", LOCAL, nightly=False),
    "stored_reply": DataClass("为防重复提交而存的答复", 8, "提交之时", LOCAL, nightly=False),
    "device_mark": DataClass("“不是这家店”的对比码", 1, "点下之时", LOCAL, nightly=False),
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """What stays although its person asked for erasure: what, why, by which text, how long."""

    what: str
    why: str
    source: str
    until: str


EXCEPTIONS: Mapping[str, Kept] = {
    "complaint": Kept(
        "市场监管部门办理过的投诉：经过、您的姓名和地址、文书、卷内照片",
        "这是行政机关履行法定职责形成的案卷，法定保存期没有满，不能提前删除。期满由系统自动删除，不用您再申请。",
        "个人信息保护法 第十三条第三项、第四十七条；总局令第121号 第十条",
        "办结后 3 年；联系用的电话 180 天",
    ),
    "advance": Kept(
        "先行赔付的金额、日期和付款凭证",
        "这是付款方收付款的原始凭证，法律要求保存；里面没有您的姓名和电话。",
        "会计档案管理办法（财政部、国家档案局令第79号）附表：会计凭证",
        "30 年",
    ),
    "hidden_rating": Kept(
        "被市场监管部门依法隐藏的评语",
        "被隐藏的评价依法要留存，不公开。",
        "浙江省电子商务条例 第十九条",
        "写下之日起 3 年",
    ),
    "consent": Kept(
        "您同意或撤回过哪些事项、什么时间",
        "我们要能证明处理您的信息时得到过同意。记录里只有事项和时间，账号注销后不再和您对应。",
        "个人信息保护法 第五十六条、第六十九条",
        "3 年以上",
    ),
    "audit": Kept(
        "操作记录：哪个账号在什么时间办了什么",
        "防止有人事后篡改。里面没有姓名、电话和内容，账号注销后不再和您对应。",
        "网络安全法（网络日志不少于六个月）；个人信息保护法 第五十一条",
        "长期",
    ),
}

#: What the export leaves out, and why.
LEFT_OUT = (
    ("举报", "举报不和账号关联，系统自己也查不出哪件举报是您提交的，这样才能不泄露举报人。请用提交时给的查询码查看。"),
    ("打击报复的反映", "和举报一样，不和账号关联，请用提交时给的查询码查看；被反映的商家看不到。"),
    ("紧急情况和假牌、“不是这家店”的情况，匿名的意见建议，对认定公示的异议", "这些不要求登录，也不记是谁提交的。"),
    ("微信给本系统的用户标识", "这是微信的内部编号，导出没有用处，泄露反而有风险。"),
    ("照片文件", "文件本身在每件诉求的页面上查看和保存；这里列出它们的指纹（SHA-256），可以用来核对。"),
)
