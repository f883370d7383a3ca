"""The file by which WeChat sees that this site is ours, before an ordinary link code (普通链接二维码) may open the mini-program.

WeChat asks for it in the last folder of the rule, `<public url>/b/`; it is served at the top too, for whoever registers the whole site.
"""

from flask import Flask, Response

from .http import Public
from .settings import Settings


def init_wechat_link(app: Flask, settings: Settings) -> None:
    """Serve the file that the settings name, if they name one."""
    if settings.wechat_link_file is None:
        return
    name, content = settings.wechat_link_file

    def verification_file() -> Response:
        return Response(content, content_type="text/plain; charset=utf-8")

    verification_file.fangxin_action = Public("WeChat reads it to see whose site this is")  # type: ignore[attr-defined]
    for path in (f"/{name}", f"/b/{name}"):
        app.add_url_rule(path, "wechat_link_file", verification_file)
