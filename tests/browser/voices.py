"""What people of the tests' city said of the program."""

from collections.abc import Mapping

from backend.access.actor import NOBODY
from backend.feedback import service as feedback
from backend.feedback.rules import Kind
from tests.pages.town import Browser, Town


def speak(town: Town, people: Mapping[str, Browser]) -> None:
    """Feedback that is answered, that waits, and that has no name."""
    consumer = people["consumer"].actor()
    said = town.act(feedback.send, consumer, kind=Kind.UNCLEAR, text="“期限暂停计算”看不懂。", page="/my/cases/1")
    answer = "是等检测结果的意思，检测的天数不算在期限里。"
    town.act(feedback.answer, people["operator"].actor(), said.number, text=answer)
    town.act(feedback.send, consumer, kind=Kind.IDEA, text="名录里希望能按街道查。", page="/units")
    town.act(feedback.send, NOBODY, kind=Kind.BROKEN, text="字体调到最大，按钮挤到第二行。")
