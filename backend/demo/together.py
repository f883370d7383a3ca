"""Several people with one dispute, and what the council asks bodies about what it hears."""

from collections.abc import Sequence

from backend.access.actor import Actor
from backend.group_complaints import service as groups
from backend.group_complaints.rules import Matter
from backend.inquiries import service as inquiries

from .cast import DAY, HOUR, Cast
from .filing import COMPLAINANT, submitted
from .scene import Story, act
from .texts import Dispute


def grouped(cast: Cast, others: Sequence[Actor], said: Dispute) -> Story:
    """Three people elect one of them; two go on to the bureau together, the third has not answered yet."""
    first = cast.consumer
    about = "都是在同一家店办的卡，换了老板以后新店不认卡里的余额。"
    number = submitted(first, cast.shop, said)
    code = act(groups.open_group, first, number, about=about).code
    mine = {first: number}
    for other in others:
        yield 5 * HOUR
        mine[other] = submitted(other, cast.shop, said)
        act(groups.join, other, mine[other], code=code)
    yield 4 * HOUR
    elected = {"matter": Matter.ELECTION, "text": "推选发起人代表我们联系商家和市场监管部门。", "candidates": [1]}
    election = act(groups.lay, first, number, **elected).number
    for other in others:
        yield 3 * HOUR
        act(groups.answer, other, mine[other], election, agree=True)
    yield 5 * DAY
    asked = {"matter": Matter.ESCALATE, "text": "联络站五天没有答复，建议一起转市场监管部门。"}
    together = act(groups.lay, first, number, **asked).number
    for person in (first, *others[:-1]):
        yield 2 * HOUR
        act(groups.answer, person, mine[person], together, agree=True, identity=COMPLAINANT)


def asked(council: Actor, officer: Actor, *, answered: bool) -> Story:
    """The council asks a county's bureau about what it hears; one question is answered, one still waits."""
    subject, question = (
        ("预付卡余额不认的投诉处理情况", "近一个月这家店的预付卡投诉怎样处理，有没有约谈过经营者？")
        if answered
        else ("月饼礼盒过度包装", "节前抽检了几家，结果怎样？请告知，以便发布消费提示。")
    )
    body = str(officer.grants[0].county_code)
    number = act(inquiries.ask, council, body=body, subject=subject, question=question).case_no
    yield 2 * DAY
    if answered:
        text = "已经约谈，经营者同意按剩余次数退款，现有五件投诉都在办理，预计下周办结。"
        act(inquiries.answer, officer, number, text=text)
