"""How to get into the demonstration, for the person who started it."""

from pathlib import Path

import pyotp
from flask import Flask

from backend.infrastructure import current

from .people import PASSWORD, STAFF
from .record import Record


def summary(app: Flask, data_dir: Path) -> str:
    """Addresses, badges and sign-ins; one-time codes as of this moment."""
    record = Record(data_dir).values
    with app.app_context():
        settings = current.runtime().settings
    address = settings.public_url
    arrived = settings.sms.url.removesuffix("/sms") + "/_double/texts" if settings.sms else ""
    lines = [
        f"放心消费在温州已启动：{address}",
        f"接口说明：{address}/api/docs",
        "",
        "六块标牌（手机扫码看到的页面）：",
        *(f"  {name}：{address}/b/{token}" for name, token in record.get("shops", {}).items()),
        "",
        f"顾客、联络站、志愿者：打开 {address}/sign-in 点“微信登录”，在替身页面选一个人。",
        *([f"  没有微信的，填任意手机号，短信里的验证码在 {arrived} 看。"] if arrived else []),
        "  陈女士、林先生是顾客；王师傅、李经理在维权联络站（/station）；赵老师、孙阿姨是志愿者（/volunteer）。",
        f"小程序：{address}/mp/ 是在浏览器里打开的陈女士的手机；换一个人：{address}/mp/?who=guke-lin",
        "",
        f"工作人员：{address}/console/sign-in ，密码都是 {PASSWORD}",
    ]
    for username, secrets in record.get("staff", {}).items():
        post = STAFF[username]
        code = pyotp.TOTP(secrets["totp_secret"]).now()
        lines.append(f"  {username}（{post.name}，{post.zh}）  动态码 {code}  密钥 {secrets['totp_secret']}")
    lines.append("动态码 30 秒一换，再看一次：scripts/fangxin demo --summary；也可以把密钥加进验证器应用。")
    return "\n".join(lines)
