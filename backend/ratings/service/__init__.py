"""What is done with a rating: by its author, by officers, by WeChat's check and by the clock; and with its photos."""

from .photos import PhotoLink, add_photo, decide_photos, forget_photos, linked_bytes, photos_for, shown_bytes
from .rating import MODERATE, age_scores, hide, moderate, rate, refresh_score, release, withdraw

__all__ = [
    "MODERATE",
    "PhotoLink",
    "add_photo",
    "age_scores",
    "decide_photos",
    "forget_photos",
    "hide",
    "linked_bytes",
    "moderate",
    "photos_for",
    "rate",
    "refresh_score",
    "release",
    "shown_bytes",
    "withdraw",
]
