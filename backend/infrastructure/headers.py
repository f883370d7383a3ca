"""Security headers on every response."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from .settings import Settings

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def init_headers(app: Flask, settings: Settings) -> None:
    """Add the headers after each request; a view may set its own first.

    The sign-in form leads on to WeChat's page, so forms may lead there too.
    """
    wechat = urlsplit(settings.wechat.authorize_url)
    policy = _POLICY.replace("form-action 'self'", f"form-action 'self' {wechat.scheme}://{wechat.netloc}")

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if settings.secure_cookies:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if "Cache-Control" not in response.headers:
            signed_in = "Authorization" in request.headers or app.config["SESSION_COOKIE_NAME"] in request.cookies
            response.headers["Cache-Control"] = "no-store" if signed_in else "no-cache"
        return response
