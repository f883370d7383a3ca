"""What the demonstration remembers between runs, in DATA_DIR/demo.json: which steps are done, secrets of its accounts."""

import json
import os
from pathlib import Path
from typing import Any


class Record:
    """A small JSON file; written whole, readable by its owner only."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "demo.json"
        self.values: dict[str, Any] = json.loads(self._path.read_text()) if self._path.exists() else {}

    def done(self, step: str) -> bool:
        """Whether a step was finished in an earlier run."""
        return step in self.values.get("done", [])

    def finish(self, step: str, **values: Any) -> None:
        """Note that a step is finished, with what it made."""
        self.values = {**self.values, **values, "done": [*self.values.get("done", []), step]}
        waiting = self._path.with_suffix(".part")
        with os.fdopen(os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
            json.dump(self.values, handle, ensure_ascii=False, indent=1)
        waiting.replace(self._path)
