"""The life of a certificate: awarded, rectified, suspended, restored, and its three ends.

source  温政办〔2017〕54号 二（一）: county departments' dynamic management (动态管理)
"""

from backend.kernel.transitions import Row, Table

CERTIFICATE = Table(
    name="certificate",
    zh="证书",
    states={
        "certified": "有效",
        "rectifying": "整改中",
        "suspended": "暂停",
        "revoked": "已撤销",
        "cancelled": "已注销",
        "expired": "已过期",
    },
    rows=(
        Row("award", None, "certified", starts=("V1",)),
        Row("rectify", "certified", "rectifying", starts=("R1",)),
        Row("suspend", "certified", "suspended", starts=("S1",)),
        Row("suspend", "rectifying", "suspended", stops=("R1",), starts=("S1",)),
        Row("restore", "rectifying", "certified", stops=("R1",)),
        Row("restore", "suspended", "certified", stops=("S1",)),
        Row("revoke", "certified", "revoked", stops=("V1",)),
        Row("revoke", "rectifying", "revoked", stops=("V1", "R1")),
        Row("revoke", "suspended", "revoked", stops=("V1", "S1")),
        Row("cancel", "certified", "cancelled", stops=("V1",)),
        Row("cancel", "rectifying", "cancelled", stops=("V1", "R1")),
        Row("cancel", "suspended", "cancelled", stops=("V1", "S1")),
        Row("expire", "certified", "expired", stops=("V1",), guard="V1 expired", system=True),
        Row("expire", "rectifying", "expired", stops=("V1", "R1"), guard="V1 expired", system=True),
        Row("expire", "suspended", "expired", stops=("V1", "S1"), guard="V1 expired", system=True),
    ),
    closed=frozenset({"revoked", "cancelled", "expired"}),
    alerts={"R1": "提醒承办人：整改期满，应当复核", "S1": "提醒承办人：暂停期满，应当决定恢复或撤销"},
)
