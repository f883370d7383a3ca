"""What is done in experience reviews, by who does it. Conflicts known to features beside this one come from the application."""

from .conflicts import init_conflicts
from .council import close, create, draw, publish
from .sweep import sweep
from .volunteer import declare_conflict, start, submit

__all__ = [
    "close", "create", "declare_conflict", "draw", "init_conflicts", "publish", "start", "submit", "sweep",
]  # fmt: skip
