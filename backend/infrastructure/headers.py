"""Security headers on every response."""

from flask import Flask, Response, request

from .settings import Settings

_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; font-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def init_headers(app: Flask, settings: Settings) -> None:
    """Add the headers after each request; a view may set its own first.

    The development profile also lets forms lead to the local sign-in page that stands in for WeChat's.
    """
    policy = _POLICY
    if not settings.production:
        policy = policy.replace("form-action 'self'", "form-action 'self' http://localhost:* http://127.0.0.1:*")

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
