"""Static files with their content's version in the address: phones keep them for a year and still get changes."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request, url_for

_YEAR = "public, max-age=31536000, immutable"


def asset(filename: str) -> str:
    """The address of a file of ours in `static/`; without a version when the file is absent."""
    version = _version(Path(current_app.static_folder or ""), filename)
    return url_for("static", filename=filename, v=version)


def vendor_asset(filename: str) -> str:
    """The address of a Bootstrap file, served from the installed package."""
    blueprint = current_app.blueprints["bootstrap"]
    version = _version(Path(blueprint.static_folder or ""), filename)
    return url_for("bootstrap.static", filename=filename, v=version)


def inline_style(filename: str) -> str:
    """A style sheet of ours as an element of the page itself, for a page that must come in one request; drawn as it is.

    The page's policy has to name it: `style_source`.
    """
    return f"<style>{_bytes(_static(), filename).decode()}</style>"


def style_source(filename: str) -> str:
    """What a Content-Security-Policy says to allow `inline_style(filename)` and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(_bytes(_static(), filename)).digest()).decode()}'"


def picture_data(filename: str) -> str:
    """An SVG file of ours as a data address, for a page that must come in one request."""
    return f"data:image/svg+xml;base64,{base64.b64encode(_bytes(_static(), filename)).decode()}"


def inline_script(filename: str) -> str:
    """A script of ours as an element of the page itself, for a page that is kept as a file; drawn as it is."""
    return f"<script>{_bytes(_static(), filename).decode()}</script>"


def init_asset_caching(app: Flask) -> None:
    """Let browsers keep a file for a year when its address carries the right version, and only then."""
    folders = {"static": app.static_folder, "bootstrap.static": app.blueprints["bootstrap"].static_folder}

    @app.after_request
    def keep(response: Response) -> Response:
        folder = folders.get(request.endpoint or "")
        given = request.args.get("v")
        if folder and given and response.status_code in {200, 304}:
            filename = (request.view_args or {})["filename"]
            if given == _version(Path(folder), filename):
                response.headers["Cache-Control"] = _YEAR
        return response


def _static() -> Path:
    return Path(current_app.static_folder or "")


@cache
def _bytes(folder: Path, filename: str) -> bytes:
    return (folder / filename).read_bytes()


@cache
def _version(folder: Path, filename: str) -> str | None:
    file = folder / filename
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else None
