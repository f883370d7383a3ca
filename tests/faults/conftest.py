"""Faults are tried where the product runs: commits wait for a disk."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """As everywhere, but never in memory."""
    with tempfile.TemporaryDirectory(prefix="fangxin-faults-") as folder:
        yield Path(folder)
