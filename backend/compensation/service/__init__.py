"""Use cases of paying first."""

from .asking import most_fen, request, ways
from .paying import approve, decline, pay, voucher_bytes, voucher_link
from .recovering import recover, write_off
from .setting import set_cap, set_host
from .sweep import sweep

__all__ = [
    "approve",
    "decline",
    "most_fen",
    "pay",
    "recover",
    "request",
    "set_cap",
    "set_host",
    "sweep",
    "voucher_bytes",
    "voucher_link",
    "ways",
    "write_off",
]
