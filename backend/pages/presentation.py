"""What every template may use: filters, functions, Bootstrap from the installed package."""

from datetime import datetime

from flask import Flask, g
from flask_bootstrap import Bootstrap5

from backend.access.actor import NOBODY, Actor
from backend.infrastructure import current
from backend.infrastructure.web import form_key
from backend.kernel import wording
from backend.kernel.clock import span
from backend.notifications import queries as notices

from . import api_reference, assets, form_fields, navigation, standing_look


def register_template_tools(app: Flask) -> None:
    """Give the templates their filters and functions, and serve Bootstrap's files from this site.

    filters    local_time, local_day, yuan, span, left
    functions  form_key, field_state, open_form, error_summary, current_actor, asset, vendor_asset, inline_style, inline_script,
               picture_data, look, standing_words, void_words, public_places, console_places, unread_notices, is_here, now,
               api_reference, sign_in_path, console_sign_in_path, sign_out_path (csrf_token comes from Flask-WTF)
    """
    app.config.setdefault("BOOTSTRAP_SERVE_LOCAL", True)
    Bootstrap5(app)
    assets.init_asset_caching(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        local_time=wording.local_time,
        local_day=wording.local_day,
        yuan=wording.yuan,
        span=span,
        left=_left_now,
    )
    app.jinja_env.globals.update(
        form_key=form_key,
        field_state=form_fields.field_state,
        open_form=form_fields.open_form,
        error_summary=form_fields.error_summary,
        current_actor=current_actor,
        asset=assets.asset,
        vendor_asset=assets.vendor_asset,
        inline_style=assets.inline_style,
        inline_script=assets.inline_script,
        picture_data=assets.picture_data,
        look=standing_look.look,
        standing_words=standing_look.standing_words,
        void_words=standing_look.void_words,
        public_places=navigation.PUBLIC_PLACES,
        console_places=navigation.console_places,
        unread_notices=notices.unread,
        is_here=navigation.is_here,
        now=current.now,
        api_reference=api_reference.api_reference,
        sign_in_path=navigation.SIGN_IN,
        console_sign_in_path=navigation.CONSOLE_SIGN_IN,
        sign_out_path=navigation.SIGN_OUT,
    )


def current_actor() -> Actor:
    """Whom the door found for this request; the database is not asked, so that an error page can always be drawn."""
    found: Actor = g.get("actor", NOBODY)
    return found


def _left_now(due_at: datetime) -> str:
    return wording.left(due_at, current.now())
