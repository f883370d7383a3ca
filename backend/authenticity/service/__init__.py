"""What is done about genuineness, by what it concerns."""

from .clone_cases import check, confirm, dismiss, open_case
from .fake_plaques import Received, add_known_fake, close, hand_over, report_fake, withdraw_known_fake
from .photos import Attached, attach, link_of, photo_bytes, ticket_of
from .place_reports import tell_distance, tell_place
from .sweep import forget, sweep

__all__ = [
    "Attached", "Received", "add_known_fake", "attach", "check", "close", "confirm", "dismiss", "forget", "hand_over", "link_of",
    "open_case", "photo_bytes", "report_fake", "sweep", "tell_distance", "tell_place", "ticket_of", "withdraw_known_fake",
]  # fmt: skip
