"""What is done to reports, by who does it."""

from .bureau import (
    approve_extension,
    ask,
    ask_extension,
    close_repeat,
    deny_extension,
    file_case,
    merge,
    not_file,
    note_clue,
    transfer,
    verify,
)
from .looking import lock_contact, reveal_reporter
from .paperwork import officers_paper, papers, result_by_code
from .photos import attach, link_of, photo_bytes
from .reporter import Filed, answer, file_report
from .retention import forget_closed
from .sweep import sweep

__all__ = [
    "Filed", "answer", "approve_extension", "ask", "ask_extension", "attach", "close_repeat", "deny_extension", "file_case",
    "file_report", "forget_closed", "link_of", "lock_contact", "merge", "not_file", "note_clue", "officers_paper", "papers", "photo_bytes",
    "result_by_code", "reveal_reporter", "sweep", "transfer", "verify",
]  # fmt: skip
