"""The door behind a five-minute link (signed_links): pictures and files that one person may look at."""

from collections.abc import Callable, Sequence
from functools import wraps

from flask import Response

from backend.access.actor import Actor

from .database import unit_of_work
from .http import ApiBlueprint, Public, endpoint
from .web import cookie_actor

_LINK = Public("the link is the permission: five minutes, for the one person it was made for, by token or by cookie")
View = Callable[[Actor, str], Response]


def linked(blueprint: ApiBlueprint, path: str, produces: Sequence[str] = ("image/jpeg",)) -> Callable[[View], View]:
    """Put a view behind a link. It gets who looks and the link's token, within a unit of work that only reads.

    path       of the API, with <token>
    produces   content types
    """

    def put(view: View) -> View:
        @wraps(view)
        def opened(actor: Actor, token: str) -> Response:
            viewer = actor if actor.signed_in else cookie_actor()  # an <img> of a page sends no bearer token
            with unit_of_work(read_only=True):
                return view(viewer, token)

        blueprint.get(path)(endpoint(_LINK, produces=produces, self_contained=True)(opened))
        return view

    return put
