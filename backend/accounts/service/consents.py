"""Giving and withdrawing consent (个人信息保护法 §14–16)."""

import sqlalchemy as sa

from backend.access.actor import Actor
from backend.infrastructure import audit, current
from backend.infrastructure.database import session
from backend.kernel.errors import Conflict

from ..consent_texts import CONSENT_TEXTS, Purpose
from ..model import Account, Consent, NoticePhone, PhoneCode


def set_consent(actor: Actor, purpose: Purpose, *, given: bool, version: str) -> None:
    """Give or withdraw one's consent; saying the same again changes nothing.

    version   of the text that the person saw
    raises    Conflict when consent is given to a text that is no longer the present one
    """
    text, now = CONSENT_TEXTS[purpose], current.now()
    if given and version != text.version:
        raise Conflict("consent_text_changed", "说明文字已经更新，请重新阅读后再选择。")
    session().execute(sa.select(Account.id).where(Account.id == actor.account_id).with_for_update())
    open_ones = sa.select(Consent).filter_by(account_id=actor.account_id, purpose=purpose, withdrawn_at=None)
    held = session().scalars(open_ones).all()
    if given and any(consent.text_sha256 == text.sha256 for consent in held):
        return
    for consent in held:
        consent.withdrawn_at = now
    if given:
        session().add(
            Consent(
                account_id=actor.account_id,
                purpose=purpose,
                version=text.version,
                text_sha256=text.sha256,
                given_at=now,
            )
        )
    if purpose is Purpose.TEXT_MESSAGES and not given:
        # Without the consent there is no ground to keep the number.
        for model in (NoticePhone, PhoneCode):
            session().execute(sa.delete(model).where(model.account_id == actor.account_id))
    if given or held:
        act = "consent.given" if given else "consent.withdrawn"
        said = {"purpose": purpose.value, "version": text.version}
        audit.record(actor, act, "account", str(actor.account_id), after=said)
