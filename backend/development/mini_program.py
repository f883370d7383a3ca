"""`/mp/`: the mini-program's own files and the harness that runs them in a browser, on WeChat's component framework."""

import mimetypes
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, jsonify
from werkzeug.security import safe_join

from backend.infrastructure import current
from backend.infrastructure.settings import DOUBLE_APP_ID_PREFIX, Settings

_ROOT = Path(__file__).resolve().parents[2] / "miniprogram_stub"
_APP, _HARNESS, _PACKAGES = _ROOT / "app", _ROOT / "harness", _ROOT / "node_modules"
_TEXT = {".js", ".json", ".wxml", ".wxss", ".wxs"}
#: The program is compiled in the browser, as WeChat's tools do it: by eval. Its sign-in codes come from the WeChat double.
_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "connect-src 'self' {double}; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

blueprint = Blueprint("mini_program", __name__, url_prefix="/mp")


def init_mini_program(app: Flask, settings: Settings) -> None:
    """Serve it, unless WeChat is the real one: there the program runs on phones."""
    if settings.wechat.app_id.startswith(DOUBLE_APP_ID_PREFIX):
        app.register_blueprint(blueprint)


@blueprint.get("/")
def index() -> Response:
    """The phone."""
    return _file("index.html", _HARNESS)


@blueprint.get("/program.json")
def program() -> Response:
    """Every text of the program by path, and where its sign-in codes come from."""
    files = {
        path.relative_to(_APP).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(_APP.rglob("*"))
        if path.suffix in _TEXT
    }
    return jsonify(files=files, codes=f"{_double()}/_double/login-code")


@blueprint.get("/packages/<path:filename>")
def packages(filename: str) -> Response:
    """A file of the framework's packages."""
    return _file(filename, _PACKAGES)


@blueprint.get("/<path:filename>")
def file(filename: str) -> Response:
    """A file of the harness, or a picture of the program."""
    return _file(filename, _HARNESS, _APP)


def _file(filename: str, *folders: Path) -> Response:
    """The file in the first folder that has it. raises NotFound"""
    there = [found for folder in folders if (found := safe_join(str(folder), filename)) and Path(found).is_file()]
    if not there:
        abort(404)
    return Response(Path(there[0]).read_bytes(), content_type=mimetypes.guess_type(filename)[0])


@blueprint.after_request
def _allow(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _POLICY.format(double=_double())
    response.headers["Cache-Control"] = "no-cache"
    return response


def _double() -> Any:
    return current.runtime().settings.wechat.base_url.rstrip("/")
