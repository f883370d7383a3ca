"""What people of the tests' city said of the program, and what its consumer council warns of."""

from collections.abc import Mapping
from datetime import timedelta

from backend.access.actor import NOBODY
from backend.consumer_warnings import service as warnings
from backend.feedback import service as feedback
from backend.feedback.rules import Kind
from backend.infrastructure import current
from backend.merchants.rules import Category
from tests.pages.town import Browser, Town


def speak(town: Town, people: Mapping[str, Browser]) -> None:
    """Feedback that is answered, that waits, and that has no name."""
    consumer = people["consumer"].actor()
    said = town.act(
        feedback.send, consumer, kind=Kind.UNCLEAR, text="“期限暂停计算”看不懂。", page="/my/cases/1"
    ).feedback
    answer = "是等检测结果的意思，检测的天数不算在期限里。"
    town.act(feedback.answer, people["operator"].actor(), said.number, text=answer)
    town.act(feedback.send, consumer, kind=Kind.IDEA, text="名录里希望能按街道查。", page="/units")
    town.act(feedback.send, NOBODY, kind=Kind.BROKEN, text="字体调到最大，按钮挤到第二行。")


def warn(town: Town, people: Mapping[str, Browser]) -> dict[str, str]:
    """Warnings: one that holds, one that was taken back, one to come. returns their numbers by name"""
    council = people["council"].actor()
    with town.app.app_context():
        today = current.today()
    text = "近期有摊位把外地冰鲜蟹当作本地活蟹卖。\n\n请当面称重、留好小票；不符的，可以要求退一赔三。"
    for_whom = {"counties": ["330302", "330303"], "categories": [Category.RESTAURANT, Category.MARKET]}
    days = {"from_on": today, "until_on": today + timedelta(days=30)}
    made = {}
    for name, title in (("holds", "梭子蟹以次充好，买前看清“本地”两个字"), ("withdrawn", "某批次月饼抽检不合格")):
        said = town.act(warnings.publish, council, title=title, text=text, **for_whom, **days)
        made[f"warning_{name}"] = str(said.number)
    town.act(warnings.withdraw, council, made["warning_withdrawn"], why="复检合格，原来的抽检结果有误。")
    soon = {"from_on": today + timedelta(days=20), "until_on": today + timedelta(days=60)}
    whole = {"counties": [], "categories": []}
    town.act(warnings.publish, council, title="年底充值办卡，先问清怎么退", text=text, **whole, **soon)
    return made
