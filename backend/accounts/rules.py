"""Limits of sessions, passwords, locks and invitations; pure."""

from dataclasses import dataclass
from datetime import timedelta

from backend.kernel.errors import InvalidInput


@dataclass(frozen=True)
class Life:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


SESSION_LIFE = {
    "staff": Life(idle=timedelta(minutes=30), absolute=timedelta(hours=12)),
    "wechat": Life(idle=timedelta(days=30), absolute=timedelta(days=180)),
}
#: How often the last use of a session is written down.
SEEN_EVERY = timedelta(minutes=1)
MOST_FAILURES = 5
LOCK = timedelta(minutes=15)
INVITATION_LIFE = timedelta(days=7)
#: Purposes that a person may agree to, each with the version of its text.
CONSENTS = {"notices": ("2026-11", "通过微信向我发送办理进度通知"), "survey": ("2026-11", "结案后邀请我评价处理结果")}

_SHORTEST, _LONGEST = 12, 128
_COMMON = frozenset(
    "password123456 1234567890123 qwertyuiop123 woaini1314520 wenzhou123456 fangxin123456 admin123456789 iloveyou1234"
    " 123456789abc abc123456789 000000000000 111111111111 888888888888 123123123123 a123456789012 qwerty123456"
    " zhongguo12345 woaizhongguo1 5201314520131 147258369147 aa123456789012 passw0rd12345 p@ssw0rd1234 letmein12345".split()
)


def check_password(password: str, username: str) -> None:
    """raises InvalidInput password_weak that says what to change"""
    reason = None
    if not _SHORTEST <= len(password) <= _LONGEST:
        reason = f"密码应为 {_SHORTEST} 到 {_LONGEST} 个字符。"
    elif password.lower() in _COMMON or len(set(password)) < 5:
        reason = "这个密码太常见，容易被猜到，请换一个。"
    elif username.lower() in password.lower():
        reason = "密码里不要包含用户名。"
    if reason:
        raise InvalidInput("password_weak", reason, fields={"password": [reason]})
