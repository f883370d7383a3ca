"""Reports over JSON, by who calls."""

from . import public, staff

BLUEPRINTS = (public.blueprint, staff.blueprint)

__all__ = ["BLUEPRINTS"]
