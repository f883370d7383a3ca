"""Settings of a test's application, as environment variables."""

import base64
import functools
import os
from pathlib import Path

from wechat_double import credentials


@functools.cache
def _key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def environment(database_url: str, data_dir: Path, wechat_url: str = "http://127.0.0.1:9") -> dict[str, str]:
    """The same keys for all tests of a process; WeChat is the double at `wechat_url`, or nobody."""
    key = _key()
    return {
        "FANGXIN_DATABASE_URL": database_url,
        "FANGXIN_DATA_DIR": str(data_dir),
        "FANGXIN_PUBLIC_URL": "http://localhost",
        "FANGXIN_SECRET_KEY": _key(),
        "FANGXIN_SEALING_KEYS": f"1:{key}",
        "FANGXIN_INDEX_KEY": key,
        "FANGXIN_BADGE_KEYS": f"1:{key}",
        "FANGXIN_SIGNING_KEYS": f"1:{key}",
        "FANGXIN_WECHAT_APP_ID": credentials.MINI_APP_ID,
        "FANGXIN_WECHAT_APP_SECRET": credentials.MINI_APP_SECRET,
        "FANGXIN_WECHAT_WEB_APP_ID": credentials.WEB_APP_ID,
        "FANGXIN_WECHAT_WEB_APP_SECRET": credentials.WEB_APP_SECRET,
        "FANGXIN_WECHAT_BASE_URL": wechat_url,
        "FANGXIN_SMS_URL": f"{wechat_url}/sms",
        "FANGXIN_SMS_TOKEN": credentials.SMS_TOKEN,
        "FANGXIN_WECHAT_AUTHORIZE_URL": f"{wechat_url}/connect/oauth2/authorize",
        "FANGXIN_WECHAT_PUSH_TOKEN": credentials.PUSH_TOKEN,
        "FANGXIN_WECHAT_PUSH_AES_KEY": credentials.PUSH_AES_KEY,
        "FANGXIN_WECHAT_TEMPLATE_CASE": "tmpl-case",
        "FANGXIN_WECHAT_TEMPLATE_DEADLINE": "tmpl-deadline",
    }
