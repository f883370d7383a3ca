"""WeChat's error codes and what they mean for whoever called: try again, stop, or give up."""

from enum import StrEnum


class Kind(StrEnum):
    """RETRY: the same call may succeed later. STOP: the person or quota says no. DEAD: the call itself is wrong."""

    RETRY = "retry"
    STOP = "stop"
    DEAD = "dead"


#: errcode → (kind, Chinese explanation). Codes that are absent are DEAD.
CODES: dict[int, tuple[Kind, str]] = {
    -1: (Kind.RETRY, "微信系统繁忙"),
    40001: (Kind.RETRY, "访问令牌失效"),
    40014: (Kind.RETRY, "访问令牌无效"),
    42001: (Kind.RETRY, "访问令牌过期"),
    45009: (Kind.RETRY, "接口调用超过每日或每分钟的限额"),
    45011: (Kind.RETRY, "接口调用太频繁"),
    40003: (Kind.STOP, "用户不属于这个小程序"),
    40029: (Kind.STOP, "登录凭证无效或已使用"),
    40163: (Kind.STOP, "登录凭证已使用"),
    40226: (Kind.STOP, "微信判定为高风险用户"),
    43101: (Kind.STOP, "用户没有订阅这条消息"),
    61010: (Kind.STOP, "用户两小时内没有访问过小程序"),
    40013: (Kind.DEAD, "AppID 不对"),
    40037: (Kind.DEAD, "消息模板编号不对"),
    40097: (Kind.DEAD, "参数不对"),
    40125: (Kind.DEAD, "AppSecret 不对"),
    40129: (Kind.DEAD, "场景参数不对"),
    40169: (Kind.DEAD, "scene 含有不允许的字符或太长"),
    41030: (Kind.DEAD, "小程序页面不存在"),
    43002: (Kind.DEAD, "应当用 POST 请求"),
    43302: (Kind.DEAD, "请求方法不对"),
    44002: (Kind.DEAD, "请求内容为空"),
    47001: (Kind.DEAD, "请求内容的格式不对"),
    47003: (Kind.DEAD, "模板参数不符合规定"),
}
#: The token that was used is no longer good: fetch once more, then try once more.
STALE_TOKEN = frozenset({40001, 40014, 42001})


class WeChatError(Exception):
    """A call to WeChat failed.

    code   WeChat's errcode; 0 when WeChat did not answer in its own form (time-out, connection, HTML)
    """

    def __init__(self, code: int, message: str, kind: Kind | None = None) -> None:
        known = CODES.get(code)
        self.code = code
        self.kind = kind or (known[0] if known else Kind.DEAD)
        self.message = f"{known[1]}（{code}）" if known else f"{message}（{code}）"
        super().__init__(self.message)
