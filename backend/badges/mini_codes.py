"""Mini-program codes (小程序码) for plates: asked of WeChat at its pace, kept as files, begun again where it stopped.

A code carries the plate's token as `scene`, so it leads where the plate's ordinary code leads. No reader of ours understands the round
codes; what is checked is that WeChat sent a picture of the width that was asked for. source: getUnlimitedQRCode, 5,000 calls a minute
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.access.policy import Action
from backend.infrastructure import audit, current, pacing, photos
from backend.infrastructure.database import session, unit_of_work
from backend.infrastructure.jobs import enqueue
from backend.infrastructure.wechat import Kind, WeChatError
from backend.kernel.errors import InvalidInput, NotFound, NotPossibleNow

from . import queries
from .model import Plate, PlateOrder

#: Name of the job that asks for an order's next codes.
MINT = "mint_mini_codes"
#: Page of the mini-program that a code opens; it must be published, or WeChat answers 41030.
PAGE = "pages/badge/index"
#: Pixels. Two modules' worth of detail more than a sticker of 50 mm at 300 dpi needs.
WIDTH = 860
#: Codes of one transaction; what a killed worker asks for again.
_PIECE = 50
_PACE = "getwxacodeunlimit"
#: 4,500 a minute, so that late batches of some workers still stay below WeChat's 5,000.
_INTERVAL = timedelta(minutes=1) / 4500
_FIRST_PAUSE = timedelta(minutes=1)
_QUOTA = {45009, 45011}
#: What an operator must put right before codes can be made; anything else is named by its number.
FAULTS = {
    "41030": f"微信说小程序没有页面 {PAGE}：请先发布含有这个页面的小程序版本，再点“重新生成”。",
    "40169": "微信不接受码里的内容（scene），请联系系统管理员。",
    "40013": "小程序的 AppID 不对，请检查 FANGXIN_WECHAT_APP_ID。",
    "40125": "小程序的 AppSecret 不对，请检查 FANGXIN_WECHAT_APP_SECRET。",
}
_log = logging.getLogger(__name__)


def fault_words(code: str) -> str:
    """What an order's `codes_fault` means, and what to do."""
    return FAULTS.get(code, f"微信拒绝生成小程序码（错误 {code}），请联系系统管理员。")


def ask_for_codes(actor: Actor, number: str) -> PlateOrder:
    """Ask WeChat for codes of all plates of an order that have none. Asked again, it goes on. raises NotFound, NotPossibleNow"""
    order = queries.order(actor, Action.PLATE_ISSUE, number)
    if order.issued == 0:
        raise NotPossibleNow("plate_order_empty_yet", "这批标牌还没有发放，等发放后再生成小程序码。", state="issuing")
    order.codes_asked_at, order.codes_fault = current.now(), None
    enqueue(MINT, {"order_id": order.id})
    audit.record(actor, Action.PLATE_ISSUE, "plate_order", order.id, chain=order.chain, after={"mini_codes": "asked"})
    return order


def picture_of(plate: Plate) -> tuple[str, bytes]:
    """The file extension and bytes of a plate's code. raises NotFound while it has none"""
    if plate.mini_code_key is None:
        raise NotFound("mini_code_missing", "这块牌还没有小程序码，请在订单页面点“生成小程序码”。")
    return plate.mini_code_key.rpartition(".")[2], current.runtime().storage.get(plate.mini_code_key)


def mint(payload: Mapping[str, Any]) -> None:
    """The job: ask for an order's next fifty codes and promise the rest. WeChat is called between transactions.

    raises   WeChatError when the same call may succeed later: the job is tried again
    """
    order_id = str(payload["order_id"])
    with unit_of_work():
        waiting = _waiting(order_id)
        if not waiting or session().get_one(PlateOrder, order_id).codes_fault is not None:
            return
        permit = pacing.take(_PACE, len(waiting), _INTERVAL)
        if permit.count == 0:
            _go_on(order_id, permit.next_at)
            return
    run = _ask(waiting)
    with unit_of_work():
        for plate_id, key in run.keys.items():
            session().get_one(Plate, plate_id).mini_code_key = key
        if run.error is None:
            pacing.went_well(_PACE)
            _go_on(order_id, permit.next_at)
        elif run.error.code in _QUOTA:
            _go_on(order_id, pacing.hold_back(_PACE, _FIRST_PAUSE))
        elif run.error.kind is not Kind.RETRY:
            session().get_one(PlateOrder, order_id).codes_fault = str(run.error.code)
            _log.error("WeChat makes no codes", extra={"order": order_id, "errcode": run.error.code})
    if run.error is not None and run.error.kind is Kind.RETRY and run.error.code not in _QUOTA:
        raise run.error


@dataclass
class _Run:
    """keys: plate id → where its code is kept; error: why the rest was not asked for."""

    keys: dict[str, str] = field(default_factory=dict)
    error: WeChatError | None = None


def _ask(waiting: Sequence[tuple[str, str]]) -> _Run:
    run, runtime = _Run(), current.runtime()
    for plate_id, token in waiting:
        try:
            content = runtime.wechat.mini_program_code(token, PAGE, width=WIDTH)
            kind = _checked(content)
        except WeChatError as error:
            run.error = error
            break
        # Named by the plate, so that a code that is asked for twice is one file.
        key = f"mini-codes/{plate_id[-2:]}/{plate_id}.{kind}"
        runtime.storage.put(key, content)
        run.keys[plate_id] = key
    return run


def _checked(content: bytes) -> str:
    try:
        kind, width, height = photos.measured(content)
    except InvalidInput:
        raise WeChatError(0, "a code that is no picture", Kind.RETRY) from None
    if (width, height) != (WIDTH, WIDTH):
        raise WeChatError(0, f"a code of {width} × {height} pixels", Kind.RETRY)
    return kind


def _waiting(order_id: str) -> Sequence[tuple[str, str]]:
    readable = Plate.key_id.in_(list(current.runtime().settings.badge_keys))
    statement = sa.select(Plate).where(
        Plate.order_id == order_id, Plate.mini_code_key.is_(None), Plate.voided_at.is_(None), readable
    )
    return [
        (plate.id, queries.token_of(plate)) for plate in session().scalars(statement.order_by(Plate.id).limit(_PIECE))
    ]


def _go_on(order_id: str, due_at: datetime) -> None:
    enqueue(MINT, {"order_id": order_id}, dedupe=f"{MINT}:{order_id}:{due_at.isoformat()}", due_at=due_at)
