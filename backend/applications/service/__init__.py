"""What is done with an application: by the station, by the officers, by anybody who objects, and by the clock."""

from .deciding import award, decline, publish
from .examining import ask_correction, confirm, examine, refuse, send_back
from .objecting import answer, decide, raise_objection
from .photos import add_photo, photo_bytes, photos_for, remove_photo
from .station import begin, save, submit, withdraw
from .sweeping import remind, sweep

__all__ = [
    "add_photo",
    "answer",
    "ask_correction",
    "award",
    "begin",
    "confirm",
    "decide",
    "decline",
    "examine",
    "photo_bytes",
    "photos_for",
    "publish",
    "raise_objection",
    "refuse",
    "remind",
    "remove_photo",
    "save",
    "send_back",
    "submit",
    "sweep",
    "withdraw",
]
