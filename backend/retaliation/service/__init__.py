"""What is done in cases of retaliation, by who does it."""

from .officer import act_on_certificate, find, hand_to_police, note_contact, protect, take, write
from .person import Told, answer, tell
from .sweep import sweep

__all__ = [
    "Told", "act_on_certificate", "answer", "find", "hand_to_police", "note_contact", "protect", "sweep", "take", "tell", "write",
]  # fmt: skip
