"""What every staff page has in common: who may come in, and what may be done with a case."""

from flask import Blueprint

from backend.access.actor import Actor, Role
from backend.access.decide import permits
from backend.access.policy import Action
from backend.accounts.rules import INVITERS
from backend.casework import service as casework
from backend.casework.model import Case
from backend.infrastructure.scoping import Scoped
from backend.infrastructure.web import cookie_actor
from backend.kernel.errors import NotPermitted

_ACTIONS = {action.value for action in Action}


def staff_blueprint(name: str, path: str) -> Blueprint:
    """A blueprint below /console that lets in members of staff alone; who is not signed in is sent to sign in."""
    blueprint = Blueprint(name, __name__, url_prefix=f"/console{path}")
    blueprint.before_request(_refuse_others)
    return blueprint


def possible(actor: Actor, case: Case, scoped: type[Scoped]) -> set[str]:
    """The steps that the case's state allows and the actor may take, whether or not their guards hold.

    scoped   the case's class, for its scope columns
    """
    kind = case.__tablename__
    return {
        step
        for step in casework.allowed(case)
        if f"{kind}.{step}" in _ACTIONS and permits(actor, Action(f"{kind}.{step}"), case, scoped.__scope__)
    }


def may_invite(actor: Actor, role: Role) -> bool:
    """Whether the actor may invite people into this role at all."""
    return bool(actor.roles & INVITERS[role])


def _refuse_others() -> None:
    actor = cookie_actor()
    if actor.signed_in and not actor.is_staff:
        raise NotPermitted("staff_only", "这里是工作人员的页面。您现在用微信登录，请先退出，再用工作人员账号登录。")
