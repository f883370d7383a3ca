"""What the city says to people: the answer to what they think of the program, a warning of the council."""

from collections.abc import Mapping

from .template_kinds import Template, WeChatForm

_PROGRAM = "放心消费在温州"

CITY: Mapping[str, Template] = {
    "feedback_answered": Template(
        "您的意见有了答复",
        "您对本程序提的意见 {case_no} 有了答复，请点开看。",
        WeChatForm("rating", {"thing1": _PROGRAM, "thing2": "您提的意见有了答复", "time3": "{now}"}),
    ),
    "consumer_warning_published": Template(
        "消保委发布了消费警示",
        "消费警示“{title}”，对{whom}，您收藏的单位在里面。这是提醒，不是说您收藏的单位有问题。",
        WeChatForm("standing", {"thing1": _PROGRAM, "thing2": "和您收藏的单位有关的消费警示", "time3": "{now}"}),
    ),
}
