"""Where what lives for one test run is kept: in memory where the machine offers enough of it, else on the disk.

Every commit waits for its file to be safe; in memory it is so at once, on a disk that is most of a test's time.
"""

import shutil
import tempfile
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108
_NEEDED_BYTES = 2 * 1024**3


def scratch_folder(prefix: str) -> Path:
    """A new empty folder; who asks deletes it."""
    return Path(tempfile.mkdtemp(prefix=prefix, dir=_MEMORY if _offers_enough(_MEMORY) else None))


def _offers_enough(place: Path) -> bool:
    return place.is_dir() and shutil.disk_usage(place).free >= _NEEDED_BYTES
