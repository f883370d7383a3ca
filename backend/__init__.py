"""放心消费在温州: the server side. `docs/architecture.md` says what stands where."""

import atexit
import gc

# A start makes a million objects that stay. Python's own thresholds look through all of them again and again while they are made,
# and once more at the end: together a third of what a command costs.
gc.set_threshold(50_000, 20, 20)
atexit.register(gc.freeze)
