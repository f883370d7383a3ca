"""Plates in words for the pages of the station and of the staff: what one is, what happened to it, how far an order is."""

from typing import Any

from backend.badges import history, orders, queries
from backend.badges.model import Plate, PlateOrder

#: Events of a history that a page shows; the API has them all.
_EVENTS = 100


def plate_words(plate: Plate) -> dict[str, Any]:
    """A plate with its past: plate, place, events for the macro `timeline`, order and plate that replace it (or None)."""
    past = history.of_plate(plate.id, limit=_EVENTS)
    events = [{"title": told.text, "at": told.at, "by": told.by, "tone": "done"} for told in past.items]
    if events:
        events[-1]["tone"] = "now"
    return {
        "plate": plate,
        "place": f"{plate.placement.zh}（{plate.label}）" if plate.label else plate.placement.zh,
        "events": events,
        "replacement_order": orders.replacement_of(plate),
        "replacement": queries.replacing(plate),
    }


def order_words(order: PlateOrder) -> dict[str, Any]:
    """An order with how far it is: order, drawn, coded, left (plates that are still to be issued)."""
    progress = queries.progress_of([order.id])[order.id]
    return {
        "order": order,
        "drawn": progress.drawn,
        "coded": progress.coded,
        "left": order.plates - order.issued - order.left_out,
    }
