"""Security headers on every response."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from flask import Flask, Response, request

from .settings import Settings

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


#: What an answer can spare that runs no script, whose policy forbids frames, and whose links, if it has any, are told by a <meta> what they
#: may give away (`badge_base.html`).
SPARABLE = frozenset({"X-Frame-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"})


def fixed(settings: Settings) -> Mapping[str, str]:
    """What every response says, whoever asks for what.

    The sign-in form leads on to WeChat's page, so forms may lead there too.
    """
    wechat = urlsplit(settings.wechat.authorize_url)
    always = {
        "Content-Security-Policy": _POLICY.replace(
            "form-action 'self'", f"form-action 'self' {wechat.scheme}://{wechat.netloc}"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.secure_cookies:
        always["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return always


def init_headers(app: Flask, settings: Settings) -> None:
    """Add the headers after each request; a view may set its own first."""
    always = fixed(settings)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in always.items():
            response.headers.setdefault(name, value)
        if "Cache-Control" not in response.headers:
            signed_in = "Authorization" in request.headers or app.config["SESSION_COOKIE_NAME"] in request.cookies
            response.headers["Cache-Control"] = "no-store" if signed_in else "no-cache"
        return response


def public_picture(jpeg: bytes) -> Response:
    """A JPEG for everybody, kept for five minutes, since it may be withdrawn."""
    return _picture(jpeg, "public, max-age=300")


def private_picture(jpeg: bytes) -> Response:
    """A JPEG for the one person who asked: kept nowhere."""
    return _picture(jpeg, "no-store")


def _picture(jpeg: bytes, keeping: str) -> Response:
    """Shown as a picture and as nothing else."""
    alone = {
        "Cache-Control": keeping,
        "Content-Disposition": "inline; filename=photo.jpg",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(jpeg, content_type="image/jpeg", headers=alone)


def attachment(name: str) -> str:
    """A Content-Disposition by which a browser keeps the answer as a file of this name, Chinese or not. source: RFC 6266, RFC 8187"""
    plain = "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "_" for char in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def private_file(content: bytes, name: str, kind: str) -> Response:
    """A file from somebody for the one person who asked: saved, never opened in the page; kept nowhere on its way."""
    alone = {
        "Cache-Control": "no-store",
        "Content-Disposition": attachment(name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return Response(content, content_type=kind, headers=alone)
