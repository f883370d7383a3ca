"""The JSON API under /api/v1: OpenAPI 3.1 from the routes, readable docs at /api/docs without any CDN."""

from collections.abc import Iterable
from pathlib import Path
from threading import RLock
from typing import Any

import flask_swagger_ui
from apispec import APISpec
from flask import Flask, Response, json, render_template, send_from_directory, url_for
from flask_smorest import Api
from flask_smorest import Blueprint as ApiBlueprint
from werkzeug.exceptions import HTTPException

from .problems import _HTTP, Problem, answer
from .web import csrf

VERSION = "1.0.0"
_SWAGGER_FILES = Path(flask_swagger_ui.__file__).parent / "dist"
_ABOUT = """放心消费在温州的数据接口。

- 读取放心码和名录不需要登录；其余操作在请求头带 `Authorization: Bearer <会话令牌>`。
- 每个会新建内容的 POST 都要带 `Idempotency-Key`；重发同一请求得到第一次的答复。
- 出错时返回 `application/problem+json`（RFC 9457），`code` 稳定不变，`detail` 用中文说明该怎么做。
- 电子凭证、状态清单、签名的名录文件不在这里，地址见 `/verify`；它们的格式是 W3C 的标准，可以离线核验。
- 时刻一律为带时区的 UTC，日期为北京时间，金额单位为分，坐标为 GCJ-02。
"""


class ProblemApi(Api):  # type: ignore[misc]
    """smorest's Api with our problem details; it leaves errors to our own handler."""

    ERROR_SCHEMA = Problem
    #: Every refusal is declared by its status; "anything else" would declare nothing.
    DEFAULT_ERROR_RESPONSE_NAME = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._lock = RLock()
        self._undescribed: list[ApiBlueprint] = []
        self._written: str | None = None
        super().__init__(*arguments, **options)

    def register_blueprint(self, blp: ApiBlueprint, **options: Any) -> None:
        """Register the routes; they are described when somebody asks, because that takes longer than all else at the start."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)
        self._undescribed.append(blp)
        self._written = None

    @property
    def spec(self) -> APISpec:
        """The description of every route that is registered."""
        with self._lock:
            while self._undescribed:
                blp = self._undescribed.pop(0)
                blp.register_views_in_doc(self, self._app, self._described, name=blp.name, parameters=None)
                self._described.tag({"name": blp.name, "description": blp.description})
            return self._described

    @spec.setter
    def spec(self, empty: APISpec) -> None:
        self._described = empty

    def _openapi_json(self) -> Response:
        """The document; written once, because that takes longer than most requests."""
        with self._lock:
            if self._written is None:
                self._written = json.dumps(self.spec.to_dict(), indent=2)
            return Response(self._written, mimetype="application/json")

    def _register_error_handlers(self) -> None:
        """One handler serves the whole application (problems.init_problems)."""

    def handle_http_exception(self, error: HTTPException) -> Response:
        return answer(error)


def init_api(app: Flask, blueprints: Iterable[ApiBlueprint]) -> None:
    """Register the API's blueprints under /api/v1 and the documents that describe them."""
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]  # as the schema has them: a card says its standing first
    app.config.update(
        API_TITLE="放心消费在温州 API",
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = ProblemApi(
        app,
        spec_kwargs={
            "info": {"title": "放心消费在温州 API", "description": _ABOUT},
            "servers": [{"url": "/", "description": "本站"}],
        },
    )
    api.spec.components.security_scheme(
        "bearer", {"type": "http", "scheme": "bearer", "description": "登录接口返回的会话令牌"}
    )
    _document_problems(api)
    for blueprint in blueprints:
        csrf.exempt(blueprint)
        api.register_blueprint(blueprint, url_prefix=f"/api/v1{blueprint.url_prefix or ''}")
    _serve_docs(app)


def _document_problems(api: Api) -> None:
    for status, (_code, title, detail) in _HTTP.items():
        _problem_response(api, status, title, detail)
    for status, title, detail in (
        (401, "请先登录", "没有登录或登录已失效。"),
        (403, "没有权限", "可以看到，但不能这样做。"),
        (409, "现在不能这样做", "记录的状态不允许，或刚被别人修改。"),
    ):
        _problem_response(api, status, title, detail)


def _problem_response(api: Api, status: int, title: str, detail: str) -> None:
    content: dict[str, Any] = {"application/problem+json": {"schema": Problem}}
    api.spec.components.response(f"Problem{status}", {"description": f"{title}：{detail}", "content": content})


def _serve_docs(app: Flask) -> None:
    @app.get("/api/docs")
    def api_docs() -> str:
        return render_template("api_docs.html", spec_url=url_for("api-docs.openapi_json"))

    @app.get("/api/docs/files/<path:name>")
    def api_docs_file(name: str) -> Response:
        return send_from_directory(_SWAGGER_FILES, name)

    for view in (api_docs, api_docs_file):
        view.fangxin_action = None  # type: ignore[union-attr]
