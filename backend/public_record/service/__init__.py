"""What is put on a unit's public record and what is taken off; every change writes the unit's card."""

from .entries import end_periods, publish, record_grade, withdraw
from .kitchens import decide_kitchen, remove_kitchen, send_kitchen
from .objections import raise_objection, reject, sweep, uphold, withdraw_objection
from .photos import Picture, decide_photo, prepare, send_photo
from .replies import decide_reply, send_reply

__all__ = [
    "Picture", "decide_kitchen", "decide_photo", "decide_reply", "end_periods", "prepare", "publish", "raise_objection",
    "record_grade", "reject", "remove_kitchen", "send_kitchen", "send_photo", "send_reply", "sweep", "uphold", "withdraw",
    "withdraw_objection",
]  # fmt: skip
