"""What the city says to people: the answer to what they think of the program."""

from collections.abc import Mapping

from .template_kinds import Template, WeChatForm

_PROGRAM = "放心消费在温州"

CITY: Mapping[str, Template] = {
    "feedback_answered": Template(
        "您的意见有了答复",
        "您对本程序提的意见 {case_no} 有了答复，请点开看。",
        WeChatForm("rating", {"thing1": _PROGRAM, "thing2": "您提的意见有了答复", "time3": "{now}"}),
    ),
}
