"""The demonstration's false plaques: a suspected clone, one that was confirmed, a known fake, and two reports of fakes."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from backend.access.actor import Actor
from backend.authenticity import queries, service
from backend.authenticity.marks import Tapper
from backend.authenticity.rules import Bucket, What
from backend.badges import queries as badges
from backend.badges import scan_log, unknown_codes
from backend.badges.rules import Unknown
from backend.infrastructure.database import unit_of_work

from .scene import Story, act

_HOUR = timedelta(hours=1)
_NOTES = (
    "扫出来的店名和门头不一样，这里是一家奶茶店。",
    None,
    "地址对不上，我在江心屿码头边上。",
)


def stories(
    start: datetime, officer: Actor, council: Actor, tokens: tuple[str, str]
) -> Iterator[tuple[datetime, Story]]:
    """What happens about genuineness.

    tokens   of the plate that was copied long ago, and of the one that is suspected now
    """
    copied, suspected = tokens
    yield start + timedelta(days=20), _known(council)
    yield start + timedelta(days=60), _cloned(officer, copied, decided=True)
    yield start + timedelta(days=99), _cloned(officer, suspected, decided=False)
    yield start + timedelta(days=50), _reported(officer, decided=True)
    yield start + timedelta(days=98), _reported(officer, decided=False)
    yield start + timedelta(days=96), _strangers()


def _known(council: Actor) -> Story:
    act(
        service.add_known_fake,
        council,
        title="“第三届放心消费示范单位”铜牌",
        words=["第三届放心消费示范单位"],
        telling="没有编号，没有二维码，落款是一家品牌网站。推销的人说交钱就能挂，不用审核。",
        source="温州市消费者权益保护委员会消费提示",
        seller="自称“品牌推广中心”的网站",
        price_fen=298000,
    )
    yield _HOUR


def _strangers() -> Story:
    """Codes that are not ours are scanned, on one day more than on others."""
    for malformed, forged in ((3, 0), (14, 6), (2, 1)):
        for kind, times in ((Unknown.MALFORMED, malformed), (Unknown.FORGED, forged)):
            for _ in range(times):
                scan_log.note(unknown_codes.MARKS[kind])
        scan_log.load_noted()
        yield timedelta(days=1)


def _cloned(officer: Actor, token: str, *, decided: bool) -> Story:
    for number, note in enumerate(_NOTES):
        with unit_of_work(read_only=True):
            plate_id = badges.by_token(token).plate.id
        for _ in range(4 + 3 * number):
            scan_log.note(plate_id)
        scan_log.load_noted()
        tapper = Tapper(f"192.0.2.{number + 1}", "demo")
        told: dict[str, Any] = {"what": What.OTHER_SHOP if number < 2 else What.OTHER_ADDRESS, "note": note}
        act(service.tell_place, tapper, token, bucket=Bucket.FAR if number == 1 else None, **told)
        yield _HOUR
    if decided:
        case_no = _open_case(token)
        act(service.check, officer, case_no)
        yield 20 * _HOUR
        act(
            service.confirm, officer, case_no, text="在江心屿码头一家奶茶店发现同一编号的复制牌，已当场收回，另行立案。"
        )


def _open_case(token: str) -> str:
    with unit_of_work(read_only=True):
        case = queries.open_case_of(badges.by_token(token).plate.id)
    if case is None:
        raise RuntimeError("three people told, and no case was opened")
    return case.case_no


def _reported(officer: Actor, *, decided: bool) -> Story:
    place = "公园路一家养生馆前台" if decided else "信河街一家火锅店收银台后面"
    number = act(
        service.report_fake,
        county_code="330302",
        place=place,
        words="第三届放心消费示范单位",
        price_fen=298000 if decided else None,
        seller="上门推销的业务员，自称品牌推广中心" if decided else None,
        note="牌上没有二维码，店员说是花钱办的。",
    ).report.case_no
    yield 30 * _HOUR
    if decided:
        act(
            service.hand_over,
            officer,
            number,
            text="经核查不是我们发的牌，已移交鹿城区市场监管综合行政执法队立案调查。",
        )
