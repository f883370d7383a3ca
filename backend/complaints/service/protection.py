"""What shields a consumer who is paid back for complaining (package retaliation): it takes effect on the dispute at once."""

from backend.complaints.model import Complainant, Settlement
from backend.infrastructure import current
from backend.infrastructure.database import session
from backend.kernel.errors import InvalidInput, NotPossibleNow

from .phone import forget_phone


def lock_identity(settlement: Settlement, *, locked: bool) -> None:
    """Nobody reads the identity of this dispute any more, or again. raises NotPossibleNow when none was given"""
    held = session().get(Complainant, settlement.complainant_id) if settlement.complainant_id else None
    if held is None:
        raise NotPossibleNow("nothing_to_protect", "这件诉求还没有填写真实身份，没有可以锁定的。")
    held.locked_at = current.now() if locked else None


def check_unlocked(complainant_id: str) -> None:
    """Before an identity is shown to anybody but its owner. raises NotPossibleNow"""
    if session().get_one(Complainant, complainant_id).locked_at is not None:
        raise NotPossibleNow(
            "identity_locked", "投诉人的身份已经锁定，不能查看。需要联系投诉人的，请报市级市场监管人员转告。"
        )


def take_back_shared_phone(settlement: Settlement) -> None:
    """The station sees the shared number no more. raises NotPossibleNow when none is shared"""
    if not forget_phone(settlement):
        raise NotPossibleNow("nothing_to_protect", "本人没有让联络站看电话，没有可以收回的。")


def through_officer(settlement: Settlement, *, only: bool) -> None:
    """The station may not write to the consumer any more, or may again."""
    settlement.through_officer_at = current.now() if only else None


def check_reachable(settlement: Settlement) -> None:
    """Before anything of the station's that carries words reaches the consumer. raises NotPossibleNow through_officer"""
    if settlement.through_officer_at is not None:
        raise NotPossibleNow(
            "through_officer",
            "这件事由市场监管人员转告双方，请不要直接联系消费者。要说的话、要交的照片和凭证，请交给市场监管部门；"
            "在这里答复，不要写说明和理由。",
            state=settlement.state,
        )


def words_to_consumer(settlement: Settlement, text: str | None) -> str | None:
    """The words of the station's answer: needed, but for a consumer whom officers shield; there they must be left out.

    raises   InvalidInput text_missing; NotPossibleNow through_officer
    """
    if text is not None:
        check_reachable(settlement)
    elif settlement.through_officer_at is None:
        raise InvalidInput("text_missing", "请写明说明或者理由，消费者会看到。", fields={"text": ["这一项必须填写。"]})
    return text
