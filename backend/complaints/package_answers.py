"""A package as an answer: streamed to the one person who asked, kept nowhere on its way."""

from flask import Response

from backend.infrastructure.headers import attachment

from .service import Package


def private_zip(package: Package) -> Response:
    """The ZIP; its files are read while it is sent, after the unit of work."""
    headers = {"Cache-Control": "no-store", "Content-Disposition": attachment(package.name)}
    return Response(package.stream(), content_type="application/zip", headers=headers)
