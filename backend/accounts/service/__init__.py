"""The use cases of accounts, one module each.

Sign-in differs from every other use case: it asks WeChat or computes a slow hash before it may write, and what a
refusal wrote (the counted failure) must stay. So `sign_in_by_wechat`, `sign_in_by_phone`, `web_sign_in`, `staff_sign_in`, `identify` and `confirm_phone…`
open their own units of work and are called outside one; all others run in the caller's.
"""

from .consents import set_consent
from .invitations import IssuedInvitation, accept_invitation, add_station_member, invite, renew_invitation
from .phone_sign_in import ask_sign_in_code, sign_in_by_phone
from .phones import (
    SEND_CODE,
    ask_phone_code,
    confirm_phone,
    confirm_phone_by_wechat,
    forget_phone,
    purge_codes,
    send_phone_code,
)
from .roles import end_role, grant_role
from .sessions import SignedIn, end_session, identify, purge
from .staff import NewStaff, change_password, create_staff, disable_staff, reset_totp
from .staff_sign_in import staff_sign_in
from .wechat_sign_in import WebSignIn, begin_web_sign_in, sign_in_by_wechat, web_sign_in

__all__ = [
    "SEND_CODE",
    "IssuedInvitation",
    "NewStaff",
    "SignedIn",
    "WebSignIn",
    "accept_invitation",
    "ask_phone_code",
    "ask_sign_in_code",
    "confirm_phone",
    "confirm_phone_by_wechat",
    "forget_phone",
    "purge_codes",
    "send_phone_code",
    "add_station_member",
    "begin_web_sign_in",
    "change_password",
    "create_staff",
    "disable_staff",
    "end_role",
    "end_session",
    "grant_role",
    "identify",
    "invite",
    "purge",
    "renew_invitation",
    "reset_totp",
    "set_consent",
    "sign_in_by_phone",
    "sign_in_by_wechat",
    "staff_sign_in",
    "web_sign_in",
]
