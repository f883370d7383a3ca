"""Takes an application from step to step over HTTP, each by somebody who may."""

import re
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from backend.access.actor import Role
from backend.applications import service
from tests.calling import Caller
from tests.journeys.people import People
from tests.pages.town import Shop
from tests.scene import picture

#: The entity's, with the right check digit.
USCC = "91330302MA2ABCDEXP"
FORM: dict[str, Any] = {
    "uscc": USCC,
    "trading_since": "2015-05-01",
    "statement": "去年收到的诉求都在当天答复，全部和解；每季度对员工做一次培训。",
    "checks": dict.fromkeys(
        (
            "licence", "premises", "no_penalty", "not_listed", "first_contact", "pay_first", "liaison_station",
            "green_channel", "clear_price", "fair_terms", "purchase_records", "staff_trained", "returns",
            "three_guarantees",
        ),
        True,
    ),
    "commitments": [
        {"code": "first_contact", "days": None},
        {"code": "pay_first", "days": None},
        {"code": "liaison_station", "days": None},
        {"code": "green_channel", "days": None},
        {"code": "no_reason_return", "days": 7},
    ],
}  # fmt: skip
NO = {"reason": "standard_not_met", "text": "店内没有明码标价。", "remedy": "全部商品标价后可以再次申请。"}
GOOD = {"certify": True, "text": "到店核查，与申报一致。"}
CHECKED = {"text": "材料和现场照片都看过，同意。"}
OBJECTION = {"text": "这家店十月份拒绝履行退货承诺，我有聊天记录。"}


def photographed(caller: Caller, path: str, content: bytes, kind: str = "licence", status: int = 201) -> Any:
    """What is answered to a photo for the application at `path`."""
    boundary, body = encode_multipart({"photo": FileStorage(BytesIO(content), "IMG_1.jpg"), "kind": kind})
    form = f"multipart/form-data; boundary={boundary}"
    answer = caller.api("POST", f"{path}/photos", caller.token, data=body, content_type=form)
    assert answer.status_code == status, answer.text
    return answer.get_json()


def objection_on(page: str) -> str:
    """The number of an objection that a page shows."""
    found = re.search(r"YG\d{8}-[0-9A-Z]{7}", page)
    assert found is not None
    return found[0]


class Desk:
    """One application of one shop."""

    def __init__(self, people: People, shop: Shop) -> None:
        self.people, self.shop = people, shop
        self.case_no, self.revision = "", 0

    @property
    def path(self) -> str:
        return f"/applications/{self.case_no}"

    @property
    def of_unit(self) -> str:
        return f"/units/{self.shop.certificate_no}/applications"

    @property
    def member(self) -> Caller:
        return self.people.person("zhan-yi")

    @property
    def first(self) -> Caller:
        return self.people.staff()

    @property
    def second(self) -> Caller:
        """City officers reach every county."""
        return self.people.staff(Role.CITY_OFFICER)

    @property
    def office(self) -> Caller:
        return self.people.staff(Role.JOINT_OFFICE)

    def read(self) -> Any:
        return self.member.get(self.path)

    def begin(self) -> str:
        begun = self.member.post(self.of_unit, None, 201)
        self.case_no, self.revision = begun["case_no"], begun["revision"]
        return self.case_no

    def save(self, **changed: Any) -> Any:
        body = {"seen": self.revision, "form": {**FORM, **changed}}
        saved = self.member.put(f"{self.path}/draft", body)
        self.revision = saved["revision"]
        return saved

    def photograph(self, colour: str = "red", kind: str = "licence", status: int = 201) -> Any:
        """The member adds a photo."""
        return photographed(self.member, self.path, picture(colour), kind, status)

    def submit(self) -> Any:
        self.photograph()
        self.save()
        return self.member.post(f"{self.path}/submit", {"seen": self.revision, "is_true": True})

    def examine(self, certify: bool = True) -> Any:
        return self.first.post(f"{self.path}/examine", {**GOOD, "certify": certify})

    def confirm(self) -> Any:
        return self.second.post(f"{self.path}/confirm", CHECKED)

    def publish(self) -> Any:
        return self.office.post(f"{self.path}/publish")

    def to_notice(self) -> str:
        """returns the application's number"""
        self.begin()
        self.submit()
        self.examine()
        self.confirm()
        self.publish()
        return self.case_no

    def later(self, days: int) -> None:
        """Days pass, and what is due is done."""
        self.people.clock.advance(days=days)
        with self.people.office.town.app.app_context():
            service.sweep()

    def object(self) -> str:
        """returns the objection's number"""
        anybody = self.people.callers.nobody()
        number: str = anybody.post(f"/public-notices/{self.case_no}/objections", OBJECTION, 201)["case_no"]
        return number
