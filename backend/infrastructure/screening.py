"""WeChat's check of what a person wrote (内容安全). source: 微信 msgSecCheck 2.0"""

from . import current
from .wechat import Kind, WeChatError
from .wechat.client import Suggest


def suggested(openid: str | None, text: str) -> Suggest:
    """WeChat's verdict; without a mini-program identity, or when WeChat will not say, a person decides.

    To be called with no transaction open. raises WeChatError when it may be asked again
    """
    if openid is None:
        return Suggest.REVIEW
    try:
        return current.runtime().wechat.check_text(openid, text).suggest
    except WeChatError as error:
        if error.kind is Kind.RETRY:
            raise
        return Suggest.REVIEW
