"""How many units a person may keep. Pure."""

MOST_KEPT = 200
