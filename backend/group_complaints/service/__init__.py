"""What is done to groups, by who does it."""

from .answering import answer
from .bureau import accept_together, invite_together, record_agreement_together
from .membership import is_over
from .opening import file_and_join, join, leave, open_group, renew_code
from .proposing import lay, take_back
from .station import answerable, offer_to_group
from .sweep import sweep

__all__ = [
    "accept_together", "answer", "answerable", "file_and_join", "invite_together", "is_over", "join", "lay", "leave",
    "offer_to_group", "open_group", "record_agreement_together", "renew_code", "sweep", "take_back",
]  # fmt: skip
