"""Requests, complaints and a group of the browsers' city, in every state."""

import io

import sqlalchemy as sa
from PIL import Image

from backend.complaints import queries as complaint_queries
from backend.complaints import service as complaints
from backend.complaints.model import Settlement
from backend.complaints.rules import Closing, ConsentWay, Nature, Party, RefusalGround
from backend.group_complaints import service as groups
from backend.group_complaints.rules import Matter
from backend.infrastructure.database import session, unit_of_work
from tests import pdf_files
from tests.browser.city import City
from tests.pages.town import IDENTITY, Browser, Shop


def disputes(city: City, shops: list[Shop]) -> None:
    """Requests and complaints in every other state."""
    town, names = city.town, city.names
    consumer, member = city.people["consumer"], city.people["member"]
    names["waiting"] = town.request(shops[0], consumer)
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), "teal").save(picture, "JPEG")
    case = f"/my/cases/{names['waiting']}"
    photo = (io.BytesIO(picture.getvalue()), "小票.jpg")
    sent = {"csrf_token": consumer.csrf(case), "photo": photo, "for_station": "true"}
    assert consumer.client.post(f"{case}/photos", data=sent, content_type="multipart/form-data").status_code == 303
    member_actor, talked = member.actor(), names["waiting"]
    town.act(complaints.say, consumer.actor(), talked, text="发票在的，我的电话是 13857712345，什么时候可以来店里？")
    town.act(complaints.say, member_actor, talked, text="今天下午三点以后都可以，请到二楼服务台，带上小票。")
    town.act(complaints.say, consumer.actor(), talked, text="好，那我四点到。")
    town.act(complaints.share_phone, consumer.actor(), talked, phone="13900001234")
    ready = {"title": "请带小票来店", "text": "请带小票或者付款记录来店里，我们当场核对、处理。"}
    town.act(complaints.keep_ready_answer, member_actor, **ready)
    contract = complaints.cleaned(pdf_files.sound(2))
    town.act(complaints.add_photo, consumer.actor(), talked, contract, for_station=True)
    names["offered"] = town.offered(shops[0], member, consumer)
    names["agreed"] = town.offered(shops[2], member, consumer)
    town.agreed(consumer, names["agreed"])
    names["performed"] = town.offered(shops[2], member, consumer)
    town.agreed(consumer, names["performed"])
    town.act(complaints.confirm_performed, consumer.actor(), names["performed"])
    names["refused"] = _refused(city, shops[3], consumer)
    officer = city.people["county"].actor()
    for state in ("received", "mediating", "testing", "mediated", "not_accepted"):
        someone = town.person(f"gu-ke-{state.replace('_', '-')}")
        number = _refused(city, shops[4], someone)
        names[f"settlement_{state}"] = number
        names[state] = str(town.act(complaints.escalate, someone.actor(), number, IDENTITY).case_no)
        city.people[state] = someone
    for state in ("mediating", "testing", "mediated"):
        town.act(complaints.accept_complaint, officer, names[state])
    town.act(complaints.pause_for_testing, officer, names["testing"])
    for party in Party:
        town.act(complaints.note_consent, officer, names["mediated"], party=party, agree=True, way=ConsentWay.IN_PERSON)
    agreed = {"text": "商家当场退款一百二十八元五角。", "closing": Closing.PERFORMED}
    town.act(complaints.record_agreement, officer, names["mediated"], **agreed)
    reason = {"ground": RefusalGround.R16_3, "text": "购买用于经营，不是生活消费。"}
    town.act(complaints.refuse_complaint, officer, names["not_accepted"], **reason)


def group(city: City, shop: Shop) -> None:
    """Three people together: representatives who lead, a matter that waits for the third, two at the bureau."""
    town, names = city.town, city.names
    people = [town.person(name) for name in ("chen-yi", "lin-er", "wu-san")]
    city.people |= {"leader": people[0], "follower": people[2]}
    asked = {"nature": Nature.PREPAID, "facts": "十一月在店里办的储值卡，换了老板以后余额都不认。"}
    numbers = [town.request(shop, one, **asked) for one in people]
    names["group_leader"], names["group_follower"] = numbers[0], numbers[2]
    about = "十一月在这家店办的储值卡，换了老板以后余额都不认。"
    code = town.act(groups.open_group, people[0].actor(), numbers[0], about=about).code
    names["group_code"] = code
    for one, number in zip(people[1:], numbers[1:], strict=True):
        town.act(groups.join, one.actor(), number, code=code)
    text = "我们推选以上两位和商家联系。"
    town.act(groups.lay, people[0].actor(), numbers[0], matter=Matter.ELECTION, text=text, candidates=[1, 2])
    town.act(groups.answer, people[1].actor(), numbers[1], 1, agree=True)
    for number in numbers[:2]:
        town.act(complaints.refuse, city.people["member"].actor(), number, text="新老板没有义务承担。")
    together = "商家不同意退余额，请大家一起转市场监管部门。"
    town.act(groups.lay, people[1].actor(), numbers[1], matter=Matter.ESCALATE, text=together)
    for one, number in zip(people[:2], numbers[:2], strict=True):
        town.act(groups.answer, one.actor(), number, 2, agree=True, identity=IDENTITY)
    found = town.act(complaint_queries.complaint_numbers, [_id_of(city, numbers[0])])
    names["group_complaint"] = next(iter(found.values()))


def _id_of(city: City, case_no: str) -> str:
    """Of a settlement request."""
    with city.town.app.app_context(), unit_of_work(read_only=True):
        return str(session().scalars(sa.select(Settlement.id).filter_by(case_no=case_no)).one())


def _refused(city: City, shop: Shop, consumer: Browser) -> str:
    number = city.town.request(shop, consumer)
    city.town.act(complaints.say, consumer.actor(), number, text="小票找不到了，付款记录可以吗？")
    city.town.act(complaints.refuse, city.people["member"].actor(), number, text="小票丢了，没有办法退货。")
    return number
