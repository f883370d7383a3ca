"""Group complaints by the forms of the pages: from the link that somebody sent to the bureau's one list."""

from backend.access.actor import Role
from backend.infrastructure.database import new_id
from tests.console.office import PERSONAL, Office
from tests.pages.town import IDENTITY, Shop, Town, hidden

ABOUT = "十一月在这家店买的电饭煲都不通电，店里一律说要自己寄回厂家。"


def _once(**fields: str) -> dict[str, str]:
    """A form with the key that a page gives it."""
    return {**fields, "idempotency_key": new_id()}


def test_from_the_link_to_the_list(town: Town, office: Office, shop: Shop) -> None:
    first, second = town.person("chen-yi"), town.person("lin-er")
    own = town.request(shop, first)
    case = f"/my/cases/{own}"
    assert "发起或者加入共同投诉" in first.get(case)
    group = f"{case}/group"
    first.refused(group, group, {"about": "太短"})
    page = first.done(group, group, _once(about=ABOUT))
    link = page.split("/my/groups/")[1].split('"')[0]
    assert "还只有您一个人" in page

    page = second.get(f"/my/groups/{link}")
    assert ABOUT in page
    form = f"/units/{shop.certificate_no}/complain"
    assert f"{form}?group={link}" in page
    fields = _once(nature="quality", wanted="refund", happened_on="2026-11-22", facts=ABOUT, group=link)
    again = second.refused(f"{form}?group={link}", form, {**fields, "facts": "太短"})
    assert f'name="group" value="{link}"' in again, "a mistake does not lead out of the group"
    page = second.done(f"{form}?group={link}", form, fields)
    assert "2 人共同投诉" in page
    other = page.split("编号 ")[1].split("，")[0]
    theirs = f"/my/cases/{other}/group"
    assert "您已经在里面了" in second.get(f"/my/groups/{link}")
    second.get(f"/my/cases/{own}/group", 404)

    text = "我们推选一号和商家联系。"
    assert "已经请大家答复" in second.done(theirs, f"{theirs}/elect", _once(text=text, candidates="1"))
    page = first.done(group, f"{group}/answer", {"number": "1", "agree": "true"})
    assert "您就是代表人" in page
    member = town.member(shop)
    station = f"/station/{own}"
    assert "2 位消费者为同一件事共同投诉" in member.get(station)
    offer = {"kind": "replace", "text": "带电饭煲来店里，当场换一台新的。"}
    assert "方案已发给 2 位消费者" in member.done(f"{station}/group", f"{station}/group/offer", offer)
    page = first.done(group, f"{group}/lay", _once(matter="decline_offer", text="换了还会坏，请大家要求退款。"))
    assert "请您答复：不接受联络站的方案" in page
    for one, path in ((first, group), (second, theirs)):
        one.done(path, f"{path}/answer", {"number": "2", "agree": "true", "offer": hidden(one.get(path), "offer")})
    first.done(group, f"{group}/lay", _once(matter="escalate", text="请大家一起去市场监管部门。"))
    identity = {"name": IDENTITY.name, "phone": IDENTITY.phone, "address": IDENTITY.address}
    for one, path in ((first, group), (second, theirs)):
        page = one.refused(path, f"{path}/answer", {"number": "3", "agree": "true"})
        assert "必须填写" in page or "真实" in page
        page = one.done(path, f"{path}/answer", {"number": "3", "agree": "true", **identity})
        assert [personal for personal in PERSONAL if personal in page] == []

    desk = office.at_desk(Role.COUNTY_OFFICER)
    queue = desk.get("/console/complaints")
    assert queue.count("共同投诉，2 人") == 2
    number = queue.split("/console/complaints/TS")[1].split('"')[0]
    listed = f"/console/complaints/TS{number}/group"
    page = desk.get(listed)
    numbers = [one.split('"')[0] for one in page.split('name="case_nos" value="')[1:]]
    assert len(numbers) == 2
    assert [personal for personal in PERSONAL if personal in page] == []
    csrf = desk.csrf(listed)
    answer = desk.client.post(f"{listed}/accept", data={"csrf_token": csrf, "case_nos": numbers})
    assert answer.status_code == 303
    page = desk.get(listed)
    assert "2 件已受理" in page
    assert "通知参加同一次调解" in page
    assert "已经退出" in second.done(theirs, f"{theirs}/leave")
