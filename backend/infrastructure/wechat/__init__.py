"""WeChat behind one adapter. `wechatpy` is used here and nowhere else, with its known faults mended:

stable_token under a lock shared by all processes, timeouts everywhere, one retry after a stale token and no recursion, the calls it
lacks (phone by code, msgSecCheck v2, mediaCheckAsync v2), typed results and typed errors.
"""

from .client import TokenStorage, Verdict, WeChat, WeChatIdentity
from .errors import Kind, WeChatError
from .push import PushRefused, check_echo, read_push
from .web import WeChatWeb

__all__ = [
    "Kind", "PushRefused", "TokenStorage", "Verdict", "WeChat", "WeChatError", "WeChatIdentity", "WeChatWeb", "check_echo",
    "read_push",
]  # fmt: skip
