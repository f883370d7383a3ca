"""What may be submitted: keys, limits, days, commitments, identities."""

from typing import Any

import sqlalchemy as sa

from backend.complaints.model import Settlement
from backend.infrastructure.database import new_id, session
from backend.kernel.clock import FixedClock
from backend.merchants.rules import Commitment
from tests.calling import Caller
from tests.pages.town import Shop, Town
from tests.scene import IDENTITY, Callers, request_body


def _problem(caller: Caller, shop: Shop, **changed: Any) -> tuple[str, list[str]]:
    problem = caller.post("/settlements", request_body(shop, **changed), 422)
    return problem["code"], sorted(problem.get("fields", {}))


def test_the_same_key_and_body_give_the_same_reply(callers: Callers, shop: Shop) -> None:
    consumer, key = callers.person("gu-ke"), new_id()
    first = consumer.api("POST", "/settlements", consumer.token, request_body(shop), key)
    again = consumer.api("POST", "/settlements", consumer.token, request_body(shop), key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert "Idempotent-Replayed" not in first.headers
    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.get_json() == first.get_json()
    assert again.get_json()["access_code"], "a phone that lost the first reply still gets its code"
    assert len(consumer.get("/settlements")["settlements"]) == 1


def test_the_same_key_with_another_body_is_refused(callers: Callers, shop: Shop) -> None:
    consumer, key = callers.person("gu-ke"), new_id()
    consumer.post("/settlements", request_body(shop), 201, key=key)
    assert consumer.refused("/settlements", request_body(shop, amount_fen=1), 422, key=key) == "idempotency_key_reused"
    callers.person("gu-ke-2").post("/settlements", request_body(shop, amount_fen=1), 201, key=key)
    assert len(consumer.get("/settlements")["settlements"]) == 1


def test_a_key_is_needed_and_has_a_shape(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    assert consumer.refused("/settlements", request_body(shop), 400, key="") == "idempotency_key_missing"
    for odd in ("short", "x" * 129, "有汉字的键值键值"):
        headers = {"Idempotency-Key": odd.encode().decode("latin-1"), "Authorization": f"Bearer {consumer.token}"}
        answer = consumer.api.client.post("/api/v1/settlements", json=request_body(shop), headers=headers)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "idempotency_key_malformed")
    consumer.post("/settlements", request_body(shop), 201, key="x" * 128)


def test_a_refused_request_leaves_its_key_free(callers: Callers, shop: Shop) -> None:
    consumer, key = callers.person("gu-ke"), new_id()
    consumer.post("/settlements", request_body(shop, happened_on="2026-11-24"), 422, key=key)
    consumer.post("/settlements", request_body(shop), 201, key=key)


def test_three_open_requests_a_unit(callers: Callers, shop: Shop, town: Town) -> None:
    consumer = callers.person("gu-ke")
    numbers = [consumer.post("/settlements", request_body(shop), 201)["case_no"] for _ in range(3)]
    assert consumer.refused("/settlements", request_body(shop)) == "too_many_open"
    mine = f"/units/{shop.certificate_no}/my-settlements"
    assert consumer.get(mine)["full"] is True, "so that nobody fills in a form in vain"
    consumer.post("/settlements", request_body(town.shop("鹿城书店")), 201)
    callers.person("gu-ke-2").post("/settlements", request_body(shop), 201)
    consumer.post(f"/settlements/{numbers[0]}/withdraw")
    assert consumer.get(mine)["full"] is False
    consumer.post("/settlements", request_body(shop), 201)


def test_what_was_done_is_answered_again_even_when_it_would_be_refused_now(callers: Callers, shop: Shop) -> None:
    consumer, keys = callers.person("gu-ke"), [new_id() for _ in range(3)]
    done = [consumer.post("/settlements", request_body(shop), 201, key=key) for key in keys]
    assert consumer.refused("/settlements", request_body(shop)) == "too_many_open"
    assert [consumer.post("/settlements", request_body(shop), 201, key=key) for key in keys] == done
    assert (
        consumer.refused("/settlements", request_body(shop, amount_fen=1), 422, key=keys[0]) == "idempotency_key_reused"
    )


def test_ten_requests_a_day(callers: Callers, town: Town, clock: FixedClock) -> None:
    consumer, shops = callers.person("gu-ke"), [town.shop(f"第{number}家店") for number in range(4)]
    for number in range(10):
        consumer.post("/settlements", request_body(shops[number // 3]), 201)
    assert consumer.refused("/settlements", request_body(shops[3])) == "too_many_today"
    clock.advance(days=1)
    consumer.post("/settlements", request_body(shops[3]), 201)


def test_the_day_lies_within_three_years_and_not_ahead(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    assert _problem(consumer, shop, happened_on="2026-11-24") == ("day_in_future", ["happened_on"])
    assert _problem(consumer, shop, happened_on="2023-11-22") == ("day_too_old", ["happened_on"])
    assert "第十六条" in consumer.post("/settlements", request_body(shop, happened_on="2020-01-01"), 422)["article"]
    for day in ("2026-11-23", "2023-11-23"):
        consumer.post("/settlements", request_body(shop, happened_on=day), 201)
    for odd in ("2026-02-30", "23.11.2026", "0001-01-01", None, 7):
        assert _problem(consumer, shop, happened_on=odd) == ("invalid_input", ["happened_on"])


def test_only_a_commitment_of_this_unit(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    made = callers.nobody().get(f"/badges/{shop.token}")["unit"]["commitments"]
    consumer.post("/settlements", request_body(shop, commitment=made[0]["code"]), 201)
    codes = {item["code"] for item in made}
    foreign = next(one.value for one in Commitment if one.value not in codes)
    assert _problem(consumer, shop, commitment=foreign) == ("commitment_unknown", ["commitment"])
    assert _problem(consumer, shop, commitment="world_peace")[1] == ["commitment"]


def test_filing_by_itself_needs_the_identity_at_once(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    assert _problem(consumer, shop, file_for_me=True) == ("identity_missing", ["file_for_me"])
    partly = {"name": IDENTITY["name"], "phone": IDENTITY["phone"]}
    assert _problem(consumer, shop, file_for_me=True, identity=partly) == ("invalid_input", ["identity.address"])
    assert _problem(consumer, shop, file_for_me=True, identity={**IDENTITY, "phone": "999"})[0] == "phone_invalid"
    consumer.post("/settlements", request_body(shop, file_for_me=True, identity=IDENTITY), 201)


def test_every_fault_is_named_at_once(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    body = {"token": shop.token, "nature": "rude", "wanted": [], "amount_fen": -1, "facts": "短", "extra": 1}
    problem = consumer.post("/settlements", body, 422)
    assert sorted(problem["fields"]) == ["amount_fen", "extra", "facts", "happened_on", "nature", "wanted"]
    assert consumer.get("/settlements") == {"settlements": [], "next": None}


def test_a_badge_that_is_not_ours_takes_no_request(callers: Callers, shop: Shop) -> None:
    consumer = callers.person("gu-ke")
    forged = shop.token[:-1] + ("a" if shop.token[-1] != "a" else "b")
    assert consumer.refused("/settlements", request_body(shop, token=forged), 404) == "UNKNOWN"
    callers.nobody().post("/settlements", request_body(shop), 401)
    callers.staff().post("/settlements", request_body(shop), 403)


def test_who_is_not_in_the_shop_any_more_names_its_certificate(callers: Callers, shop: Shop, town: Town) -> None:
    consumer, body = callers.person("gu-ke"), {**request_body(shop), "token": None}
    made = consumer.post("/settlements", {**body, "number": shop.certificate_no}, 201)
    assert made["unit_name"] == shop.name
    kept = town.act(lambda: session().scalars(sa.select(Settlement).filter_by(case_no=made["case_no"])).one())
    assert (kept.unit_id, kept.station_id, kept.plate_id) == (shop.unit_id, shop.station_id, None)
    assert consumer.refused("/settlements", body, 422) == "unit_missing"
    assert consumer.refused("/settlements", {**body, "number": "温放心2017-99999"}, 404) == "certificate_not_found"
    (mine,) = consumer.get(f"/units/{shop.certificate_no}/my-settlements")["settlements"]
    assert mine["case_no"] == made["case_no"]


def test_the_access_code_opens_progress_and_nothing_else_does(callers: Callers, shop: Shop) -> None:
    made = callers.person("gu-ke").post("/settlements", request_body(shop), 201)
    nobody, code = callers.nobody(), made["access_code"]
    typed = {"case_no": made["case_no"].lower(), "code": f"{code[:5]} {code[5:]}".lower()}
    assert nobody.post("/settlements/progress", typed)["state_zh"] == "等待联络站答复"
    wrong = [{"code": "0000000000"}, {"case_no": "HJ20261123-0000000"}, {"case_no": "HJ20261123-0000013"}]
    answers = [nobody.post("/settlements/progress", {**typed, **one}, 404) for one in wrong]
    assert {(one["code"], one["detail"]) for one in answers} == {
        ("progress_not_found", "编号或查询码不对，请核对后再试。")
    }, "nothing tells a wrong number from a wrong code"
