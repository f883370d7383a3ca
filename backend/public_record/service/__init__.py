"""What is put on a unit's public record and what is taken off; every change writes the unit's card."""

from .entries import end_periods, publish, record_grade, withdraw
from .photos import Picture, decide_photo, prepare, send_photo
from .replies import decide_reply, send_reply

__all__ = [
    "Picture", "decide_photo", "decide_reply", "end_periods", "prepare", "publish", "record_grade", "send_photo", "send_reply",
    "withdraw",
]  # fmt: skip
