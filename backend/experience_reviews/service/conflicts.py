"""Conflicts of interest that only packages beside this one know: given by the application."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import cast

from flask import Flask, current_app

Conflicts = Callable[[list[str]], Mapping[str, AbstractSet[str]]]


def init_conflicts(app: Flask, conflicts: Conflicts) -> None:
    """Give the application the conflicts that only packages beside this one know.

    conflicts   volunteer ids → for each the unit ids barred to them
    """
    app.extensions["fangxin_conflicts"] = conflicts


def conflicts_of(volunteer_ids: list[str]) -> Mapping[str, AbstractSet[str]]:
    """Volunteer → ids of the units barred to them."""
    return cast("Conflicts", current_app.extensions["fangxin_conflicts"])(volunteer_ids)
