"""What the demonstration's people think of the program: one is answered, two wait, one of them without a name."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from backend.access.actor import NOBODY, Actor
from backend.feedback import service
from backend.feedback.rules import Kind

from .scene import Story, act

_UNCLEAR = "进度页上写“期限暂停计算”，不知道是停了还是不办了，能不能说得明白些。"
_ANSWER = "谢谢您。意思是商品正在检测，检测的天数不算在期限里，检测完接着办。我们会把这句话写在页面上。"
_IDEA = "名录里希望能按街道查，我妈只记得五马街，不记得店名。"
_BROKEN = "手机字体调到最大以后，“查询”按钮被挤到第二行，点得到，就是难看。"


def stories(start: datetime, operator: Actor, people: list[Actor]) -> Iterator[tuple[datetime, Story]]:
    """Each with the instant at which it begins. people: two consumers"""
    yield start + timedelta(days=93), _said(people[0], Kind.UNCLEAR, _UNCLEAR, "/my/cases", operator)
    yield start + timedelta(days=98), _said(people[1], Kind.IDEA, _IDEA, "pages/home/index")
    yield start + timedelta(days=98.5), _said(NOBODY, Kind.BROKEN, _BROKEN, "/units")


def _said(who: Actor, kind: Kind, text: str, page: str, operator: Actor | None = None) -> Story:
    said = act(service.send, who, kind=kind, text=text, page=page)
    yield timedelta(hours=20)
    if operator is not None:
        act(service.answer, operator, said.feedback.number, text=_ANSWER)
        yield timedelta(hours=1)
