"""What is done to disputes, by who does it."""

from .bureau import (
    accept_complaint,
    pause_for_testing,
    record_agreement,
    refuse_complaint,
    resume_mediation,
    serve_notice,
    terminate,
)
from .consumer import (
    Submitted,
    accept_offer,
    confirm_performed,
    decline_offer,
    escalate,
    is_full,
    report_not_performed,
    submit,
    withdraw_complaint,
    withdraw_settlement,
)
from .conversation import drop_ready_answer, keep_ready_answer, mark_messages_read, say
from .delegation import decline as decline_delegation
from .delegation import delegate, delegated_identity, report_agreement, report_failure, take_back, take_on
from .evidence import PhotoLink, add_photo, cleaned, photo_bytes, photos_for
from .holding import hand_over, take
from .identity import Identity, reveal_identity
from .identity_check import answer_identity, ask_identity
from .mediation import answer_consent, ask_recusal, decide_recusal, invite, note_absence, note_consent, side_of
from .merging import merge
from .package import Package, hand_over_steps, keep_number_12315, officers_package, own_package
from .paperwork import Paper, note_serving, officers_paper, own_paper, paper, papers
from .passing import assign, contest, decide_power, pass_on, take_over
from .phone import share_phone, take_back_phone, view_phone
from .protection import lock_identity, take_back_shared_phone, through_officer, words_to_consumer
from .right_body import NAMED as NAMED_BODIES
from .station import offer, refuse
from .sweep import sweep
from .telling import COUNT_OUTCOMES, count_outcomes

__all__ = [
    "COUNT_OUTCOMES", "Identity", "NAMED_BODIES", "Package", "Paper", "PhotoLink", "Submitted", "accept_complaint",
    "accept_offer", "add_photo", "answer_consent", "answer_identity", "ask_identity", "ask_recusal", "assign",
    "cleaned", "confirm_performed", "contest", "count_outcomes", "decide_power", "decide_recusal",
    "decline_delegation", "decline_offer", "delegate", "delegated_identity", "drop_ready_answer", "escalate",
    "hand_over", "hand_over_steps", "invite", "is_full", "lock_identity", "keep_number_12315", "keep_ready_answer", "mark_messages_read",
    "merge", "note_absence", "note_consent", "note_serving", "offer", "officers_package", "officers_paper",
    "own_package", "own_paper", "paper", "papers", "pass_on", "pause_for_testing", "photo_bytes", "photos_for",
    "record_agreement", "refuse", "refuse_complaint", "report_agreement", "report_failure", "report_not_performed",
    "resume_mediation", "reveal_identity", "say", "serve_notice", "share_phone", "side_of", "submit", "sweep",
    "take", "take_back", "take_back_phone", "take_back_shared_phone", "take_on", "take_over", "terminate", "through_officer", "view_phone",
    "withdraw_complaint",
    "withdraw_settlement", "words_to_consumer",
]  # fmt: skip
