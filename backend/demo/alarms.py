"""What is told to the authorities in the demonstration: reports, emergencies, many who complain of one unit, retaliation."""

from backend.access.actor import Actor
from backend.emergencies import service as emergencies
from backend.emergencies.rules import Emergency
from backend.infrastructure import current
from backend.reports import service as reports
from backend.reports.rules import Suspicion
from backend.retaliation import service as retaliation
from backend.retaliation.rules import Act

from .cast import DAY, HOUR, Cast, Shop
from .filing import submitted
from .scene import Story, act
from .texts import Dispute

_FACTS = "后厨用过期的调味料，冰箱里有三袋，保质期到上个月；服务员说一直这样用。"


def reported(officer: Actor, shop: Shop, *, named: bool, stage: str) -> Story:
    """stage   "received", "asked", "extension_asked", "filed" or "not_filed": how far it has come"""
    who = {"name": "林国强", "phone": "13857700002"} if named else {}
    place, happened_on = "后厨冰箱", current.today() - DAY
    told = {"facts": _FACTS, "token": shop.token, "happened_on": happened_on, "place": place}
    filed = act(reports.file_report, suspicion=Suspicion.FOOD, **told, **who)
    number = filed.report.case_no
    if stage == "received":
        return
    yield 26 * HOUR
    act(reports.verify, officer, number)
    yield 3 * HOUR
    act(reports.ask, officer, number, text="是哪一天看到的？外包装是什么牌子？")
    if stage == "asked":
        return
    yield 20 * HOUR
    act(reports.answer, number, filed.access_code, text="上周六中午，红色盖子的豆瓣酱。")
    yield 3 * DAY
    if stage == "filed":
        act(reports.file_case, officer, number, text="现场查到过期调味料三袋，已立案。")
    elif stage == "not_filed":
        act(reports.not_file, officer, number, text="到场核查，没有发现过期的调味料。")
    else:
        act(reports.ask_extension, officer, number, text="等待检验结果。")


def emergency(officer: Actor, shop: Shop, *, stage: str) -> Story:
    """stage   "raised", "acknowledged" or "closed": how far it has come"""
    kind, what = Emergency.INJURY, "自动扶梯突然停住，一位老人摔倒，商场已经叫了救护车。"
    if stage == "closed":
        kind, what = Emergency.FOOD_POISONING, "一桌八个人吃完饭都在吐，已经打了 120。"
    raised = act(emergencies.raise_emergency, kind=kind, what=what, token=shop.token, phone="13857700004")
    if stage == "raised":
        return
    yield HOUR / 4
    act(emergencies.acknowledge, officer, raised.case_no)
    if stage == "closed":
        yield DAY
        text = "已到场封存食品并送检，八人经治疗全部出院，另行立案调查。"
        act(emergencies.close, officer, raised.case_no, text=text)


def crowded(people: list[Actor], shop: Shop, said: Dispute) -> Story:
    """One after another complains of the same unit in the same respect."""
    for person in people:
        submitted(person, shop, said)
        yield 5 * HOUR


def retaliated(cast: Cast, said: Dispute, *, taken_by: Actor | None) -> Story:
    """A consumer is pressed to take a complaint back, and tells. taken_by: an officer who is not involved with the unit"""
    number = submitted(cast.consumer, cast.shop, said)
    yield 20 * HOUR
    what = "老板打电话到我单位，说不撤诉求就把我的名字贴到店门口。"
    told = act(retaliation.tell, cast.consumer, case_no=number, acts=[Act.THREATENED], what=what, phone="13857700005")
    if taken_by is not None:
        yield 3 * HOUR
        act(retaliation.take, taken_by, told.case.case_no)
        act(retaliation.note_contact, taken_by, told.case.case_no, text="电话联系到本人，约定明天面谈。")
