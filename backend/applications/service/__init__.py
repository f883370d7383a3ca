"""What is done with an application: by the station, by the officers, by anybody who objects, and by the clock."""

from .deciding import award, decline, publish
from .examining import ask_correction, confirm, examine, refuse, send_back
from .objecting import answer, decide, raise_objection
from .station import begin, save, submit, withdraw
from .sweeping import remind, sweep

__all__ = [
    "answer",
    "ask_correction",
    "award",
    "begin",
    "confirm",
    "decide",
    "decline",
    "examine",
    "publish",
    "raise_objection",
    "refuse",
    "remind",
    "save",
    "send_back",
    "submit",
    "sweep",
    "withdraw",
]
