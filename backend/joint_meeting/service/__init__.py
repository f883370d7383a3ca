"""Use cases of the joint meeting."""

from .assisting import ask, release, reply
from .leading import accept, hand_back, report
from .office import ask_more, confirm, decline, propose, send, send_new
from .sweep import sweep

__all__ = [
    "accept", "ask", "ask_more", "confirm", "decline", "hand_back", "propose", "release", "reply", "report", "send", "send_new", "sweep",
]  # fmt: skip
